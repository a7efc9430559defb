"""The two letters: “was it you?”, and “there is news”. The same words for everyone, whatever the news is; nothing in them says who writes."""

from __future__ import annotations

import uuid

from flask_babel import gettext as _

from voice import post
from voice.config import settings
from voice.notifying.rules import UNCONFIRMED
from voice.notifying.sealing import STOP, YES, Wanted, link
from voice.storage import today
from voice.web.locale import LANGUAGES, speaking


def ask_whether_it_was_they(wish: uuid.UUID, wanted: Wanted) -> None:
    """
    Raises:
        NotSent: try again later.
    """
    with speaking(_language(wanted)):
        subject, lines = (
            _("Was it you?"),
            [
                _("Someone asked us to write here when there is news. Was it you? Then open this page and say yes:"),
                _here(wanted, f"/letters/yes/{link(YES, wish)}"),
                _("Was it not you? Then do nothing. We forget this address in %(days)s days.", days=UNCONFIRMED.days),
                _("Or let us forget it now:"),
                _here(wanted, f"/letters/stop/{link(STOP, wish)}"),
            ],
        )
    post.send(wanted.address, subject, _text(lines), once=f"yes {wish} {today()}")


def there_is_news(wish: uuid.UUID, wanted: Wanted) -> None:
    """
    Raises:
        NotSent: try again later.
    """
    with speaking(_language(wanted)):
        subject, lines = (
            _("There is news"),
            [
                _("There is news. You find it here:"),
                _here(wanted, "/your-receipt"),
                _("If there is no more news, we forget this address in %(days)s days.", days=settings().keep.news_days),
                _("To stop these letters now:"),
                _here(wanted, f"/letters/stop/{link(STOP, wish)}"),
            ],
        )
    post.send(wanted.address, subject, _text(lines), once=f"news {wish} {today()}")


def _text(lines: list[str]) -> str:
    return "\n\n".join(lines) + "\n"


def _here(wanted: Wanted, path: str) -> str:
    code = _language(wanted)
    return settings().public_url + ("" if code == "en" else f"/{code}") + path


def _language(wanted: Wanted) -> str:
    """As they chose it, where it is still offered."""
    return wanted.language if wanted.language in LANGUAGES and wanted.language in settings().languages else "en"
