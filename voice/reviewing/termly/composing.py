"""What the board did in a term, gathered from its own acts. Only what everyone may read is in it: themes enough people said, words that were read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import select

from voice import counting, understanding
from voice.reviewing import queries
from voice.reviewing.councils import queries as councils
from voice.reviewing.drafts import queries as drafts
from voice.reviewing.meeting.said import came_of_asks
from voice.reviewing.models import Hearing
from voice.reviewing.termly.rules import Line, Term
from voice.storage import session
from voice.understanding import ThemeFacts
from voice.web import slot

MATTERED: Final = 3


def lines(term: Term) -> list[Line]:
    """Every line of the account, by part, in the order they are read."""
    themes = _heard(term)
    later: list[Line] = slot("account_lines").fill(term.first, term.last)
    return [*_of_themes(themes), *_of_asks(term), *later, *_of_drafts(term), *_of_councils(term)]


def _heard(term: Term) -> list[ThemeFacts]:
    """Themes the board heard in the term that everyone may read of, in the order of what matters most to it."""
    ids = list(session().scalars(select(Hearing.theme_id).where(Hearing.heard_on >= term.first, Hearing.heard_on <= term.last)))
    objected = queries.objected(ids)
    found = {each: theme for each in queries.ranking(ids) if each not in objected and (theme := understanding.theme(each))}
    return [theme for each, theme in found.items() if not theme.merged_into and counting.may_be_public(understanding.theme_views(each))]


def _of_themes(themes: list[ThemeFacts]) -> Iterator[Line]:
    words = queries.board_words([each.id for each in themes])
    yield from (Line("heard", f"heard {each.id}", each.you_said, slug=each.slug) for each in sorted(themes, key=lambda each: each.you_said))
    yield from (Line("mattered", f"mattered {each.id}", each.you_said, slug=each.slug) for each in themes[:MATTERED])
    yield from (Line("words", f"words {each.id}", each.you_said, board=words[each.id], slug=each.slug) for each in themes if each.id in words)


def _of_asks(term: Term) -> Iterator[Line]:
    """What the board asked of leaders and lets everyone read, with what came of it by now."""
    for each in came_of_asks(term.first, term.last):
        by = f"{each.owner_role}, {each.organisation}"
        yield Line("asks", f"ask {each.id}", each.words, did=each.answer, state=each.standing, by=by)


def _of_drafts(term: Term) -> Iterator[Line]:
    for draft in drafts.closed_between(term.first, term.last):
        said, by = drafts.joint(draft.id), f"{draft.owner_role}, {draft.organisation}"
        if drafts.WHOLE in said:
            yield Line("drafts", f"draft {draft.id}", draft.title, board=said[drafts.WHOLE].words, by=by)
        for each in drafts.sections(draft.id):
            if each.place in said:
                title, board = f"{draft.title}: {each.title}", said[each.place].words
                yield Line("drafts", f"draft {draft.id} {each.place}", title, board=board, did=each.answer, state=each.outcome, by=by)


def _of_councils(term: Term) -> Iterator[Line]:
    """Which school it was is not said: a small school is soon known."""
    for each in councils.passed_between(term.first, term.last):
        yield Line("councils", f"council {each.id}", each.texts["asked_for"], board=each.reply, by=each.kind)
