"""How somebody could be reached, and numbers that are theirs alone. Plain Python beside phonenumbers and python-stdnum."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import phonenumbers
from stdnum.gb import nhs

from voice.reading.found import Found
from voice.reading.lists import any_of, listed
from voice.reading.naming import is_known_word

AREAS = listed("areas")
ALSO_WORDS = listed("also_words")
NO_ROADS_NAME = listed("no_roads_name")
PROVIDERS = "gmail|googlemail|hotmail|outlook|yahoo|icloud|live|aol|protonmail|msn"
DOT = r"(?: dot |\(dot\)|\[dot\])"
ENDINGS = "com|co\\.uk|org\\.uk|ac\\.uk|gov\\.uk|sch\\.uk|uk|org|net|io|me|tv|gg|pl|ro|ua|pk|eu|wales|cymru|example|info"
APPS = any_of("apps")
DIGIT_WORDS = "oh|o|zero|nought|one|two|three|four|five|six|seven|eight|nine|double|triple|treble"
BORN = f"(?:{any_of('born')})"
MONTHS = any_of("months")
DAY = (
    r"(?:\d{4}-\d\d?-\d\d?|\d{1,2}\s*[./-]\s*\d{1,2}(?:\s*[./-]\s*\d{2,4})?"
    rf"|(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? (?:{MONTHS})(?: \d{{4}})?|(?:{MONTHS}) \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?)"
)
ROADS = any_of("roads")

EMAIL = re.compile(r"(?i)(?<![\w.+'-])[\w.+'-]{1,64}@[\w-]+(?:\.[\w-]+)*\.\w{2,}")
EMAIL_SPOKEN = re.compile(
    r"(?i)(?<![\w+.-])[\w+-]{1,64}(?:(?: dot |\.|\(dot\)|\[dot\])[\w+-]{1,64}){0,4}\s{0,3}(?:\(at\)|\[at\]| at )\s*"
    rf"(?:(?:{PROVIDERS})(?:(?: dot |\.|\(dot\)|\[dot\])(?:com|co(?: dot |\.|\(dot\)|\[dot\])uk|uk|net))?|[\w-]+(?:{DOT}[\w-]+)+)\b"
)
LINK = re.compile(rf"(?i)(?:\bhttps?://\S+|\bwww\.\S+|(?<![\w@.-])[a-z0-9][\w-]{{0,62}}(?:\.[\w-]{{1,62}}){{0,4}}\.(?:{ENDINGS})(?:/\S*)?(?![\w@]))")
HANDLES = (
    re.compile(r"(?<![\w.])@\w[\w.]{2,}"),
    re.compile(r"\b\w[\w. ]{1,30}#\d{4}\b"),
    re.compile(r"(?<![\w@./])(?=\w{0,60}[^\W\d_])\w{0,60}[^\W_]_+\w{1,60}(?![\w@])"),
)
SAID_TO_BE_A_HANDLE = re.compile(
    rf"(?i)\b(?:(?:my|on|his|her|our|me on)\s+(?:{APPS})|username|user ?name|gamer ?tag|{APPS}|ign|user)"
    r"(?:\s*(?:name|tag|user|username|account|id|handle))?(?:'s|’s|s)?\s*(?:(?:is|=|:|called)\s*|\s)(?P<it>[\w.#@-]{3,})"
)
WITH_NUMBER = re.compile(r"(?<![\w@.#-])[a-z]{4,40}\d{2,4}(?![\w@])", re.IGNORECASE)
NOT_A_HANDLE = re.compile(rf"(?i)(?:{any_of('not_a_handle')})\d+")
POSTCODE = re.compile(r"(?i)\b([a-z]{1,2})\d[a-z\d]?\s*\d[a-z]{2}\b")
PART_POSTCODE = re.compile(r"\b([A-Za-z]{1,2})(\d{1,2}[A-Z]?)(?:\s+\d(?![\w]))?(?:\s?\.\.+)?(?![\w-])")
PHONE = re.compile(r"(?<![\w.])(?:\+|00)?\(?\d(?:[\s().\-–·]{0,3}\d){8,13}(?!\w)")
PHONE_SPOKEN = re.compile(rf"(?i)\b(?:{DIGIT_WORDS}|\d)(?:[\s,-]+(?:{DIGIT_WORDS}|\d+)){{6,}}\b")
NUMBER_IS = re.compile(
    r"(?i)\b(?:my|her|his|mums?|dads?|phone|mobile|the) (?:number|no\.?|num|phone|mobile)(?: is|'s|:|=)?\s*(?P<it>\d[\d\s-]{4,}\d)"
)
O_FOR_NOUGHT = re.compile(r"(?<=\d)[Oo]{1,4}(?=[\d ])")
NHS_SAID = re.compile(r"(?i)\bnhs\s*(?:number|no\.?|num)?(?: is|:|=)?\s*(?P<it>\d[\d\s-]{6,}\d)")
TEN_DIGITS = re.compile(r"(?<![\d+])\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
BIRTH = re.compile(rf"(?i){BORN}\D{{0,24}}?(?P<it>{DAY})")
BIRTH_AFTER = re.compile(rf"(?i)(?P<it>{DAY})\D{{0,12}}{BORN}")
ADDRESSES = (
    re.compile(rf"(?i)\b\d{{1,4}}[a-d]?,? (?:[^\W\d_][\w'’]*[ -]){{1,3}}(?:{ROADS})\b"),
    re.compile(r"(?i)\b(?:flat|apartment|caravan|pitch|plot) \d+[a-d]?(?:,? [A-Z]\w+ (?:House|Court|Place|Park|Lodge))?"),
    re.compile(rf"\b(?:[A-Z][\w'’]+ ){{1,3}}(?:{any_of('big_roads')})\b"),
    re.compile(r"(?i)\b(?:(?:ulica|ul\.) \w+|strada \w+|вулиц[яі] \w+|вул\. ?\w+|heol [A-Z]?\w+|stryd (?!fawr)\w+)(?: \d+)?"),
)
SMALL_ROAD = re.compile(r"(?i)\b(\w+) (?:street|road|lane|avenue|close|crescent|terrace)\b")


def find(words: str) -> Iterator[Found]:
    """Everything of these kinds in the text; they may overlap."""
    plain = _with_our_digits(words)
    yield from _reached_online(plain)
    yield from _numbers(plain)
    yield from _where(plain)


def _reached_online(text: str) -> Iterator[Found]:
    for pattern in (EMAIL, EMAIL_SPOKEN):
        yield from (Found(*each.span(), "email", "the shape of an e-mail address") for each in pattern.finditer(text))
    for each in LINK.finditer(text):
        end = each.start() + len(each.group().rstrip(".,!?)"))
        yield Found(each.start(), end, "link", "the shape of a web address")
    for pattern in HANDLES:
        yield from (Found(*each.span(), "handle", "the shape of a name used online") for each in pattern.finditer(text))
    for each in WITH_NUMBER.finditer(text):
        if not NOT_A_HANDLE.fullmatch(each.group()):
            yield Found(*each.span(), "handle", "letters and numbers in one word")
    for each in SAID_TO_BE_A_HANDLE.finditer(text):
        if _is_no_plain_word(each["it"]):
            yield Found(*each.span("it"), "handle", "after the name of an app or game")


def _is_no_plain_word(word: str) -> bool:
    bare = word.strip(".,!?")
    return len(bare) >= 3 and (not bare.isalpha() or not is_known_word(bare.lower()))


def _numbers(text: str) -> Iterator[Found]:
    for each in NHS_SAID.finditer(text):
        yield Found(*each.span("it"), "nhs_number", "after “NHS”")
    for each in TEN_DIGITS.finditer(text):
        if nhs.is_valid(each.group()):
            yield Found(*each.span(), "nhs_number", "its check digit is right")
    for each in PHONE.finditer(text):
        if _like_a_phone(each.group()):
            yield Found(*each.span(), "phone", "the shape of a telephone number")
    for match in phonenumbers.PhoneNumberMatcher(text, "GB", leniency=phonenumbers.Leniency.VALID):
        yield Found(match.start, match.end, "phone", "a telephone number")
    for each in PHONE_SPOKEN.finditer(text):
        if re.search(r"(?i)[a-z]", each.group()):
            yield Found(*each.span(), "phone", "a number in words")
    for each in NUMBER_IS.finditer(text):
        yield Found(*each.span("it"), "phone", "after “number”")
    for pattern in (BIRTH, BIRTH_AFTER):
        yield from (Found(*_trimmed(each, "the "), "date_of_birth", "a day beside “born” or “birthday”") for each in pattern.finditer(text))


def _like_a_phone(written: str) -> bool:
    digits = re.sub(r"\D", "", written)
    if written.startswith(("+", "00")):
        return 9 <= len(digits) <= 15
    return digits.startswith("0") and 10 <= len(digits) <= 11


def _trimmed(match: re.Match[str], head: str) -> tuple[int, int]:
    start, end = match.span("it")
    return (start + len(head), end) if match["it"].lower().startswith(head) else (start, end)


def _where(text: str) -> Iterator[Found]:
    for each in POSTCODE.finditer(text):
        if each[1].upper() in AREAS:
            yield Found(*each.span(), "postcode", "the shape of a postcode")
    for each in PART_POSTCODE.finditer(text):
        if _part_of_a_postcode(each[1], each.group()):
            yield Found(each.start(), each.start() + len(each.group().rstrip(". ")), "postcode", "the first half of a postcode")
    for pattern in ADDRESSES:
        yield from (Found(*each.span(), "address", "the shape of an address") for each in pattern.finditer(text))
    for each in SMALL_ROAD.finditer(text):
        if each[1].lower() not in NO_ROADS_NAME and not each[1].isdigit():
            yield Found(*each.span(), "address", "a road with a name")


def _part_of_a_postcode(area: str, whole: str) -> bool:
    if len(area) == 1 or area.upper() not in AREAS:
        return False
    return (area.isupper() and (area not in ("PE", "DT", "ME") or " " in whole)) or (area.islower() and area not in ALSO_WORDS)


def _with_our_digits(text: str) -> str:
    """The same text with Arabic and other digits as ours, and the letter O among them; letter by letter, so that places stay what they are."""
    ours = "".join(str(unicodedata.digit(letter)) if letter.isdigit() and not letter.isascii() else letter for letter in text)
    return O_FOR_NOUGHT.sub(lambda found: "0" * len(found.group()), ours)
