"""What a schema cannot say about an instrument: names that must differ, words that must be there, conditions that must make sense."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from voice.asking.expressions import SELF, Compare, Count, Expression, Literal, Name, Selected, compared, names
from voice.asking.kinds import AFTER, BEFORE, GAVE_PICTURE, MOST_FACES, NO, SKIP_CODES, WORDINGS, YES, Instrument, Question, Role, Wording, Words
from voice.asking.marked import Where
from voice.asking.rules import fitted

MANY_QUESTIONS: Final = 12
LONG_FOR_CHILDREN: Final = 10
FEWEST_PARTS: Final = 4
"""Parts of a code people make for themselves: with one of them wrong the others must still tell people apart."""
_PIPE: Final = re.compile(r"\$\{([^}]*)\}")
_NEEDS: Final = {
    "faces": ("select_one",),
    "scale": ("select_one",),
    "line": ("text",),
    "multiline": ("text",),
}
"""Which types an appearance is for."""


class Fault(NamedTuple):
    """Where it is wrong, what is wrong, and what to do."""

    where: Where
    what: str
    do: str


def faults(instrument: Instrument, role_codes: Mapping[Role, frozenset[str]], places: tuple[Where, ...]) -> Iterator[Fault]:
    """Everything wrong with it. `role_codes`: the codes that a question with a role may have, so that coarse facts add up.
    `places`: where in the file each question stands."""
    if instrument.ages.youngest > instrument.ages.oldest:
        yield Fault(("ages",), "the youngest age is above the oldest", "Change them round.")
    yield from _openings(instrument)
    for question, where, earlier in _each(instrument, places):
        yield from _wordings(question, where, instrument)
        yield from _choices(question, where)
        yield from _appearance(question, where)
        yield from _parameters(question, where)
        yield from _role(question, where, role_codes)
        yield from _condition(question, where, earlier)
        yield from _constraint(question, where, earlier)
        yield from _pipes(question, where, earlier)
    yield from _together(instrument, places)


def hard_on_children(instrument: Instrument, places: tuple[Where, ...]) -> Iterator[Fault]:
    """What children of an age cannot be asked: more faces than they tell apart."""
    for age in instrument.wordings or (_speaks_to(instrument),):
        names_here = {question.name: question for question in fitted(instrument, age).questions}
        for question, where, _ in _each(instrument, places):
            shown = names_here.get(question.name)
            if shown and shown.kind == "faces" and len(shown.choices) > MOST_FACES[age]:
                what = f"{len(shown.choices)} faces are too many for the age “{age}”"
                yield Fault((*where, "choices"), what, f"Give {MOST_FACES[age]} choices words for “{age}”, or choose another list.")


def _speaks_to(instrument: Instrument) -> Wording:
    """Whose words an instrument with one wording must be in: those of the youngest it is written for."""
    youngest = instrument.ages.youngest
    return "younger" if youngest < 8 else "middle" if youngest < 11 else "older"


def _each(instrument: Instrument, places: tuple[Where, ...]) -> Iterator[tuple[Question, Where, tuple[Question, ...]]]:
    """Each question, where it stands, and those before it."""
    for at, (question, where) in enumerate(zip(instrument.questions, places, strict=True)):
        yield question, where, instrument.questions[:at]


def remarks(instrument: Instrument) -> Iterator[str]:
    """What is allowed but unkind."""
    asked = sum(question.is_asked and not question.is_of_code for question in instrument.questions)
    if asked > MANY_QUESTIONS:
        yield f"{asked} questions are many: {LONG_FOR_CHILDREN} are enough for most children"


def _openings(instrument: Instrument) -> Iterator[Fault]:
    yield from _words(instrument.title, ("title",), instrument.languages)
    yield from _words(instrument.intro, ("intro",), instrument.languages)
    for age, opening in instrument.by_age.items():
        yield from _offered(age, (age,), instrument)
        yield from _some_words(opening.title, (age, "title"), instrument.languages)
        yield from _some_words(opening.intro, (age, "intro"), instrument.languages)


def _wordings(question: Question, where: Where, instrument: Instrument) -> Iterator[Fault]:
    languages = instrument.languages
    yield from _words(question.label, (*where, "label"), languages)
    for name in ("hint", "lead", "constraint_message"):
        yield from _some_words(getattr(question, name), (*where, name), languages)
    for age, words in question.by_age.items():
        yield from _offered(age, (*where, age), instrument)
        yield from _some_words(words.label, (*where, age, "label"), languages)
        yield from _some_words(words.hint, (*where, age, "hint"), languages)
    for age in question.asked_of:
        yield from _offered(age, (*where, "asked_of"), instrument)
    for at, choice in enumerate(question.choices):
        yield from _words(choice.label, (*where, "choices", at, "label"), languages)
        for age, label in choice.by_age.items():
            yield from _words(label, (*where, "choices", at, age), languages)


def _offered(age: Wording, where: Where, instrument: Instrument) -> Iterator[Fault]:
    if age not in instrument.wordings:
        yield Fault(where, f"the age “{age}” is not offered", f"Add it to “wordings”: {', '.join(WORDINGS)}. Or take this out.")


def _some_words(words: Words, where: Where, languages: tuple[str, ...]) -> Iterator[Fault]:
    if words:
        yield from _words(words, where, languages)


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
    if not question.is_picked:
        if codes and not (question.is_picture and codes == [GAVE_PICTURE]):
            yield Fault(here, f"a question of type {question.type} has no choices", "Take them out, or make it select_one.")
        return
    if question.from_priorities and question.type == "select_multiple":
        yield Fault((*where, "choices_from"), "priorities are picked or put in order", "Make the type select_one or rank.")
    if question.type != "select_multiple" and any(choice.alone for choice in question.choices):
        yield Fault(here, "“alone” is for select_multiple", "Take it out: here choices never go together.")
    if len(codes) < 2 and not question.from_places:
        yield Fault(here if codes else where, "there is nothing to choose between", "Give at least two choices.")
    for at, code in enumerate(codes):
        if code in codes[:at]:
            yield Fault((*here, at), f"the code “{code}” is here twice", "Give each choice its own code.")
        if code in SKIP_CODES:
            yield Fault((*here, at), f"“{code}” is offered on every question already", "Take this choice out.")


def _appearance(question: Question, where: Where) -> Iterator[Fault]:
    wanted = _NEEDS.get(question.appearance, (question.type,))
    if question.type not in wanted:
        yield Fault((*where, "appearance"), f"“{question.appearance}” is for {wanted[0]}", "Take it out, or change the type.")
    faces = [choice.face for choice in question.choices if choice.face is not None]
    if question.appearance != "faces" and faces:
        yield Fault((*where, "choices"), "these choices have faces", "Add “appearance: faces”, or choose another list.")
    if question.appearance == "faces" and not (len(faces) == len(set(faces)) == len(question.choices)):
        yield Fault((*where, "choices"), "some choices have no face of their own", "Give each choice its own face, from 1 to 5.")


def _parameters(question: Question, where: Where) -> Iterator[Fault]:
    here: Where = (*where, "parameters")
    if question.type == "integer":
        if question.start is None or question.end is None:
            yield Fault(where, "a number needs bounds", "Add “parameters: {start: 0, end: 10}”, with your own numbers.")
        elif question.start >= question.end:
            yield Fault(here, "the start is not below the end", "Change them.")
    elif question.start is not None or (question.end is not None and question.type != "rank"):
        yield Fault(here, f"a question of type {question.type} has no bounds", "Take “parameters” out.")
    elif question.end is not None and question.end < 1:
        yield Fault(here, "nothing could be put in order", "Let “end” be 1 or more.")
    if question.randomize and not question.is_picked:
        yield Fault(here, f"a question of type {question.type} has no choices to mix", "Take “randomize” out.")
    if question.randomize and any(choice.face for choice in question.choices):
        yield Fault(here, "faces keep their order", "Take “randomize” out.")


def _role(question: Question, where: Where, role_codes: Mapping[Role, frozenset[str]]) -> Iterator[Fault]:
    here: Where = (*where, "role")
    if question.from_places != (question.role == "place"):
        yield Fault((*where, "choices"), "“choices: places” and “role: place” belong together", "Write both, or neither.")
    if question.role is None:
        return
    codes = {choice.name for choice in question.choices}
    if question.role == "own_code":
        if question.type not in ("select_one", "integer"):
            yield Fault(here, "a part of a code is one choice or a number", "Make the type select_one or integer.")
    elif question.type != "select_one":
        yield Fault(here, f"“{question.role}” needs one answer from a list", "Make the type select_one.")
    elif question.role == "permission" and codes != {YES, NO}:
        yield Fault(here, "permission is given with yes or no", "Write “choices: yes_no”.")
    elif question.role == "moment" and codes != {BEFORE, AFTER}:
        yield Fault(here, "the moment is before or after", "Give it two choices, “before” and “after”.")
    elif question.role in role_codes and not codes <= role_codes[question.role]:
        strange = ", ".join(sorted(codes - role_codes[question.role]))
        yield Fault(here, f"“{question.role}” does not know {strange}", "Use one of the shared lists.")


def _together(instrument: Instrument, places: tuple[Where, ...]) -> Iterator[Fault]:
    seen: set[str] = set()
    roles: set[Role] = set()
    for question, where, _ in _each(instrument, places):
        if question.name in seen:
            yield Fault((*where, "name"), f"another question is called “{question.name}”", "Give each its own name.")
        if question.role in roles and not question.is_of_code:
            yield Fault((*where, "role"), f"another question has the role “{question.role}”", "Keep one of them.")
        if "permission" in roles and question.is_asked and not question.is_picture:
            yield Fault(where, "this comes after the permission", "Ask for permission last, when people know what they said.")
        seen.add(question.name)
        roles |= {question.role} if question.role else set()
    for age in instrument.wordings or WORDINGS:
        if not any(question.is_asked for question in fitted(instrument, age).questions):
            yield Fault(("questions",), "nothing is asked", "Add a question that is not a note.")
            return
    yield from _own_code(instrument, places)
    yield from _pictures(instrument, places)


def _own_code(instrument: Instrument, places: tuple[Where, ...]) -> Iterator[Fault]:
    """A code has parts enough for every age, and comes after the question that says which time this is."""
    of_code = [(where, earlier) for question, where, earlier in _each(instrument, places) if question.is_of_code]
    for where, earlier in of_code[:1]:
        if not any(one.role == "moment" for one in earlier):
            yield Fault(where, "nothing before this asks which time it is", "Add a question with “role: moment” before it.")
        for age in instrument.wordings or WORDINGS:
            if sum(question.is_of_code for question in fitted(instrument, age).questions) < FEWEST_PARTS:
                yield Fault(where, "the code has too few parts", f"Ask everyone for at least {FEWEST_PARTS}.")
                return


def _pictures(instrument: Instrument, places: tuple[Where, ...]) -> Iterator[Fault]:
    """A picture is asked for last, on its own, after something that is said without one: it goes with all the rest in one piece."""
    for question, where, earlier in _each(instrument, places):
        if any(one.is_picture for one in earlier) and not question.is_picture:
            yield Fault(where, "this comes after a picture", "Put the picture last: it is sent in one go with everything before it.")
            return
    where_of = dict(zip((question.name for question in instrument.questions), places, strict=True))
    for age in instrument.wordings or WORDINGS:
        asked = [question for question in fitted(instrument, age).questions if question.is_asked]
        pictures = [question for question in asked if question.is_picture]
        if len(pictures) > 1:
            yield Fault(
                where_of[pictures[1].name], "this is a second picture for the same age", "Ask for one. On a slow phone one is enough to send."
            )
            return
        if pictures and len(asked) == 1:
            yield Fault(
                where_of[pictures[0].name], "a picture is all that is asked", "Put a question before it, for those who would rather not give one."
            )
            return


def _condition(question: Question, where: Where, earlier: tuple[Question, ...]) -> Iterator[Fault]:
    if question.condition is None:
        return
    known = {one.name: one for one in earlier if one.is_asked and not one.is_picture}
    yield from _makes_sense(question.condition, (*where, "relevant"), known)


def _constraint(question: Question, where: Where, earlier: tuple[Question, ...]) -> Iterator[Fault]:
    here: Where = (*where, "constraint")
    if bool(question.constraint) != bool(question.constraint_message):
        yield Fault(here if question.constraint else (*where, "constraint_message"), "a constraint and its words belong together", "Write both.")
    if question.limit is None:
        return
    if not question.is_asked or question.is_picture:
        yield Fault(here, "a picture has no limit" if question.is_picture else "a note has no answer", "Take the constraint out.")
        return
    if SELF not in names(question.limit):
        yield Fault(here, "it does not look at the answer", "Name the answer with a full stop, such as . <= 10.")
    known = {one.name: one for one in earlier if one.is_asked}
    yield from _makes_sense(question.limit, here, {**known, SELF: question})


def _makes_sense(expression: Expression, here: Where, known: Mapping[str, Question]) -> Iterator[Fault]:
    for name in sorted(names(expression) - set(known)):
        yield Fault(here, f"no question before this one is called “{name}”", "Name a question that was asked earlier.")
        return
    for part in compared(expression):
        problem = _selected(part, known) if isinstance(part, Selected) else _comparison(part, known)
        if problem:
            yield Fault(here, *problem)


def _pipes(question: Question, where: Where, earlier: tuple[Question, ...]) -> Iterator[Fault]:
    """`${name}` in words: something picked or a number from earlier, asked about only where it was answered."""
    known = {one.name: one for one in earlier}
    words = [question.label, question.hint, *(part for each in question.by_age.values() for part in (each.label, each.hint))]
    for name in sorted({found for part in words for text in part.values() for found in _PIPE.findall(text)}):
        if name not in known or known[name].type not in ("select_one", "integer"):
            yield Fault((*where, "label"), f"“{name}” cannot be put into these words", "Name an earlier select_one or integer.")
        elif question.condition is None or name not in names(question.condition):
            yield Fault((*where, "label"), f"these words need an answer to “{name}”", f"Add “relevant: ${{{name}}} != ''”.")


def _selected(part: Selected, known: Mapping[str, Question]) -> tuple[str, str] | None:
    about = known[part.name.name]
    if not about.is_picked:
        return f"“{about.name}” has nothing to select", "Compare it with '' or with a number."
    return _code(about, part.code)


def _comparison(part: Compare, known: Mapping[str, Question]) -> tuple[str, str] | None:
    match part.left, part.right:
        case (Name(name), Literal(value)) | (Literal(value), Name(name)):
            return _against(known[name], part.sign, value)
        case (Name(one), Name(other)) if known[one].type == known[other].type == "integer":
            return None
        case (Count(name), Literal(value)) | (Literal(value), Count(name)):
            fits = known[name.name].is_picked and isinstance(value, int)
            return None if fits else ("this counts nothing", "Count what was picked, against a number.")
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
