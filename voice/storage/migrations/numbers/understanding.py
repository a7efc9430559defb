"""What migration 0006 does for `understanding`."""


def up() -> None:
    """Nothing yet."""


def down() -> None:
    """Nothing yet."""
