"""Names of people, schools and places, in the six languages and in Urdu script. Plain Python over `names.yaml` and two kept word lists.

The lists: English words of TextBlob's speller and zxcvbn's frequent words tell what is an ordinary word; zxcvbn's names (of the census of
the United States) help where a word stands with a capital inside a sentence. Both are read as data; neither is asked for an opinion.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import yaml
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from voice.reading.found import Found
from voice.reading.lists import any_of, listed

WORD = re.compile(r"[^\W\d_]+(?:[-'’‌][^\W\d_]+)*")
ENDS_A_SENTENCE = re.compile(r"[.!?…:;•\n\r\"“”()\[\]*>۔؟|]|(?:^|\s)[-–—]\s*$")
UP = r"[^\W\d_a-zà-öø-ÿа-яіїєґ]"  # a capital of any script that has them

TITLE = re.compile(
    rf"(?<!\w)(?:{any_of('titles')})\.?\s+{UP}[\w'’.-]*(?:\s+{UP}[\w'’-]+)?"
    r"|(?i:(?<!\w)(?:mr|mrs|mx|dr)\.?\s+(?!and\b|or\b|is\b|said\b)[a-z][\w'’-]*)|(?i:(?<!\w)ms\.?\s+[a-z](?![\w'’]))"
)
SMALL_MISS = re.compile(r"(?i)(?<!\w)(?:(\w{1,40})\s{1,3})?(?P<all>(?:miss|ms|sir)\s+(?P<it>[a-z][\w'’-]*))")
WHO_CAN_MISS = listed("who_can_miss")
BEGINS = {
    "introduced": re.compile(rf"(?i)(?<!\w)(?:{any_of('introduced')})[\s,:-]+"),
    "called": re.compile(rf"(?i)(?<!\w)(?:{any_of('called')})\s+"),
    "related": re.compile(
        rf"(?i)(?<!\w)(?:(?:my|our|his|her|their|this) (?:\w+ )?(?:{any_of('kin')})(?: is)?(?: called| named)?|{any_of('related')})[\s,:-]+"
    ),
    "i am": re.compile(rf"(?i)(?<!\w)(?:{any_of('i_am')})\s+"),
}
YDW_I = re.compile(rf"({UP}[\w'’-]+(?: {UP}[\w'’-]+)?) (?:ydw i|dw i|yw fy enw)")

URDU_NAME = re.compile(r"(?:میرا نام|میرے نام|اس کا نام|نام)\s+((?!ہے)\S+(?:\s(?!ہے)\S+)?)(?=\s+ہے)")
URDU_TITLE = re.compile(rf"(?<!\w)(?:{any_of('urdu_titles')})\s+(?!(?:{any_of('urdu_not_after_a_title')})(?!\w))\w+")
URDU_SCHOOL = re.compile(r"((?:[؀-ۿ]+\s+){1,2})(?:اسکول|سکول|کالج|اکیڈمی|ہائی اسکول)")
URDU_NOT_SCHOOL = listed("urdu_not_school")

SCHOOL = re.compile(
    rf"(?<!\w)(?:(?:St\.?|Ss|{UP}[\w'’.-]+)(?: (?:of|the|and|&))? ){{1,5}}(?:(?:{any_of('school_kinds')})[ -])*(?:{any_of('schools')})(?!\w)"
)
SMALL_SCHOOL = re.compile(
    rf"(?i)(?<!\w)((?:st\.? )?[^\W\d_][^\W\d_'’-]+(?:['’]s)?) (?:(?:{any_of('small_school_kinds')}) ?)*(?:school|academy|college|primary|high)(?!\w)"
)
SCHOOLS_ELSEWHERE = (
    re.compile(rf"(?:Ysgol|Coleg|ysgol)(?: (?:{UP}[\w'’-]+|y|yr|uwchradd|gynradd))+"),
    re.compile(
        rf"(?i:{any_of('polish_schools')})(?: [Pp]odstawow\w+)?"
        rf"(?: (?:(?:nr|numer) ?\d+|im\.? ?{UP}\w+(?: {UP}\w+)?|{UP}\w+(?: {UP}\w+)*))|SP ?(?:nr )?\d+"
    ),
    re.compile(
        rf"(?i:{any_of('romanian_schools')})(?: (?:{any_of('romanian_school_kinds')}))*(?: (?:(?:nr|num[aă]rul)\.? ?\d+|„?{UP}\w+”?(?: {UP}\w+)*))"
    ),
    re.compile(rf"(?i:{any_of('ukrainian_schools')})(?: (?:(?:№|номер|N) ?\d+|{UP}\w+))"),
)
INITIALS = re.compile(r"(?<=\bat )[A-Z]{3,5}(?!\w)|(?<![\w&])[A-Z]{1,4}(?:HS|GS|PS|SS|JS|SFC|AC|CS|SA|HA|PA)(?![\w&])")
GOES_TO = re.compile(r"(?i)(?<!\w)(?:go|goes|going|went|used to go|attend|pupil|student|year \d+|sixth form|head of year) (?:to|at)\s+")
LIVES_IN = re.compile(r"(?i)(?<!\w)(?:live|lives|living|moved|stay|staying|based|house is|home is) (?:here )?(?:in|at|to|near|from)\s+(\w[\w-]+)")
NEAR = re.compile(
    r"(?i)\b(?:live|lives|living|wait|waits|meet|house|home|flat|stop)\b[^.!?\n]{0,20}?\b"
    rf"((?:by|near|next to|behind|opposite) (?:the )?(?!(?:{'|'.join(listed('nobody'))})\b)\w+)"
)
CAME_FROM = re.compile(rf"(?<!\w)(?:[Cc]ame|[Cc]ome|[Mm]oved|[Ll]ived?|[Ff]led|[Aa]rrived)(?: here)? (?:from|in|to) ({UP}[\w'’-]+)")
BY_A_LANDMARK = re.compile(rf"(?i)\b(?:by|near|next to|behind|opposite|outside) the (?:{any_of('landmarks')})\b")
BEFORE_A_PLACE = listed("before_a_place")
EVERYDAY = 10_000  # of the words of an encyclopedia, in order of how often they come; rarer ones are often names of places
CAPITALS_NAME = ("pl", "ro", "uk", "cy")  # tongues that write nothing but names with a capital, as far as a reader is concerned


@dataclass(frozen=True)
class Word:
    start: int
    end: int
    text: str
    begins: bool  # the first word of a sentence
    before: str  # the word before it, small; nothing at the beginning

    @property
    def small(self) -> str:
        return self.text.lower().replace("’", "'").removesuffix("'s")

    @property
    def has_capital(self) -> bool:
        return self.text[0].isupper() and not (len(self.text) > 1 and self.text.isupper())


@dataclass(frozen=True)
class Names:
    """What `names.yaml` holds, as sets of small words."""

    given: frozenset[str]
    ordinary: frozenset[str]
    not_names: frozenset[str]
    towns: frozenset[str]
    long_towns: tuple[str, ...]
    only_capital: frozenset[str]


@cache
def names() -> Names:
    data = yaml.load(Path(__file__).with_name("names.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)  # the safe loader, in C
    ordinary = frozenset(data["ordinary"].split())
    given = frozenset(word for part in data["given"].values() for word in part.split()) - ordinary
    long_towns = tuple(part.strip() for part in data["two_word_towns"].split(","))
    towns, capital = (frozenset(data[part].split()) for part in ("towns", "only_capital"))
    return Names(given, ordinary, frozenset(data["not_names"].split()), towns - capital, long_towns, capital)


@cache
def _known_words() -> frozenset[str]:
    found = find_spec("textblob")
    folder = next(iter(found.submodule_search_locations or ()), "") if found else ""
    path = Path(folder, "en", "en-spelling.txt")
    spelt = {line.split(" ", 1)[0] for line in path.read_text("utf-8").splitlines()} if folder and path.is_file() else set()
    said = set(FREQUENCY_LISTS["us_tv_and_film"]) | set(FREQUENCY_LISTS["english_wikipedia"][:EVERYDAY])
    return frozenset(spelt | said) - names().given


@cache
def _census_names() -> frozenset[str]:
    return frozenset(FREQUENCY_LISTS["male_names"]) | frozenset(FREQUENCY_LISTS["female_names"])


def is_known_word(small: str) -> bool:
    """Whether this is an ordinary English word, as far as the lists know; with or without an ending."""
    known = _known_words()
    return small in known or any(small.endswith(end) and small.removesuffix(end) in known for end in ("s", "ing", "ed", "er", "y", "n't", "nt"))


def is_given(small: str) -> bool:
    """Whether this small word is a first name and no ordinary word; double names by their first half."""
    return _folded_in(small, names().given) or ("-" in small and _folded_in(small.split("-")[0], names().given | names().ordinary))


def _folded_in(small: str, listed: frozenset[str]) -> bool:
    return small in listed or (small.isascii() is False and _without_marks(small) in listed)


def _without_marks(word: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


def find(text: str, language: str, places: Sequence[str]) -> Iterator[Found]:
    """Names, schools and places in the text; they may overlap, but each run of name words is one."""
    words = _words(text)
    yield from _schools(text)
    yield from _places(text, words, places)
    yield from _joined(text, [*_names(text, words, language)])


def _words(text: str) -> list[Word]:
    found: list[Word] = []
    end, before = 0, ""
    for match in WORD.finditer(text):
        begins = not found or bool(ENDS_A_SENTENCE.search(text[end : match.start()]))
        found.append(Word(match.start(), match.end(), match.group(), begins, before))
        end, before = match.end(), match.group().lower()
    return found


# Names ----------------------------------------------------------------------------------------------------------------------------------


def _names(text: str, words: Sequence[Word], language: str) -> Iterator[Found]:
    yield from _with_titles(text)
    yield from _introduced(text, words)
    yield from _urdu(text)
    yield from _by_themselves(words, language, calm=_has_few_capitals(words))
    for match in YDW_I.finditer(text):
        yield Found(*match.span(1), "name", "says who they are")


def _with_titles(text: str) -> Iterator[Found]:
    for match in TITLE.finditer(text):
        yield Found(*match.span(), "name", "after a title")
    for match in SMALL_MISS.finditer(text):
        if (match[1] or "").lower() not in WHO_CAN_MISS and _may_follow_miss(match["it"]):
            yield Found(*match.span("all"), "name", "after a title")


def _may_follow_miss(word: str) -> bool:
    return word[0].isupper() or is_given(word.lower()) or _is_surname(word.lower())


def _is_surname(small: str) -> bool:
    return small in FREQUENCY_LISTS["surnames"] and len(small) > 3


def _introduced(text: str, words: Sequence[Word]) -> Iterator[Found]:
    """The word after “my name is”, “called”, “my friend”, “I'm”; each way of saying it needs less or more of a name."""
    by_start = {word.start: number for number, word in enumerate(words)}
    for how, pattern in BEGINS.items():
        for match in pattern.finditer(text):
            number = by_start.get(match.end())
            if number is not None and _fits(words[number], how):
                yield Found(words[number].start, _end_of(words[number]), "name", f"after “{match.group().strip().lower()}”")
                yield from _surname_after(words, number)


def _surname_after(words: Sequence[Word], number: int) -> Iterator[Found]:
    following = words[number + 1] if number + 1 < len(words) else None
    if following and not following.begins and following.has_capital and following.small not in names().not_names:
        yield Found(following.start, _end_of(following), "name", "after a first name")


def _fits(word: Word, how: str) -> bool:
    small, known = word.small, names()
    if small in known.not_names:
        return False
    if is_given(small) or (word.has_capital and small in known.ordinary):
        return True
    if how == "introduced":
        return small not in listed("not_after_my_name_is")
    if how == "i am":
        return word.has_capital and not is_known_word(small)
    return (word.has_capital and not (how == "called" and is_known_word(small))) or (how == "called" and not is_known_word(small) and len(small) > 2)


def _by_themselves(words: Sequence[Word], language: str, *, calm: bool) -> Iterator[Found]:
    known = names()
    for number, word in enumerate(words):
        if word.small in known.not_names or len(word.small) < 2:
            continue
        if is_given(word.small):
            yield Found(word.start, _end_of(word), "name", "a first name")
            yield from _surname_after(words, number)
        elif word.has_capital and not word.begins and calm and _may_be_a_name(word, language):
            kind = "place" if word.before in BEFORE_A_PLACE and word.small not in known.ordinary else "name"
            yield Found(word.start, _end_of(word), kind, "a capital inside a sentence")


def _may_be_a_name(word: Word, language: str) -> bool:
    if word.small in names().ordinary or word.small in _census_names():
        return True
    if language in CAPITALS_NAME or not word.small.isascii() or re.match(r"(?:O['’]|Mac|Mc)[A-Z]", word.text):
        return True
    return not is_known_word(word.small)


def _has_few_capitals(words: Sequence[Word]) -> bool:
    """Whether capitals say anything here: not where Every Word Has One."""
    inside = [word for word in words if not word.begins]
    return not inside or len(inside) < 4 or sum(word.has_capital for word in inside) <= 0.6 * len(inside)


def _end_of(word: Word) -> int:
    return word.end - 2 if word.text.lower().endswith(("'s", "’s")) else word.end


def _joined(text: str, found: list[Found]) -> Iterator[Found]:
    """Names beside each other are one: “Sophie Williams”."""
    at: Found | None = None
    for each in sorted(found, key=lambda each: (each.start, -each.end)):
        if at and each.kind == at.kind and each.start <= at.end + 1 and text[at.end : each.start].strip(" -") == "":
            at = Found(at.start, max(at.end, each.end), at.kind, at.because)
        else:
            if at:
                yield at
            at = each
    if at:
        yield at


def _urdu(text: str) -> Iterator[Found]:
    for match in URDU_NAME.finditer(text):
        yield Found(*match.span(1), "name", "after “name”")
    for match in URDU_TITLE.finditer(text):
        yield Found(*match.span(), "name", "after a title")


# Schools and places ---------------------------------------------------------------------------------------------------------------------


def _schools(text: str) -> Iterator[Found]:
    for pattern in (SCHOOL, *SCHOOLS_ELSEWHERE):
        yield from (Found(*match.span(), "school", "the name of a school") for match in pattern.finditer(text) if _names_a_school(match.group()))
    for match in SMALL_SCHOOL.finditer(text):
        if _may_name_a_school(match[1], match.group()):
            yield Found(*match.span(), "school", "a word that is not ordinary before “school”")
    for match in INITIALS.finditer(text):
        if match.group() not in listed("not_initials"):
            yield Found(*match.span(), "school", "initials as of a school")
    yield from _gone_to(text)
    for match in URDU_SCHOOL.finditer(text):
        named = [word for word in match[1].split() if word not in URDU_NOT_SCHOOL]
        if named:
            yield Found(text.index(named[0], match.start()), match.end(), "school", "the name of a school")


def _may_name_a_school(before: str, whole: str) -> bool:
    """Whether a small word before “school” is a name: it is not ordinary, a town, a saint, or stands before “primary” alone."""
    word = before.lower().removeprefix("st ").removeprefix("st. ")
    if before.lower().startswith("st ") or word in names().towns:
        return True
    if whole.lower().endswith(" primary"):
        return word not in listed("not_before_primary")
    return not is_known_word(word) and word not in names().not_names


def _names_a_school(written: str) -> bool:
    first = written.split()[0].lower().strip("'’.")
    return (
        first not in ("the", "my", "our", "at", "in", "a", "every", "secondary", "primary", "high", "after", "most", "some", "new")
        or len(written.split()) > 2
    )


def _gone_to(text: str) -> Iterator[Found]:
    """“I go to Lady Hawkins”: words with capitals after going to."""
    for match in GOES_TO.finditer(text):
        named = re.compile(rf"(?:{UP}[\w'’-]*)(?: {UP}[\w'’-]+)*").match(text, match.end())
        small = named.group().lower() if named else ""
        if named and not set(small.split()) <= names().not_names and small not in names().towns | names().only_capital:
            yield Found(*named.span(), "school", "after going to")


def _places(text: str, words: Sequence[Word], places: Sequence[str]) -> Iterator[Found]:
    known = names()
    for place in (*places, *known.long_towns):
        pattern = re.escape(place.lower()).replace(r"\-", "[- ]").replace(r"\ ", "[- ]")
        for match in re.finditer(rf"(?i)(?<!\w){pattern}(?!\w)", text):
            yield Found(*match.span(), "place", "a place of the plan" if place in places else "a town")
    for word in words:
        if _folded_in(word.small, known.towns) or (word.has_capital and not word.begins and word.small in known.only_capital):
            yield Found(word.start, _end_of(word), "place", "a town")
    for match in LIVES_IN.finditer(text):
        small = match[1].lower()
        if not is_known_word(small) and not is_given(small):
            yield Found(*match.span(1), "place", "after “live in”")
    for match in CAME_FROM.finditer(text):
        if match[1].lower() not in known.not_names:
            yield Found(*match.span(1), "place", "after “came from”")
    for near, group in ((NEAR, 1), (BY_A_LANDMARK, 0)):
        yield from (Found(*match.span(group), "place", "where somebody can be found") for match in near.finditer(text))
