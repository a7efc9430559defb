"""What a schema cannot say about an instrument: names that must differ, words that must be there, conditions that must make sense."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from voice.asking.expressions import Compare, Literal, Name, Selected, compared, names
from voice.asking.kinds import NO, SKIP_CODES, YES, Instrument, Question, Role, Words
from voice.asking.marked import Where

MANY_QUESTIONS: Final = 12
LONG_FOR_CHILDREN: Final = 10


class Fault(NamedTuple):
    """Where it is wrong, what is wrong, and what to do."""

    where: Where
    what: str
    do: str


def faults(instrument: Instrument, role_codes: Mapping[Role, frozenset[str]]) -> Iterator[Fault]:
    """Everything wrong with it. `role_codes`: the codes that a question with a role may have, so that coarse facts add up."""
    if instrument.ages.youngest > instrument.ages.oldest:
        yield Fault(("ages",), "the youngest age is above the oldest", "Change them round.")
    yield from _words(instrument.title, ("title",), instrument.languages)
    yield from _words(instrument.intro, ("intro",), instrument.languages)
    for at, question in enumerate(instrument.questions):
        where: Where = ("questions", at)
        yield from _wordings(question, where, instrument.languages)
        yield from _choices(question, where)
        yield from _appearance(question, where)
        yield from _parameters(question, where)
        yield from _role(question, where, role_codes)
        yield from _condition(question, where, instrument.questions[:at])
    yield from _together(instrument)


def remarks(instrument: Instrument) -> Iterator[str]:
    """What is allowed but unkind."""
    asked = sum(question.is_asked for question in instrument.questions)
    if asked > MANY_QUESTIONS:
        yield f"{asked} questions are many: {LONG_FOR_CHILDREN} are enough for most children"


def _wordings(question: Question, where: Where, languages: tuple[str, ...]) -> Iterator[Fault]:
    yield from _words(question.label, (*where, "label"), languages)
    if question.hint:
        yield from _words(question.hint, (*where, "hint"), languages)
    for at, choice in enumerate(question.choices):
        yield from _words(choice.label, (*where, "choices", at, "label"), languages)


def _words(words: Words, where: Where, languages: tuple[str, ...]) -> Iterator[Fault]:
    missing = [language for language in languages if language not in words]
    extra = [language for language in words if language not in languages]
    if missing:
        yield Fault(where, f"words are missing in {', '.join(missing)}", "Add them, or take the language out of “languages”.")
    if extra:
        yield Fault(where, f"there are words in {', '.join(extra)}, which is not offered", "Add it to “languages”, or take the words out.")


def _choices(question: Question, where: Where) -> Iterator[Fault]:
    codes = [choice.name for choice in question.choices]
    here: Where = (*where, "choices")
    if question.type not in ("select_one", "select_multiple"):
        if codes:
            yield Fault(here, f"a question of type {question.type} has no choices", "Take them out, or make it select_one.")
        return
    if len(codes) < 2 and not question.from_places:
        yield Fault(here if codes else where, "there is nothing to choose between", "Give at least two choices.")
    for at, code in enumerate(codes):
        if code in codes[:at]:
            yield Fault((*here, at), f"the code “{code}” is here twice", "Give each choice its own code.")
        if code in SKIP_CODES:
            yield Fault((*here, at), f"“{code}” is offered on every question already", "Take this choice out.")


def _appearance(question: Question, where: Where) -> Iterator[Fault]:
    wanted = {"faces": "select_one", "line": "text", "multiline": "text", "": question.type}[question.appearance]
    if question.type != wanted:
        yield Fault((*where, "appearance"), f"“{question.appearance}” is for {wanted}", "Take it out, or change the type.")
    faces = [choice.face for choice in question.choices if choice.face is not None]
    if question.appearance != "faces" and faces:
        yield Fault((*where, "choices"), "these choices have faces", "Add “appearance: faces”, or choose another list.")
    if question.appearance == "faces" and not (len(faces) == len(set(faces)) == len(question.choices)):
        yield Fault((*where, "choices"), "some choices have no face of their own", "Give each choice its own face, from 1 to 5.")


def _parameters(question: Question, where: Where) -> Iterator[Fault]:
    has_bounds = question.start is not None and question.end is not None
    if question.type == "integer" and not has_bounds:
        yield Fault(where, "a number needs bounds", "Add “parameters: {start: 0, end: 10}”, with your own numbers.")
    if question.type != "integer" and has_bounds:
        yield Fault((*where, "parameters"), f"a question of type {question.type} has no bounds", "Take “parameters” out.")
    if question.start is not None and question.end is not None and question.start >= question.end:
        yield Fault((*where, "parameters"), "the start is not below the end", "Change them.")


def _role(question: Question, where: Where, role_codes: Mapping[Role, frozenset[str]]) -> Iterator[Fault]:
    here: Where = (*where, "role")
    if question.from_places != (question.role == "place"):
        yield Fault((*where, "choices"), "“choices: places” and “role: place” belong together", "Write both, or neither.")
    if question.role is None:
        return
    codes = {choice.name for choice in question.choices}
    if question.type != "select_one":
        yield Fault(here, f"“{question.role}” needs one answer from a list", "Make the type select_one.")
    elif question.role == "permission" and codes != {YES, NO}:
        yield Fault(here, "permission is given with yes or no", "Write “choices: yes_no”.")
    elif question.role in role_codes and not codes <= role_codes[question.role]:
        strange = ", ".join(sorted(codes - role_codes[question.role]))
        yield Fault(here, f"“{question.role}” does not know {strange}", "Use one of the shared lists.")


def _together(instrument: Instrument) -> Iterator[Fault]:
    seen: set[str] = set()
    roles: set[Role] = set()
    for at, question in enumerate(instrument.questions):
        if question.name in seen:
            yield Fault(("questions", at, "name"), f"another question is called “{question.name}”", "Give each its own name.")
        if question.role in roles:
            yield Fault(("questions", at, "role"), f"another question has the role “{question.role}”", "Keep one of them.")
        if "permission" in roles and question.is_asked:
            yield Fault(("questions", at), "this comes after the permission", "Ask for permission last, when people know what they said.")
        seen.add(question.name)
        roles |= {question.role} if question.role else set()
    if not any(question.is_asked for question in instrument.questions):
        yield Fault(("questions",), "nothing is asked", "Add a question that is not a note.")


def _condition(question: Question, where: Where, earlier: tuple[Question, ...]) -> Iterator[Fault]:
    if question.condition is None:
        return
    here: Where = (*where, "relevant")
    known = {one.name: one for one in earlier if one.is_asked}
    for name in sorted(names(question.condition) - set(known)):
        yield Fault(here, f"no question before this one is called “{name}”", "Name a question that was asked earlier.")
        return
    for part in compared(question.condition):
        problem = _selected(part, known) if isinstance(part, Selected) else _comparison(part, known)
        if problem:
            yield Fault(here, *problem)


def _selected(part: Selected, known: Mapping[str, Question]) -> tuple[str, str] | None:
    about = known[part.name.name]
    if about.type not in ("select_one", "select_multiple"):
        return f"“{about.name}” has nothing to select", "Compare it with '' or with a number."
    return _code(about, part.code)


def _comparison(part: Compare, known: Mapping[str, Question]) -> tuple[str, str] | None:
    match part.left, part.right:
        case (Name(name), Literal(value)) | (Literal(value), Name(name)):
            return _against(known[name], part.sign, value)
    return "each side needs something different", "Compare one question with one fixed value."


def _against(about: Question, sign: str, value: str | int) -> tuple[str, str] | None:
    if about.type == "integer" and isinstance(value, int):
        return None
    if sign not in ("=", "!=") or isinstance(value, int):
        return f"“{about.name}” cannot be measured against {value!r}", "Use = or != and a code in quotes; numbers are for integer."
    if value == "":
        return None
    if about.type == "select_one":
        return _code(about, value)
    return f"“{about.name}” cannot be compared with “{value}”", "Use selected() for several choices, and '' for words."


def _code(about: Question, code: str) -> tuple[str, str] | None:
    codes = [choice.name for choice in about.choices]
    if about.from_places or code in codes:
        return None
    return f"“{about.name}” has no choice “{code}”", f"Use one of {', '.join(codes)}."
