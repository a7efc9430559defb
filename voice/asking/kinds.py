"""What an instrument is made of: plain frozen values that carry questions, choices and answers.

The vocabulary is XLSForm's (type, name, label, hint, appearance, parameters, relevant, choices), so an instrument can travel to and
from the survey tools partners already have. No question is ever required, so there is nothing here to say so with.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple, TypeAlias

from voice.asking.expressions import Expression

Words: TypeAlias = Mapping[str, str]
"""The same words in each language: language code to text."""

Type: TypeAlias = Literal["select_one", "select_multiple", "rank", "integer", "text", "draw", "image", "note"]
Role: TypeAlias = Literal["age_band", "place", "speaker", "permission", "moment", "own_code"]
"""What an answer tells beside itself. `own_code` is a part of a code people make for themselves: it is kept as no answer (`pairing`)."""
Kind: TypeAlias = Literal["faces", "scale", "consent", "one", "some", "rank", "number", "line", "words", "draw", "image", "note"]
Wording: TypeAlias = Literal["younger", "middle", "older"]
"""Whose words: ages 4 to 7, 8 to 10, 11 and older."""

WORDINGS: Final[tuple[Wording, ...]] = ("younger", "middle", "older")
MOST_FACES: Final[Mapping[Wording, int]] = {"younger": 2, "middle": 3, "older": 5}
"""Points on a scale of faces that an age tells apart (Coombes 2021: two up to seven years, three from eight)."""

DONT_KNOW: Final = "dont_know"
RATHER_NOT: Final = "rather_not"
SKIP_CODES: Final = (DONT_KNOW, RATHER_NOT)
PLACES: Final = "places"
YES: Final = "yes"
NO: Final = "no"
BEFORE: Final = "before"
AFTER: Final = "after"
SOMETHING_ELSE: Final = "something_else"
GAVE_PICTURE: Final = "picture"
"""The code kept where a picture came: that one came is all that is counted of it."""
LONGEST_WORDS: Final = 10_000
"""Characters in one answer in words: far more than a child will write, little enough to hold in a page."""


class Said(NamedTuple):
    """A text and the language it is really in, which is what its `lang` attribute must say."""

    text: str
    language: str


def in_language(words: Words, language: str) -> Said:
    """The words in this language; where there are none, in the language the instrument was first written in."""
    if language in words:
        return Said(words[language], language)
    first = next(iter(words))
    return Said(words[first], first)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to pick: `name` is the code that is kept and counted, `label` is only what is read. `face` is 1 (saddest) to 5.

    `by_age` are its words for younger ages. `fixed` keeps its place where the others change theirs; `alone` goes with no other.
    """

    name: str
    label: Words
    face: int | None = None
    picture: str = ""
    by_age: Mapping[Wording, Words] = field(default_factory=dict)
    fixed: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Reworded:
    """A question in the words of one age: what is empty stays as it is."""

    label: Words = field(default_factory=dict)
    hint: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `start` and `end` bound an integer, and `end` how many may be ranked; `skips` are the two ways to pass, offered
    apart from the choices. `lead` is what statements on one scale share. `by_age` are its words for younger ages; `asked_of` the
    ages it is for, all where it is empty. `condition` and `limit` are `relevant` and `constraint`, read.
    Where it is `from_priorities`, the plan's own take the place of the choices when it is published for a plan.
    """

    type: Type
    name: str
    label: Words
    hint: Words = field(default_factory=dict)
    lead: Words = field(default_factory=dict)
    picture: str = ""
    by_age: Mapping[Wording, Reworded] = field(default_factory=dict)
    asked_of: tuple[Wording, ...] = ()
    appearance: str = ""
    choices: tuple[Choice, ...] = ()
    skips: tuple[Choice, ...] = ()
    start: int | None = None
    end: int | None = None
    relevant: str = ""
    condition: Expression | None = None
    constraint: str = ""
    constraint_message: Words = field(default_factory=dict)
    limit: Expression | None = None
    randomize: bool = False
    role: Role | None = None
    from_places: bool = False
    from_priorities: bool = False

    @property
    def kind(self) -> Kind:
        """How it is drawn: type and appearance in one word."""
        if self.appearance == "faces":
            return "faces"
        if self.appearance == "scale":
            return "scale"
        if self.role == "permission":
            return "consent"
        if self.type == "text":
            return "line" if self.appearance == "line" else "words"
        kinds: dict[str, Kind] = {
            "select_one": "one",
            "select_multiple": "some",
            "rank": "rank",
            "integer": "number",
            "draw": "draw",
            "image": "image",
        }
        return kinds.get(self.type, "note")

    @property
    def is_picked(self) -> bool:
        """Answered with codes."""
        return self.type in ("select_one", "select_multiple", "rank")

    @property
    def is_picture(self) -> bool:
        """Answered with a picture, and what its sender says it shows. Asked once the others were checked, and sent in one go with them."""
        return self.type in ("draw", "image")

    @property
    def is_asked(self) -> bool:
        """A note is only read; everything else asks something."""
        return self.type != "note"

    @property
    def is_of_code(self) -> bool:
        """A part of the code that puts two answers of one person side by side. Nothing but keyed marks is kept of it."""
        return self.role == "own_code"


class Ages(NamedTuple):
    """Who it is written for, in whole years, both ends included."""

    youngest: int
    oldest: int


@dataclass(frozen=True, slots=True)
class Opening:
    """What the first page says to one age: what is empty stays as it is."""

    title: Words = field(default_factory=dict)
    intro: Words = field(default_factory=dict)
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Instrument:
    """The questions of an activity, as data, with the facts its first page tells. Published versions never change.

    `wordings` are the ages it has words for; empty where it speaks to everyone in one way.
    """

    name: str
    version: int
    kind: str
    title: Words
    intro: Words
    minutes: int
    ages: Ages
    languages: tuple[str, ...]
    speaker: str
    questions: tuple[Question, ...]
    wordings: tuple[Wording, ...] = ()
    by_age: Mapping[Wording, Opening] = field(default_factory=dict)

    @property
    def written(self) -> tuple[Question, ...]:
        """The questions that are walked through one by one: all but pictures."""
        return tuple(question for question in self.questions if not question.is_picture)

    def question(self, name: str) -> Question:
        """The question of this name. Raises KeyError when there is none."""
        for question in self.questions:
            if question.name == name:
                return question
        raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to one question: codes, or words, or a number; none of them when it was passed over without a word.

    To a question that asks for a picture these are the words beside it; the picture itself travels apart.
    """

    codes: tuple[str, ...] = ()
    words: str = ""
    number: int | None = None

    @property
    def is_empty(self) -> bool:
        """Nothing was picked, written or typed."""
        return not self.codes and not self.words and self.number is None

    @property
    def is_skipped(self) -> bool:
        """Passed over, with or without saying why."""
        return self.is_empty or self.codes[:1] in ((DONT_KNOW,), (RATHER_NOT,))


Answers: TypeAlias = Mapping[str, Answer]
"""Question name to answer."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why an answer cannot be taken as it is. `key` picks the sentence in `forms.REFUSALS`; `values` fill it. A constraint has
    words of its own."""

    key: str
    values: Mapping[str, int] = field(default_factory=dict)
    words: Words = field(default_factory=dict)


class Reading(NamedTuple):
    """What was posted for an instrument: the answers that can be taken, and why others cannot, by question."""

    answers: Mapping[str, Answer]
    refused: Mapping[str, Refused]


class Coarse(NamedTuple):
    """The few coarse facts about the sender that figures may use. None where not asked or not said."""

    age_band: str | None
    place: str | None
    speaker: str | None


class Meaning(NamedTuple):
    """What somebody's answers come to."""

    counted: Mapping[str, Answer]  # kept as answers, without the code people make for themselves
    views: tuple[tuple[str, str], ...]  # question name and words, in the order they were asked
    coarse: Coarse  # who is speaking comes from the instrument when it does not ask
    may_be_quoted: bool  # whether the words may be shown to others once cleared: only a plain yes is a yes; it decides nothing else
    moment: str | None  # “before” or “after”; None where it is not asked, or was not said
    own_code: Mapping[str, str | None]  # its parts by question name, None where one was passed over; empty where none is asked for
    picture: Question | None  # the question that asks for a picture, given these answers


class Step(NamedTuple):
    """Where someone is: question `number` of at most `total`."""

    number: int
    total: int
