"""Roles and what a passphrase must be."""

from __future__ import annotations

ROLES = (
    "officer",
    "publisher",
    "answer_owner",
    "safeguarding_lead",
    "safeguarding_deputy",
    "board_member",
    "board_worker",
    "partner",
    "school",
    "analyst",
    "administrator",
)

# Everyone who works at a desk; the board has a room of its own.
STAFF = tuple(role for role in ROLES if not role.startswith("board_"))

SHORTEST_PASSPHRASE = 12
# The first page each role is taken to after signing in.
FIRST_PAGES = {
    "officer": "/work",
    "safeguarding_lead": "/safeguarding",
    "safeguarding_deputy": "/safeguarding",
    "board_member": "/board",
    "board_worker": "/board",
    "publisher": "/work/answers",
    "answer_owner": "/work/answers",
}


def first_page(roles: frozenset[str]) -> str:
    """Where a member's work begins."""
    return next((page for role, page in FIRST_PAGES.items() if role in roles), "/work/start")
