"""A house with furniture and no rooms: a few doors that only have names, and pages that show one of each part."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, abort, flash, render_template, session
from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
from sqlalchemy.exc import OperationalError
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, PasswordField, SelectChoice, SelectField, StringField, TextAreaField

from voice import storage, web
from voice.config import Settings, read_settings
from voice.extensions import csrf, db
from voice.web import cacheable, needs, open_to_all, same_origin
from voice.web.access import enforce
from voice.web.forms import Form, longest, optional, required
from voice.web.paging import leaf
from voice.web.symbols import icon

ROOT = Path(__file__).resolve().parents[3]
DOORS = (
    "identity.sign_in",
    "identity.sign_out",
    "me.show",
    "worries.worry",
    "listening.take_part",
    "pledging.wall",
    "publishing.accessibility",
    "publishing.help_now",
    "publishing.home",
    "publishing.plan",
    "publishing.priority",
    "publishing.privacy",
    "publishing.theme",
    "publishing.you_said",
    "publishing.from_the_board",
    "publishing.how_we_listen",
    "publishing.still_waiting",
    "reviewing.board",
    "spreading.card",
    "spreading.feed",
    "telling.your_receipt",
)


class Trying(Form):
    place = StringField("A place you like", [required(), longest(20)])
    because = TextAreaField("Why?", [optional(), longest(20)])
    part = SelectField("Part of the plan", choices=[SelectChoice("1", "Be safe"), SelectChoice("2", "Be well")])
    passphrase = PasswordField("Your passphrase")
    agreed = BooleanField("I have read it")


class Roles:
    """Who is at the door in this test."""

    held: frozenset[str] = frozenset()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return read_settings({"VOICE_DATA": str(tmp_path), "VOICE_PLACE": "Demo county", "VOICE_LANGUAGES": "en,ur,qps"}, testing=True)


@pytest.fixture
def roles() -> Roles:
    return Roles()


@pytest.fixture
def furnished(settings: Settings, roles: Roles) -> Iterator[Flask]:
    app = Flask("furniture", template_folder=str(ROOT / "templates"), static_folder=None)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_loader = ChoiceLoader([FileSystemLoader(ROOT / "templates"), FileSystemLoader(Path(__file__).parent)])
    app.secret_key = b"only for tests"
    app.extensions["voice.settings"] = settings
    storage.install(app, settings)
    csrf.init_app(app)
    web.install(app, settings)
    app.jinja_env.globals["my_name"] = lambda: "Officer"
    app.jinja_env.globals.update(whole=lambda path: f"{settings.public_url}{path}", has_cards=lambda: False)
    _doors(app)
    _pages(app)
    enforce(app, lambda: roles.held, lambda: None)
    yield app
    with app.app_context():
        db.engine.dispose()


def _doors(app: Flask) -> None:
    for name in DOORS:
        address = "/sign-in" if name == "identity.sign_in" else f"/doors/{name}"
        app.add_url_rule(address, name, open_to_all(lambda **_named: "a door"), methods=["GET", "POST"])


def _pages(app: Flask) -> None:
    for name, handler in PAGES.items():
        app.add_url_rule(f"/{name}", name, handler, methods=["GET", "POST"])
    for name in ("send", "child"):
        csrf.exempt(app.view_functions[name])


@open_to_all
@cacheable(60)
def same() -> str:
    """Looks into the session, as some libraries do on every reply."""
    session["seen"] = "yes"
    return "the same for everyone, " * 60


@open_to_all
def own() -> str:
    flash("kept")
    return "yours"


@open_to_all
def send() -> str:
    same_origin()
    return "taken"


@open_to_all
def broken() -> str:
    raise LookupError("in a test")


@open_to_all
def no_database() -> str:
    raise OperationalError("SELECT 1", {}, Exception("gone"))


@open_to_all
def too_many() -> str:
    abort(429)


@needs("officer", "publisher")
def work() -> str:
    return "work"


@needs("officer")
def desk() -> str:
    return render_template("try_desk.html")


@open_to_all
def board() -> str:
    return render_template("try_board.html")


@open_to_all
def child() -> str:
    return render_template("try_child.html")


@open_to_all
def parts() -> str:
    form = Trying(MultiDict({"place": "x" * 30, "part": "1"}), meta={"csrf": False})
    form.validate()
    return render_template("try_parts.html", form=form, leaf=leaf(list(range(30)), 2, 10), icon_for=lambda _word: icon("wave"))


PAGES: dict[str, Any] = {
    "same": same,
    "own": own,
    "send": send,
    "broken": broken,
    "no-database": no_database,
    "too-many": too_many,
    "work": work,
    "desk": desk,
    "board": board,
    "child": child,
    "parts": parts,
}
