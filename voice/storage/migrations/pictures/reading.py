"""What migration 0005 does for `reading`."""


def up() -> None:
    """Nothing yet."""


def down() -> None:
    """Nothing yet."""
