"""Subject access: someone comes with a receipt, and an officer gives them what we hold, as a file."""

from __future__ import annotations

import time
from collections.abc import Iterable

from flask import Blueprint, json, make_response, render_template, request
from flask.wrappers import Response
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from voice import audit, keeping, storage
from voice.keeping.receipts import Misspelt, WrongNumber, read_words
from voice.telling.holding import Holding, as_data, holdings
from voice.web import needs
from voice.web.access import actor, holds
from voice.web.desk import DeskLink

blueprint = Blueprint("holding", __name__, url_prefix="/work/what-we-hold")
SLOWLY = 0.4  # seconds a wrong guess waits, as on the young person’s own page
KINDS = {"txt": "text/plain", "json": "application/json"}


@blueprint.get("")
@needs("officer")
def ask() -> str:
    return render_template("telling/what_we_hold.html", typed="", wrong="")


@blueprint.post("")
@needs("officer")
def give() -> Response | tuple[str, int]:
    """The file, or what to look at in the words. That it was read is on record before a word of it leaves."""
    typed, kind = " ".join(request.form.get("words", "").split())[:200], request.form.get("kind", "txt")
    sent, wrong = _find(typed)
    if sent is None:
        return render_template("telling/what_we_hold.html", typed=typed, wrong=wrong), 404
    audit.read_raw(actor(), "read by receipt", "submission", [sent.id])
    found = holdings(sent)
    body = (
        json.dumps(as_data(found), ensure_ascii=False, indent=2)
        if kind == "json"
        else render_template("telling/what_we_hold.txt", found=found, on=storage.today())
    )
    response = make_response(body)
    response.mimetype = KINDS.get(kind, KINDS["txt"])
    response.headers["Content-Disposition"] = f'attachment; filename="what-we-hold-{storage.today():%Y-%m-%d}.{kind if kind in KINDS else "txt"}"'
    return response


def _as_json(found: list[Holding]) -> str:
    return json.dumps(as_data(found), ensure_ascii=False, indent=2)


def desk_links() -> Iterable[DeskLink]:
    if holds("officer"):
        yield DeskLink("holding.ask", _l("Receipts"), says=_l("Give someone who brings their receipt what we hold under it."), seldom=True)


def _find(typed: str) -> tuple[keeping.Sent | None, str]:
    found = read_words(typed)
    if isinstance(found, WrongNumber):
        return None, _("There are five words. We found %(n)s. Type them in their order.", n=found.found)
    if isinstance(found, Misspelt):
        return None, _("We do not know ‘%(word)s’. Look at the slip again.", word=found.unknown[0])
    sent = keeping.find(found)
    if sent is None:
        time.sleep(SLOWLY)
    return sent, _("We found nothing for these words. It may have been taken back.")
