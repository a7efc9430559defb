"""The screen: a first opinion on whether someone may be at risk, so that a person reads those words first.

It sorts and never gates: a person reads everything, whatever it says. When it cannot tell, it asks to be read first.
How it works, how well, and what it cannot do: docs/screen.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from .screening import learned, opinions, tongues
from .screening.folding import MOST_CHARACTERS
from .screening.opinions import Opinion

EASY_READ = "easy"  # English, written more simply


@dataclass(frozen=True)
class Verdict:
    """What the screen thinks. `because` holds words of the text itself; `read_first` says the text was not, or not all, understood."""

    concern: bool
    read_first: bool
    kinds: tuple[str, ...]
    because: tuple[str, ...]
    immediate: bool


NOT_UNDERSTOOD = Verdict(concern=False, read_first=True, kinds=(), because=(), immediate=False)


def screen(words: str, language: str | None = "en") -> Verdict:
    """Say whether these words may mean that someone is at risk. Any text is taken; what goes wrong is read first.

    `language` is the one the page was read in. Words in another offered language are known for what they are and screened in it too.
    """
    try:
        return _screened(words, language)
    except Exception:  # the screen must never stand between a young person's words and the people who read them
        return NOT_UNDERSTOOD


def screen_all(texts: Iterable[str], language: str | None = "en") -> Verdict:
    """One verdict on a whole submission: each text, and all of them as one, for what is split over two boxes."""
    said = [text for text in texts if text.strip()]
    # A submission of one text is that text: it is not read twice.
    return _merged([screen(text, language) for text in dict.fromkeys((*said, "\n".join(said)))])


def version() -> str:
    """Which screen this is: the version of what it learned and the beginning of the digest of what it learned from."""
    return learned.version()


def _screened(words: str, language: str | None) -> Verdict:
    said = opinions.plain_words(words)
    declared = _offered(language)
    found = tongues.likely(said)
    tried = list(dict.fromkeys((*([declared] if declared else []), *found)))
    formed = [opinions.english(words) if tongue == "en" else opinions.other(words, tongue) for tongue in tried]
    understood = bool(declared) and any(tongues.understands(tongue, said) for tongue in tried)
    cut = len(words) > MOST_CHARACTERS or len(words.split()) > opinions.MOST_WORDS
    return Verdict(
        concern=any(opinion.kinds for opinion in formed),
        read_first=cut or not understood,
        kinds=_each(formed, "kinds"),
        because=_each(formed, "because"),
        immediate=any(opinion.immediate for opinion in formed),
    )


def _each(formed: list[Opinion], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for opinion in formed for each in getattr(opinion, name)))


def _offered(language: str | None) -> str | None:
    """The offered language this names, or None."""
    name = (language or "").lower().replace("_", "-").split("-")[0]
    return "en" if name == EASY_READ else name if name in tongues.OFFERED else None


def _merged(verdicts: list[Verdict]) -> Verdict:
    return Verdict(
        concern=any(verdict.concern for verdict in verdicts),
        read_first=any(verdict.read_first for verdict in verdicts),
        kinds=tuple(dict.fromkeys(kind for verdict in verdicts for kind in verdict.kinds)),
        because=tuple(dict.fromkeys(quote for verdict in verdicts for quote in verdict.because)),
        immediate=any(verdict.immediate for verdict in verdicts),
    )
