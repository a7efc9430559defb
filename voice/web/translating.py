"""Filling catalogues in: what is missing, what a translation must keep of the English, drafted and checked marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from gettext import c2py
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message

from voice.web.catalogues import FOLDER, file_of, first_id, forms, read
from voice.web.gathering import ROOT, TRANSLATED, empty_catalogue, pot, save, texts

FILLED = ("messages", "surveys")
"""The catalogues that are translated; the desk speaks English for now."""
CHECKED = re.compile(r"^checked: \S.*, \d{4}-\d{2}-\d{2}$")
_HOLES = re.compile(r"%\(\w+\)[sd]|\$\{\w+\}|</?\w+[^>]*>|%%")
_COUNT = "%(num)s"


class Unfit(ValueError):
    """A translation that cannot be taken; the message says why."""


@dataclass(frozen=True)
class State:
    """How far one language is, over its catalogues."""

    code: str
    strings: int
    missing: tuple[str, ...]  # in English
    drafted: int
    checked: int
    wrong: tuple[str, ...]  # sentences


def codes(folder: Path = FOLDER) -> tuple[str, ...]:
    """The languages that have a catalogue."""
    return tuple(code for code in TRANSLATED if (folder / code).is_dir())


# --- renewing


def renew(code: str, folder: Path = FOLDER, root: Path = ROOT) -> None:
    """Bring the new strings into the catalogues of a language, untranslated, and drop those nobody says any more."""
    for domain in FILLED:
        catalog = read(domain, code, folder) if file_of(domain, code, folder).is_file() else empty_catalogue(code, domain)
        template = pot(domain, folder)
        if domain == "surveys":
            template = _written_elsewhere(template, code, root)
        catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
        save(catalog, file_of(domain, code, folder))


def _written_elsewhere(template: Catalog, code: str, root: Path) -> Catalog:
    """Without the texts that carry this language on the spot wherever they stand."""
    wanted = {text.english for text in texts(root) if text.waits_for(code)}
    kept = empty_catalogue(None, "surveys")
    for each in template:
        if each.id and first_id(each) in wanted:
            kept.add(each.id, locations=each.locations)
    return kept


# --- looking


def state(code: str, folder: Path = FOLDER, root: Path = ROOT) -> State:
    """How far a language is: every string of the pages for all, and of the questions that are asked in it."""
    found = {domain: _by_key(read(domain, code, folder)) for domain in FILLED}
    wanted = [("messages", each) for each in pot("messages", folder) if each.id]
    asked = {text.english for text in texts(root) if code in text.offered and text.waits_for(code)}
    wanted += [("surveys", Message(english)) for english in sorted(asked)]
    there = [(each, found[domain].get(_key(each))) for domain, each in wanted]
    said = [one for _, one in there if one is not None and forms(one)]
    return State(
        code=code,
        strings=len(wanted),
        missing=tuple(first_id(each) for each, one in there if one is None or not forms(one)),
        drafted=sum(one.fuzzy for one in said),
        checked=sum(not one.fuzzy for one in said),
        wrong=tuple(_wrong(said)),
    )


def _wrong(said: list[Message]) -> Iterator[str]:
    for each in said:
        try:
            fit(each, forms(each))
        except Unfit as why:
            yield f"“{first_id(each)}”: {why}"
        if not each.fuzzy and not any(CHECKED.match(comment) for comment in each.user_comments):
            yield f"“{first_id(each)}”: it is not marked drafted, and nobody is named who checked it"


def _key(message: Message) -> tuple[str | None, str]:
    return message.context, first_id(message)


def _by_key(catalog: Catalog) -> dict[tuple[str | None, str], Message]:
    return {_key(each): each for each in catalog if each.id}


def missing(code: str, folder: Path = FOLDER) -> Iterator[dict[str, Any]]:
    """What is still to be said, as `put` takes it back; where a number is in it, which numbers each form is for."""
    for domain in FILLED:
        catalog = read(domain, code, folder)
        for each in catalog:
            if each.id and not forms(each):
                where = sorted({path for path, _ in each.locations})
                many = {"msgid_plural": each.id[1], "plural": _numbers_of(catalog)} if each.pluralizable else {"msgstr": ""}
                yield {"domain": domain, "where": where, "msgid": first_id(each), **many}


def _numbers_of(catalog: Catalog) -> list[str]:
    """For each plural form, the first numbers it is said with."""
    form_of = c2py(catalog.plural_expr)
    numbers: list[list[int]] = [[] for _ in range(catalog.num_plurals)]
    for number in range(1, 120):
        numbers[form_of(number)].append(number)
    return [f"for {', '.join(map(str, each[:6])) or '0'}{'…' if len(each) > 6 else ''}" for each in numbers]


# --- filling in


def put(code: str, lines: Sequence[Mapping[str, Any]], folder: Path = FOLDER) -> list[str]:
    """Take translations in as drafted. What cannot be taken is left out and told, a sentence for each."""
    catalogs = {domain: read(domain, code, folder) for domain in FILLED}
    refused = []
    for line in lines:
        found = ((catalog.get(line["msgid"], line.get("context")), catalog.num_plurals) for catalog in catalogs.values())
        places = [(message, number) for message, number in found if message]
        try:
            if not places:
                raise Unfit("no such string is known. Take it from “todo” as it stands")
            for message, forms_wanted in places:
                _take(message, forms_wanted, line)
        except Unfit as why:
            refused.append(f"“{line['msgid']}”: {why}.")
    for domain, catalog in catalogs.items():
        save(catalog, file_of(domain, code, folder))
    return refused


def _take(message: Message, plurals: int, line: Mapping[str, Any]) -> None:
    given = line.get("plural", line.get("msgstr"))
    said = tuple(given) if isinstance(given, list | tuple) else (given,)
    if not all(isinstance(each, str) for each in said):
        raise Unfit("“msgstr” must be words, and “plural” a list of words")
    if len(said) != (plurals if message.pluralizable else 1):
        wanted = f"“plural” with {plurals} forms" if message.pluralizable else "“msgstr”"
        raise Unfit(f"it needs {wanted}")
    fit(message, said)
    if forms(message) != said:
        message.string = said if message.pluralizable else said[0]
        message.flags.add("fuzzy")
        message.user_comments = [each for each in message.user_comments if not CHECKED.match(each)]


def fit(message: Message, said: tuple[str, ...]) -> None:
    """Whether a translation keeps what the English has: its gaps, its tags, its ends.

    Raises:
        Unfit: says what differs.
    """
    english = message.id if isinstance(message.id, tuple | list) else (message.id,)
    wanted = Counter(_HOLES.findall(english[-1]))
    for each in said:
        holes = Counter(_HOLES.findall(each))
        if message.pluralizable:  # a form for one may say the number in a word
            holes[_COUNT] = wanted[_COUNT]
        if +holes != wanted:
            raise Unfit(f"it must keep {_listed(wanted)}, and has {_listed(holes)}")
        _fit_ends(english[-1], each)


def _fit_ends(english: str, said: str) -> None:
    if not said.strip():
        raise Unfit("it is empty")
    if (said[0].isspace(), said[-1].isspace()) != (english[0].isspace(), english[-1].isspace()):
        raise Unfit("spaces at its ends must be as in the English")
    if re.search(r"[\"']", re.sub(r"<[^>]*>", "", said)):
        raise Unfit("it has a straight quote; write ’ “ ” or the marks of your language")


def _listed(holes: Mapping[str, int]) -> str:
    return ", ".join(sorted(each for each, number in holes.items() for _ in range(number))) or "no gap"


def sign(code: str, english: list[str], who: str, on: str, folder: Path = FOLDER) -> int:
    """Mark strings as checked by someone who speaks the language. How many were marked comes back."""
    marked = 0
    for domain in FILLED:
        catalog = read(domain, code, folder)
        for message in (catalog.get(each) for each in english):
            if message and forms(message):
                message.flags.discard("fuzzy")
                message.user_comments = [each for each in message.user_comments if not CHECKED.match(each)] + [f"checked: {who}, {on}"]
                marked += 1
        save(catalog, file_of(domain, code, folder))
    return marked
