"""What migration 0005 does for `asking`."""


def up() -> None:
    """Nothing yet."""


def down() -> None:
    """Nothing yet."""
