"""Our words in other languages: PO files, read when they are first asked for and then kept by the process. Needs no application.

A translation marked fuzzy is drafted: used, and not yet checked by someone who speaks the language. One without the mark is checked.
There are three catalogues. `messages`: pages for young people, families and the public. `desk`: officers and the board. `surveys`: the questions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from gettext import c2py
from pathlib import Path
from types import MappingProxyType

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from babel.support import NullTranslations

FOLDER = Path(__file__).resolve().parents[2] / "translations"
PAGES = ("messages", "desk")
"""The catalogues a page finds its words in."""


def file_of(domain: str, code: str, folder: Path | None = None) -> Path:
    return (folder or FOLDER) / code / "LC_MESSAGES" / f"{domain}.po"


def is_written(code: str, folder: Path | None = None) -> bool:
    """Whether we have the words of pages in this language."""
    return file_of("messages", code, folder).is_file()


def read(domain: str, code: str, folder: Path | None = None) -> Catalog:
    """A catalogue as it stands in its file; an empty one where there is no file."""
    file = file_of(domain, code, folder)
    if not file.is_file():
        return Catalog(locale=code)
    with file.open("rb") as opened:
        return read_po(opened, locale=code)


def forms(message: Message) -> tuple[str, ...]:
    """What is said for a message, one for each plural form; empty where any is missing."""
    said = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return tuple(each for each in said if each) if all(said) else ()


def first_id(message: Message) -> str:
    """The English of a message; of a plural one, its singular."""
    return str(message.id[0] if isinstance(message.id, tuple | list) else message.id)


@dataclass
class Written(NullTranslations):
    """The words of pages in one language, in the shape that gettext asks for. What is missing is said in English."""

    code: str
    said: Mapping[tuple[str | None, str], tuple[str, ...]] = field(default_factory=dict)
    drafted: frozenset[str] = frozenset()
    plural_of: Callable[[int], int] = field(default=lambda n: int(n != 1))
    heard: list[str] | None = None  # writes down what it is asked for

    def __post_init__(self) -> None:
        super().__init__()

    def is_checked(self, message: str) -> bool:
        """Whether someone who speaks the language has looked at these words."""
        return message not in self.drafted and (None, message) in self.said

    def gettext(self, message: str) -> str:
        return self.pgettext(None, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.npgettext(None, msgid1, msgid2, n)

    def pgettext(self, context: str | None, message: str) -> str:
        self._note(message)
        return self.said.get((context, message), (message,))[0]

    def npgettext(self, context: str | None, singular: str, plural: str, num: int) -> str:
        self._note(singular)
        found = self.said.get((context, singular))
        if found is None:
            return singular if num == 1 else plural
        return found[min(self.plural_of(num), len(found) - 1)]

    def _note(self, message: str) -> None:
        if self.heard is not None:
            self.heard.append(message)

    ugettext = gettext
    ungettext = ngettext
    upgettext = pgettext
    unpgettext = npgettext


@cache
def written(code: str) -> Written:
    """The words of pages in this language: read once in the life of the process."""
    found = [read(domain, code) for domain in PAGES if file_of(domain, code).is_file()]
    said = {(each.context, first_id(each)): forms(each) for catalog in found for each in catalog if each.id and forms(each)}
    drafted = frozenset(first_id(each) for catalog in found for each in catalog if each.id and each.fuzzy)
    return Written(code, said, drafted, c2py(found[0].plural_expr)) if found else Written(code)


@cache
def words(domain: str, code: str) -> Mapping[str, str]:
    """English -> this language, for what is looked up as it stands: the texts of instruments (`surveys`). Empty where there is no file."""
    found = {first_id(each): forms(each) for each in read(domain, code) if each.id}
    return MappingProxyType({english: said[0] for english, said in found.items() if said})


@dataclass(frozen=True)
class Tally:
    """How far a catalogue is."""

    strings: int
    missing: int
    drafted: int
    checked: int


@cache
def tally(domain: str, code: str) -> Tally:
    """How many strings a catalogue has, and how many of them are missing, drafted, checked."""
    found = [each for each in read(domain, code) if each.id]
    said = [each for each in found if forms(each)]
    drafted = sum(each.fuzzy for each in said)
    return Tally(len(found), len(found) - len(said), drafted, len(said) - drafted)
