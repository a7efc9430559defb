"""What a page of the walk posts: every answer so far, where one is, and where one wants to go."""

from __future__ import annotations

import uuid

from werkzeug.datastructures import MultiDict

from voice.listening.walking import Posted

ANSWER = "a."  # before a question's name


def posted(form: MultiDict[str, str]) -> Posted:
    """Read a posted page. Fields we do not know are left out; the walk leaves out questions it does not know."""
    return Posted(
        at=form.get("at", ""),
        go=form.get("go", "next"),
        raw={name.removeprefix(ANSWER): tuple(form.getlist(name)) for name in form if name.startswith(ANSWER)},
        returning=form.get("then") == "check",
    )


def key_in(form: MultiDict[str, str]) -> str | None:
    """The submission's own UUID, where the page carried one."""
    try:
        return str(uuid.UUID(form.get("key", "")))
    except ValueError:
        return None
