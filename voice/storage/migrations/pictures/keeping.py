"""What migration 0005 does for `keeping`."""


def up() -> None:
    """Nothing yet."""


def down() -> None:
    """Nothing yet."""
