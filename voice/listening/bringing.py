"""Keeping a row of a collection made elsewhere as a submission of its own."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from voice import asking, keeping, post, safeguarding
from voice.asking import Question, Refused
from voice.keeping import AlreadyTakenBack, DifferentWords, Facts
from voice.listening.queries import Asked
from voice.listening.rows import Row, key_from_id, key_from_text

Outcome: TypeAlias = Literal["new", "known", "empty", "taken_back"]


class BadRow(Exception):
    """This row cannot be kept; the message says why. The others can."""


class NoPlaceForWords(Exception):
    """The activity asks nothing that is answered in words."""


@dataclass
class Bringing:
    """One file on its way in: which cells count, and what came of the rows so far."""

    found: Asked
    text: int  # the place of the words in a row
    row_id: int | None = None  # the place of the row's own id, where it has one
    language: str = "en"
    worrying: list[uuid.UUID] = field(default_factory=list)  # new submissions the leads must be told of
    _said_before: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.question = _first_in_words(self.found)

    def bring(self, row: Row) -> Outcome:
        """Keep and screen one row; the caller commits.

        Raises:
            BadRow: it cannot be kept as it is.
        """
        words = self._words(row)
        if not words:
            return "empty"
        try:
            kept = keeping.keep(
                self._key(row, words),
                activity_id=self.found.activity.id,
                answers={},
                words=[(self.question.name, words)],
                facts=Facts(speaker=self.found.instrument.speaker, language=self.language, way_in="import"),
            )
        except DifferentWords:
            raise BadRow("this id came in before with other words, and those are kept") from None
        except AlreadyTakenBack:
            return "taken_back"
        if kept.is_new and safeguarding.screen_submission(kept.submission_id, [words], language=self.language, quiet=True):
            self.worrying.append(kept.submission_id)
        return "new" if kept.is_new else "known"

    def tell_leads(self) -> None:
        """One letter for everything that worries us; where it cannot be sent, the worker writes as it does for any other."""
        try:
            safeguarding.send_digest(len(self.worrying))
        except post.NotSent:
            safeguarding.alert_later(self.worrying)

    def _words(self, row: Row) -> str:
        if row.why:
            raise BadRow(row.why)
        answer = asking.clean(self.question, [row.cells[self.text]])
        if isinstance(answer, Refused):
            raise BadRow("its words are too long: at most 10,000 letters")
        return answer.words

    def _key(self, row: Row, words: str) -> str:
        slug = self.found.activity.slug
        if self.row_id is None:
            self._said_before[words] += 1
            return key_from_text(slug, words, self._said_before[words])
        own = row.cells[self.row_id].strip()
        if not own:
            raise BadRow("its id is empty")
        return key_from_id(slug, own)


def _first_in_words(found: Asked) -> Question:
    for question in found.instrument.questions:
        if question.type == "text":
            return question
    raise NoPlaceForWords
