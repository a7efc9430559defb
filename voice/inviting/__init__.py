"""Inviting: the ways in. Groups and their codes, slips with a receipt on them, posters, pages for officers who ask."""

from voice.inviting.actions import Invitation, NobodyToRead, NotYours, Slip, UsedCode, end_codes, invite, make_slips, name_readers, use_code
from voice.inviting.choosing import Shipped, shipped
from voice.inviting.codes import read_code, written
from voice.inviting.queries import (
    BadCode,
    GroupFacts,
    check_code,
    group,
    groups,
    groups_of,
    groups_of_settings,
    groups_with_one_code,
    hidden_from,
    hidden_submissions,
    is_slip,
    may_read,
    names_of_groups,
)
from voice.inviting.setting_pages import Outcome
from voice.inviting.wording import WayIn

__all__ = [
    "BadCode",
    "GroupFacts",
    "Invitation",
    "NobodyToRead",
    "NotYours",
    "Outcome",
    "Shipped",
    "Slip",
    "UsedCode",
    "WayIn",
    "check_code",
    "end_codes",
    "group",
    "groups",
    "groups_of",
    "groups_of_settings",
    "groups_with_one_code",
    "hidden_from",
    "hidden_submissions",
    "invite",
    "is_slip",
    "make_slips",
    "may_read",
    "name_readers",
    "names_of_groups",
    "read_code",
    "shipped",
    "use_code",
    "written",
]
