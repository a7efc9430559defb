"""What stands beside the words of an answer, in every state: its themes, and the steps on the way."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from datetime import timedelta

from tests.making import a_theme, an_answer, the
from voice import answering, storage, understanding

Values = Mapping[str, str]
NOT_THERE = str(uuid.UUID(int=7))


def of_answers(the_one: Callable[[str], uuid.UUID]) -> dict[str, dict[str, Values]]:
    """One answer to two themes that nobody outside has read, its owner among those who ask; and one that everyone reads."""
    first, second, out = (a_theme(f"The hall is shut on {day}.", heard=True) for day in ("Mondays", "Tuesdays", "Fridays"))
    officer = the("officer")
    drafted, public = an_answer(first, published=False), an_answer(out)
    answering.add_theme(drafted, second, officer)
    answering.give(first, the_one("answer_owner"), officer)
    own, shown = (answering.add_milestone(each, "The keys are there", storage.today() + timedelta(days=9), officer) for each in (drafted, public))
    storage.commit()
    return {
        "joined theme": {
            "not public": {"slug": _slug(first), "joined_id": str(second)},
            "public": {"slug": _slug(out), "joined_id": str(out)},
            "of another answer": {"slug": _slug(first), "joined_id": str(out)},
            "unknown": {"slug": _slug(first), "joined_id": NOT_THERE},
        },
        "step": {
            "of a draft": {"slug": _slug(first), "step_id": str(own)},
            "of a public answer": {"slug": _slug(out), "step_id": str(shown)},
            "of another answer": {"slug": _slug(first), "step_id": str(shown)},
            "unknown": {"slug": _slug(first), "step_id": NOT_THERE},
        },
    }


def _slug(theme_id: uuid.UUID) -> str:
    found = understanding.theme(theme_id)
    assert found
    slug: str = found.slug
    return slug
