"""Groups: who is asked together, and the slips that let them in."""

from __future__ import annotations

import uuid

from flask import Response, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response as Reply

from voice import audit, identity, storage
from voice.inviting import actions, queries, slips
from voice.inviting.forms import GroupForm, ReadersForm, SlipsForm
from voice.inviting.pages import DEFAULT_DAYS, bp, done, found_activity, languages_of
from voice.inviting.queries import GroupFacts
from voice.web import needs, paper


@bp.get("/<slug>/groups/new")
@needs("officer")
def new_group(slug: str) -> str:
    form = GroupForm(formdata=None, expires_on=storage.today() + DEFAULT_DAYS, reader=[str(identity.me().id)])
    return _new_page(slug, form)


@bp.post("/<slug>/groups/new")
@needs("officer")
def make_group(slug: str) -> Reply | tuple[str, int]:
    activity, form = found_activity(slug), GroupForm()
    form.offer(identity.members_with(*queries.READERS))
    if not form.validate():
        return _new_page(slug, form), 400
    group_id = actions.invite(activity.id, form.invitation(), identity.me().id)
    if form.kept_why():
        audit.record(identity.me().id, "words kept", "group", group_id, form.kept_why())
    storage.commit()
    return redirect(url_for("inviting.group", slug=slug, group_id=group_id, done="invited"), 303)


@bp.get("/<slug>/groups/<uuid:group_id>")
@needs("officer")
def group(slug: str, group_id: uuid.UUID) -> str:
    return _page(slug, _group(slug, group_id))


@bp.post("/<slug>/groups/<uuid:group_id>/slips")
@needs("officer")
def print_slips(slug: str, group_id: uuid.UUID) -> Response | tuple[str, int]:
    """New codes, printed at once: this reply is the only place where they ever stand together."""
    found, form = _group(slug, group_id), _slips_form(slug)
    if not form.validate() or not paper.can_print():
        return _page(slug, found, printing=form), 400
    made = actions.make_slips(found.id, form.codes.data, identity.me().id)
    sheet = slips.as_pdf(made, form.language.data)  # before the commit: codes that nobody can hand out must not be
    storage.commit()
    return sheet


@bp.post("/<slug>/groups/<uuid:group_id>/end")
@needs("officer")
def end_codes(slug: str, group_id: uuid.UUID) -> Reply:
    """Slips were lost: none of them lets anyone in any more."""
    actions.end_codes(_group(slug, group_id).id, identity.me().id)
    storage.commit()
    return redirect(url_for("inviting.group", slug=slug, group_id=group_id, done="ended"), 303)


@bp.post("/<slug>/groups/<uuid:group_id>/readers")
@needs("officer")
def name_readers(slug: str, group_id: uuid.UUID) -> Reply | tuple[str, int]:
    found, form = _group(slug, group_id), ReadersForm()
    form.offer(identity.members_with(*queries.READERS))
    if not form.validate():
        return _page(slug, found, naming=form), 400
    try:
        actions.name_readers(found.id, form.named(), identity.me().id)
    except actions.NotYours:
        abort(403)
    storage.commit()
    return redirect(url_for("inviting.group", slug=slug, group_id=group_id, done="named"), 303)


@bp.get("/<slug>/groups/<uuid:group_id>/slips")
@bp.get("/<slug>/groups/<uuid:group_id>/end")
@bp.get("/<slug>/groups/<uuid:group_id>/readers")
@needs("officer")
def group_again(slug: str, group_id: uuid.UUID) -> Reply:
    """Somebody came here by the address alone."""
    return redirect(url_for("inviting.group", slug=slug, group_id=group_id), 303)


def _group(slug: str, group_id: uuid.UUID) -> GroupFacts:
    found = queries.group(group_id)
    if found is None or found.activity_id != found_activity(slug).id:
        abort(404)
    return found


def _new_page(slug: str, form: GroupForm) -> str:
    form.offer(identity.members_with(*queries.READERS))
    return render_template("inviting/new_group.html", activity=found_activity(slug), form=form)


def _slips_form(slug: str, filled: bool = True) -> SlipsForm:
    form = SlipsForm() if filled else SlipsForm(formdata=None)
    form.language.choices = languages_of(found_activity(slug))
    return form


def _page(slug: str, found: GroupFacts, *, printing: SlipsForm | None = None, naming: ReadersForm | None = None) -> str:
    members = identity.members_with(*queries.READERS)
    naming = naming or ReadersForm(formdata=None, reader=[str(each) for each in found.readers])
    naming.offer(members)
    return render_template(
        "inviting/group.html",
        activity=found_activity(slug),
        group=found,
        readers=[person.name for person in map(identity.person, found.readers) if person],
        printing=printing or _slips_form(slug, filled=False),
        naming=naming if found.kind == "targeted" and queries.may_name(found.id, identity.me().id) else None,
        is_over=storage.today() > found.expires_on,
        can_print=paper.can_print(),
        done=done(),
    )
