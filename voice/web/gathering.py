"""Which strings there are to translate: gathered from pages, from Python and from the questions, and kept in `translations/*.pot`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

from voice.web.catalogues import FOLDER

ROOT = FOLDER.parent
DOMAINS = ("messages", "desk", "surveys")
TRANSLATED = ("cy", "pl", "ro", "uk", "ur", "easy")

# Where pages for young people, families and the public get their words; every other string is the desk’s. A string of both is here.
OUTSIDE = (
    "templates/components/",
    "templates/delivering/public/",
    "templates/errors/",
    "templates/identity/sign_in.html",
    "templates/inviting/poster.html",
    "templates/inviting/slips.html",
    "templates/layout/base.html",
    "templates/layout/child.html",
    "templates/layout/public.html",
    "templates/listening/",
    "templates/notifying/",
    "templates/pledging/",
    "templates/publishing/",
    "templates/telling/",
    "voice/asking/forms.py",
    "voice/counting/",
    "voice/delivering/partnering/public_forms.py",
    "voice/delivering/partnering/public_pages.py",
    "voice/delivering/partnering/wording.py",
    "voice/delivering/measuring/saying.py",
    "voice/delivering/measuring/values.py",
    "voice/identity/forms.py",
    "voice/identity/pages.py",
    "voice/inviting/posters.py",
    "voice/inviting/slips.py",
    "voice/keeping/",
    "voice/listening/",
    "voice/notifying/",
    "voice/pledging/",
    "voice/publishing/",
    "voice/spreading/",
    "voice/telling/",
    "voice/web/",
)
INSIDE = (
    "voice/counting/contributions.py",
    "voice/counting/commands.py",
    "voice/counting/exporting/",
    "voice/counting/pages.py",
    "voice/counting/reaching/",
    "voice/counting/pairing/",
    "voice/counting/release_pages.py",
    "voice/counting/results/",
    "voice/counting/wording.py",
    "templates/listening/assisting_",
    "templates/telling/what_we_hold",
    "voice/listening/api.py",
    "voice/listening/assisting.py",
    "voice/listening/contributions.py",
    "voice/telling/holding",
    "voice/web/commands.py",
    "voice/web/desk.py",
)
"""What looks like a page for all by its place, and is not."""

INSTRUMENTS = "surveys/*.yaml"
SHARED = "voice/asking/shared_choices.yaml"
WHOSE = {"messages": "Pages for young people, families and the public.", "desk": "The officers’ desk and the board’s room.", "surveys": "Questions."}
DRAFTED_BY = "Drafted by a machine (a large language model). What is marked fuzzy has not been checked by a person who speaks the language."
KEYWORDS: dict[str, Any] = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None}


def is_outside(path: str) -> bool:
    """Whether this file speaks to young people, families or the public."""
    return path.startswith(OUTSIDE) and not path.startswith(INSIDE)


def empty_catalogue(code: str | None, domain: str) -> Catalog:
    """One that says nothing of the day it was made, so that renewing it twice gives the same bytes."""
    comment = f"# {WHOSE[domain]}" + (f"\n# {DRAFTED_BY}" if code else "")
    return Catalog(
        code,
        domain,
        header_comment=comment,
        project="Voice",
        version="1",
        creation_date=datetime(2026, 11, 22, tzinfo=UTC),
        msgid_bugs_address="docs/languages.md",
        last_translator="docs/languages.md",
        language_team=code or "en",
        fuzzy=False,
    )


def gathered(root: Path = ROOT) -> dict[str, Catalog]:
    """Every string in English, by catalogue."""
    found = {domain: empty_catalogue(None, domain) for domain in DOMAINS}
    strings = list(_in_pages(root))
    outside = {_key(message, context) for path, message, context in strings if is_outside(path)}
    for path, message, context in strings:
        domain = "messages" if _key(message, context) in outside else "desk"
        found[domain].add(message, locations=[(path, 1)], context=context)
    for text in texts(root):
        if any(text.waits_for(code) for code in TRANSLATED):
            found["surveys"].add(text.english, locations=[(text.path, 1)])
    return found


def _key(message: str | tuple[str, ...], context: str | None) -> tuple[str | None, str]:
    return context, message if isinstance(message, str) else message[0]


def _in_pages(root: Path) -> Iterator[tuple[str, str | tuple[str, ...], str | None]]:
    """File, message and context of each string in Python and in templates."""
    loud = {"**.html": {"silent": "false"}}  # a template that cannot be read is a fault, not a gap
    for folder, pattern, method in (("voice", "**.py", "python"), ("templates", "**.html", "jinja2")):
        for name, _line, message, _comments, context in extract_from_dir(root / folder, [(pattern, method)], loud, KEYWORDS):
            yield f"{folder}/{Path(name).as_posix()}", message, context


@dataclass(frozen=True)
class Text:
    """A text of an instrument, or of the lists that instruments share."""

    path: str
    english: str
    inline: frozenset[str]  # the languages it is written in on the spot
    offered: frozenset[str]  # the languages in which it may be asked

    def waits_for(self, code: str) -> bool:
        """Whether a catalogue has to say it. Easy Read stands on the spot, or the English is that plain already."""
        return code != "easy" and code not in self.inline


def texts(root: Path = ROOT) -> list[Text]:
    """Every text of the questions we ship. What is shared may be asked in any language that any instrument offers."""
    files = {file.relative_to(root).as_posix(): yaml.safe_load(file.read_text(encoding="utf-8")) for file in sorted(root.glob(INSTRUMENTS))}
    all_offered = frozenset(code for data in files.values() for code in data["languages"])
    files[SHARED] = yaml.safe_load((root / SHARED).read_text(encoding="utf-8"))
    return [
        Text(path, words["en"], frozenset(words), frozenset(data["languages"]) if path != SHARED else all_offered)
        for path, data in files.items()
        for words in _texts(data)
    ]


def _texts(data: object) -> Iterator[Mapping[str, str]]:
    """Every text of an instrument: a map from languages to words."""
    if isinstance(data, Mapping):
        if isinstance(data.get("en"), str):
            yield data
        else:
            for each in data.values():
                yield from _texts(each)
    elif isinstance(data, list):
        for each in data:
            yield from _texts(each)


def pot(domain: str, folder: Path = FOLDER) -> Catalog:
    """The list of a catalogue’s strings as it stands in its file."""
    with (folder / f"{domain}.pot").open("rb") as opened:
        return read_po(opened)


def save(catalog: Catalog, file: Path) -> None:
    """Write a catalogue: in the order of its strings, without line numbers, so that a change shows as one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as opened:
        write_po(opened, catalog, width=120, sort_output=True, ignore_obsolete=True, include_lineno=False)
