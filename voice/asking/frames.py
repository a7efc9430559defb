"""Which sites may show an activity in a frame of theirs: plain decisions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

# A name or an address as it stands in a browser's line, with a port where it has one. Nothing that could end or add to a header.
_HOST: Final = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*(:[1-9][0-9]{0,4})?")


def checked_hosts(kind: str, named: Sequence[str]) -> list[str]:
    """The hosts as they are kept, in small letters, each once.

    Raises:
        ValueError: one is no host (a host is `school.example` or `school.example:8443`, without https:// and path), or the activity is
            not a feedback box: a page of several questions in somebody's frame is too easily mistaken for theirs.
    """
    hosts = list(dict.fromkeys(each.strip().lower() for each in named))
    if hosts and kind != "feedback_box":
        raise ValueError("Only a feedback box can be shown in another site’s page.")
    for host in hosts:
        if not _HOST.fullmatch(host):
            raise ValueError(f"“{host}” is not the name of a site. Write it like school.example, without https:// and without a path.")
    return hosts
