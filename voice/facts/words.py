"""Words to young people: those about help and safety need somebody who approved them, and some words are never said (bar G11)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import yaml
from babel.messages.pofile import read_po

from voice import contacting
from voice.facts.declared import ROOT, written
from voice.web import catalogues
from voice.web.locale import LANGUAGES

ABOUT_HELP = re.compile(
    r"\b(999|111|0800|childline|in danger|emergency|danger|un?safe|safe(r|st|ly|ty)?|worr(y|ied|ies)|hurts?|scared|afraid|help(s|ed|ing)?"
    r"|contact you|reach(ed)? you|call|trust|your fault)\b",
    re.IGNORECASE,
)
CHILDREN = ("messages", "surveys")  # the lists of strings that young people read


@dataclass(frozen=True)
class Approval:
    """Words about help or safety, and who approved them when; `by` is None where they are drafted and nobody has."""

    words: str
    by: str | None
    on: date


@cache
def help_entries() -> tuple[Approval, ...]:
    """What is written down: in `help_words.yaml`, and with the replies themselves."""
    listed = tuple(Approval(each["words"], each["approved_by"], each["day"]) for each in written("help_words"))
    replies = tuple(Approval(each.in_language("en"), each.approved_by, each.approved_on) for each in contacting.replies(lead=True))
    return listed + replies


@cache
def help_words_of() -> frozenset[str]:
    """All that is said to young people about help and safety, in English."""
    said = (text for name in CHILDREN for text in english(name))
    return frozenset(text for text in said if ABOUT_HELP.search(text)) | {each.in_language("en") for each in contacting.replies(lead=True)}


def english(name: str) -> Iterator[str]:
    """The strings of one list, such as `messages`; of a plural one each form."""
    with (catalogues.FOLDER / f"{name}.pot").open("rb") as opened:
        for message in read_po(opened):
            if message.id:
                yield from message.id if isinstance(message.id, tuple | list) else (str(message.id),)


def said_in(language: str) -> Iterator[tuple[str, str]]:
    """Every text for young people in a language: (English or where it stands, text)."""
    if language == "en":
        yield from ((text, text) for name in CHILDREN for text in english(name))
    for name in CHILDREN:
        yield from (
            (catalogues.first_id(each), form)
            for each in (() if language == "en" else catalogues.read(name, language))
            if each.id
            for form in catalogues.forms(each)
        )
    for reply in contacting.replies(lead=True):
        if language in reply.text:
            yield reply.code, reply.text[language]
    for file in sorted((ROOT / "surveys").glob("*.yaml")):
        yield from ((file.stem, text) for text in _texts(yaml.safe_load(file.read_text(encoding="utf-8")), language))


def _texts(node: Any, language: str) -> Iterator[str]:
    """What an instrument says in one language, wherever it stands in its file."""
    if isinstance(node, Mapping):
        if "en" in node and set(node) <= set(LANGUAGES):
            yield from (str(node[language]),) if language in node else ()
        else:
            for each in node.values():
                yield from _texts(each, language)
    elif isinstance(node, list):
        for each in node:
            yield from _texts(each, language)


@cache
def banned(language: str) -> Mapping[str, re.Pattern[str]]:
    """What may not be said in a language, by what it means."""
    found = written("banned_words")[language]
    return banned(found) if isinstance(found, str) else {what: re.compile(each) for what, each in found.items()}


def banned_in(language: str, text: str, english: str = "") -> list[str]:
    """What of a text may not be said, by what it means; `english` is the text it translates."""
    allowed = {each["means"] for each in written("banned_words")["allowed"] if re.search(each["english"], english)}
    return [what for what, pattern in banned(language).items() if what not in allowed and pattern.search(text.lower())]
