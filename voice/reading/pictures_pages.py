"""The officer’s desk for pictures. Each stands shut: nothing of its pixels is sent before somebody opens it, and then it is on record who did."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from voice import asking, audit, identity, keeping, plans, storage
from voice.imaging import Clean, Refused
from voice.reading import pictures, pictures_queries
from voice.reading.pictures_forms import AddForm, AlikeForm, LockForm, LookForm, kind_words, offered, picture_reasons
from voice.reading.pictures_queries import PictureStanding
from voice.reading.pictures_rules import write_cover
from voice.reading.pictures_worrying import lock_picture
from voice.reading.queries import open_raw
from voice.storage.files import NoSuchFile, StoreAway
from voice.web import needs
from voice.web.desk import DeskLink

blueprint = Blueprint("looking", __name__, url_prefix="/work/pictures")
PAGE = 20
DONE = {
    "show": _l("It may be shown now."),
    "cover": _l("It may be shown now, with what you covered gone for good."),
    "withhold": _l("Withheld. After a week it goes."),
    "lock": _l("Locked. The safeguarding lead alone may open it, and is told at once. You need do nothing more."),
    "back": _l("It waits to be looked at again. Nobody else sees it."),
    "all": _l("Decided for all but the marked."),
    "gone": _l("Someone else decided, or it was taken back. Nothing was changed."),
    "shut": _l("This one cannot be opened now."),
}


@blueprint.get("")
@needs("officer")
def desk() -> str:
    """What waits, and one of it, shut."""
    me, after, at = identity.me().id, _an_id("after"), _an_id("at")
    waiting = pictures_queries.waiting_pictures(PAGE, after, me) or pictures_queries.waiting_pictures(PAGE, by=me)
    if at and at not in {each.id for each in waiting}:
        waiting = [*pictures_queries.still_to_look_at([at], me), *waiting][:PAGE]
    number = next((number for number, each in enumerate(waiting) if each.id == at), 0)
    found = waiting[number] if waiting else None
    return render_template(
        "reading/pictures.html",
        waiting=waiting,
        alike=pictures_queries.alike_pictures(waiting, me),
        found=found,
        before=waiting[number - 1] if number else None,
        next=waiting[number + 1] if number + 1 < len(waiting) else None,
        more=waiting[-1].id if len(waiting) == PAGE else None,
        after=after,
        number=number + 1,
        wait=pictures_queries.how_many_pictures(me),
        undo=_an_id("undo"),
        **_about(found),
    )


@blueprint.get("/<uuid:picture_id>")
@needs("officer")
def one(picture_id: uuid.UUID) -> str | Response:
    """One picture, shut, and what was decided about it."""
    found = _found(picture_id)
    if found.decision is None:
        return redirect(url_for("looking.desk", at=picture_id), 303)
    return render_template("reading/picture.html", found=found, opened=False, lock=LockForm(formdata=None), **_about(found))


@blueprint.get("/<uuid:picture_id>/open")
@needs("officer")
def opened(picture_id: uuid.UUID) -> str | Response:
    """One picture, open. Its pixels come by `image`, which puts the opening on record."""
    found = _found(picture_id)
    if not found.may_open:
        return redirect(url_for("looking.desk", at=picture_id, done="shut"), 303)
    if found.decision:
        return render_template("reading/picture.html", found=found, opened=True, lock=LockForm(formdata=None), **_about(found))
    return _open_page(found, _fresh(found), AddForm(formdata=None))


@blueprint.get("/<uuid:picture_id>/<size>.webp")
@needs("officer")
def image(picture_id: uuid.UUID, size: str) -> Response:
    found = _found(picture_id)
    if not found.may_open or size not in ("card", "full"):
        abort(404)
    pictures.record_opening([picture_id], identity.me().id)
    return keeping.picture_reply(found.kept.file, size)


@blueprint.post("/<uuid:picture_id>/decide")
@needs("officer")
def decide(picture_id: uuid.UUID) -> Response | tuple[str, int] | str:
    """Show it, show it with parts covered, or withhold it. “Add a cover” comes here too, and only shows the page again."""
    form, add = LookForm(), AddForm(formdata=request.form if "add" in request.form else None)
    found = pictures_queries.picture(picture_id, identity.me().id)
    if found is None or found.decision or not found.may_open:
        return _on("gone")
    if "add" in request.form:
        return _with_one_more(found, form, add)
    if not form.validate():
        return _open_page(found, form, add), 400
    try:
        made = pictures.covered(found, form.covers(), identity.me().id) if form.decision.data == "cover" else None
        done = _carry_out(found, form, made)
    except (NoSuchFile, Refused, StoreAway):
        abort(503)
    storage.commit()
    return _on(*done)


@blueprint.post("/<uuid:picture_id>/lock")
@needs("officer")
def lock(picture_id: uuid.UUID) -> Response | tuple[str, int]:
    """To the safeguarding lead alone, opened or not."""
    found, form = _found(picture_id), LockForm()
    if not form.validate():
        return render_template("reading/picture.html", found=found, opened=False, lock=form, **_about(found)), 400
    lock_picture(picture_id, identity.me().id, form.why.data or "")
    storage.commit()
    return _on("lock")


@blueprint.post("/<uuid:picture_id>/put-back")
@needs("officer")
def put_back(picture_id: uuid.UUID) -> Response:
    """Undo: it waits to be looked at again."""
    found = _found(picture_id)
    if found.decision:
        pictures.put_back_picture(picture_id, identity.me().id)
        storage.commit()
    return redirect(url_for("looking.desk", at=picture_id, done="back"), 303)


@blueprint.get("/<uuid:picture_id>/decide")
@blueprint.get("/<uuid:picture_id>/lock")
@blueprint.get("/<uuid:picture_id>/put-back")
@needs("officer")
def back(picture_id: uuid.UUID) -> Response:
    """Someone reloads an address that only takes what is sent."""
    return redirect(url_for("looking.desk", at=picture_id), 303)


@blueprint.get("/looked-at")
@needs("officer")
def looked_at() -> str:
    """What was shown, and what was withheld and has not gone yet."""
    what = "withheld" if request.args.get("what") == "withheld" else "shown"
    page = max(1, request.args.get("page", 1, int))
    found = pictures_queries.looked_at(what, identity.me().id, PAGE + 1, page)
    return render_template(
        "reading/pictures_looked_at.html", found=found[:PAGE], what=what, page=page, more=len(found) > PAGE, to_all=_to_all(found), **_words()
    )


@blueprint.get("/alike/<uuid:picture_group_id>")
@needs("officer")
def alike(picture_group_id: uuid.UUID) -> str:
    """Pictures that look alike: shut, or side by side where they are opened."""
    return _alike_page(picture_group_id, AlikeForm(formdata=None), opened="open" in request.args)


@blueprint.post("/alike/<uuid:picture_group_id>")
@needs("officer")
def decide_alike(picture_group_id: uuid.UUID) -> Response | tuple[str, int]:
    """One decision for those that were shown, but for the marked."""
    me, form = identity.me().id, AlikeForm()
    if not form.fits():
        return _alike_page(picture_group_id, form, opened=True), 400
    marked = set(_ids("keep"))
    asked = [each for each in _ids("picture") if each not in marked][: pictures_queries.MOST_ALIKE]
    for found in pictures.take_up_pictures(asked, me):
        if found.group_id != picture_group_id or not found.may_open:
            continue
        if form.what.data == "show" and found.kept.cover_faces:
            continue  # its faces are to be covered: it is looked at by itself
        if form.what.data == "show":
            pictures.show_picture(found.id, found.kept.alt or form.alt.data, me)
        else:
            pictures.withhold_picture(found.id, form.reason.data, me)
    storage.commit()
    return redirect(url_for("looking.desk", done="all"), 303)


def desk_links() -> Iterable[DeskLink]:
    """The way in, for officers; in the bar while something waits."""
    me = identity.me()
    if "officer" in me.roles:
        says = _l("Look at what young people drew and photographed, and say what others may see.")
        yield DeskLink("looking.desk", _l("Pictures"), pictures_queries.how_many_pictures(me.id) or None, says, seldom=True)


def _carry_out(found: PictureStanding, form: LookForm, made: Clean | None) -> tuple[str, uuid.UUID | None]:
    """What was done, and what can be undone; nothing where somebody else was faster."""
    me = identity.me().id
    if not pictures.take_up_pictures([found.id], me):
        return "gone", None
    if form.decision.data == "withhold":
        pictures.withhold_picture(found.id, form.reason.data, me)
    else:
        pictures.show_picture(found.id, form.alt.data, me, made)
        if form.kept_why():
            audit.record(me, "words kept", "picture", found.id, form.kept_why())
    return str(form.decision.data), found.id


def _with_one_more(found: PictureStanding, form: LookForm, add: AddForm) -> str | tuple[str, int]:
    more = add.cover()
    form.decision.data = "cover"
    if more is None:
        return _open_page(found, form, add), 400
    form.cover.data = [*(form.cover.data or []), write_cover(more)]
    return _open_page(found, form, AddForm(formdata=None))


def _fresh(found: PictureStanding) -> LookForm:
    """The form as it stands first: with the sender’s own words, and with every face ticked where they asked for it."""
    covers = [write_cover(each) for each in found.faces or ()]
    decision = "cover" if found.kept.cover_faces else "show"
    return LookForm(formdata=None, decision=decision, alt=found.kept.alt, cover=covers)


def _open_page(found: PictureStanding, form: LookForm, add: AddForm) -> str:
    return render_template(
        "reading/picture_open.html",
        found=found,
        form=form,
        add=add,
        covers=offered(found.faces or (), sorted(form.ticked())),
        ticked=form.ticked(),
        lock=LockForm(formdata=None),
        next=_an_id("next"),
        after=_an_id("after"),
        soft="soft" in request.values,
        **_about(found),
    )


def _alike_page(group_id: uuid.UUID, form: AlikeForm, *, opened: bool) -> str:
    found = pictures_queries.group_pictures(group_id, identity.me().id)
    if not found:
        abort(404)
    return render_template(
        "reading/pictures_alike.html",
        group_id=group_id,
        found=[each for each in found if each.may_open],
        shut=[each for each in found if not each.may_open],
        form=form,
        opened=opened,
        **_words(),
    )


def _about(found: PictureStanding | None) -> dict[str, Any]:
    """What stands beside a picture: words that belong to it, which are put on record as read, and where it came from."""
    beside = open_raw(pictures_queries.words_beside(found), identity.me().id) if found else []
    activity = asking.activity_by_id(found.activity_id) if found and found.activity_id else None
    looked_by = identity.person(found.looked_by) if found and found.looked_by else None
    return {"beside": beside, "activity": activity, "looked_by": looked_by, "locking": LockForm(formdata=None), **_words()}


def _words() -> dict[str, Any]:
    plan = plans.current_plan()
    names = {place.code: place.name for place in plans.places(plan.id)} if plan else {}
    return {"kinds": kind_words(), "reasons": picture_reasons(), "places": names, "done": DONE.get(request.args.get("done", ""))}


def _to_all(found: Iterable[PictureStanding]) -> set[uuid.UUID]:
    """Of these, those that everybody sees: only these are shown small."""
    return keeping.shown_to_all([each.id for each in found])


def _found(picture_id: uuid.UUID) -> PictureStanding:
    return pictures_queries.picture(picture_id, identity.me().id) or abort(404)


def _an_id(name: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.values[name])
    except (KeyError, ValueError):
        return None


def _ids(name: str) -> list[uuid.UUID]:
    try:
        return [uuid.UUID(each) for each in request.form.getlist(name)]
    except ValueError:
        abort(400)


def _on(what: str, undo: uuid.UUID | None = None) -> Response:
    """To the next picture, which stands shut."""
    return redirect(url_for("looking.desk", after=_an_id("after"), at=_an_id("next"), done=what, undo=undo), 303)
