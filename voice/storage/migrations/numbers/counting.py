"""What migration 0006 does for `counting`."""


def up() -> None:
    """Nothing yet."""


def down() -> None:
    """Nothing yet."""
