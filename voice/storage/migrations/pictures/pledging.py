"""What migration 0005 does for `pledging`."""


def up() -> None:
    """Nothing yet."""


def down() -> None:
    """Nothing yet."""
