"""What this room contributes to the house: called once by wiring."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from datetime import timedelta

from flask import Flask
from flask_babel import gettext as _

from voice import identity
from voice.counting import models, pages, release_models, release_pages, tallies, tally_models
from voice.counting.exporting import pages as file_pages
from voice.counting.pairing import pages as pairing_pages
from voice.counting.pairing.queries import settle
from voice.counting.pledges import give_out_kept, kept_pledges
from voice.counting.queries import bands, came_from, how_many_answered
from voice.counting.reaching import models as reaching_models
from voice.counting.reaching import pages as reaching_pages
from voice.counting.results import pages as results_pages
from voice.counting.wording import about_so_many
from voice.counting.workers import keep_up
from voice.keeping import erasers_of, lifetimes_of
from voice.pledging import provide_kept
from voice.web import slot
from voice.web.desk import DeskLink
from voice.workers import jobs_of

__all__ = ["install", "models", "reaching_models", "release_models", "tally_models"]


def install(app: Flask) -> None:
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(release_pages.blueprint)
    app.register_blueprint(reaching_pages.blueprint)
    app.register_blueprint(results_pages.blueprint)
    app.register_blueprint(file_pages.blueprint)
    app.register_blueprint(pairing_pages.blueprint)
    lifetimes_of(app).at_link_end("before and after", settle)
    provide_kept(app, kept_pledges)
    slot("asking_figures", app).contribute("counting", _answered)
    slot("group_figures", app).contribute("counting", _of_a_group)
    slot("theme_figures", app).contribute("counting", _in_sentences)
    slot("desk_nav", app).contribute("counting", _nav, 45)
    erasers_of(app).add("tallies", tallies.forget)
    jobs_of(app).add("count what came", timedelta(seconds=10), keep_up)
    jobs_of(app).add("say how many pledges are kept", timedelta(hours=1), give_out_kept)


def _answered(activity_id: uuid.UUID, member_id: uuid.UUID) -> list[str]:
    return [how_many_answered(activity_id, member_id)]


def _of_a_group(activity_id: uuid.UUID, group_id: uuid.UUID) -> list[str]:
    return [about_so_many(came_from(activity_id, group_id))]


def _in_sentences(theme_ids: Collection[uuid.UUID]) -> Iterable[tuple[uuid.UUID, str]]:
    return bands(theme_ids).items()


def _nav() -> Iterable[DeskLink]:
    if identity.me().roles & {"officer", "analyst"}:
        missing, alike = _("Which ages and places we have heard least from."), _("Who took part and who was heard, group by group, to print.")
        yield DeskLink("reaching.not_heard", _("Not heard yet"), says=missing, seldom=True)
        yield DeskLink("reaching.equality_page", _("Equality"), says=alike, seldom=True)
        yield DeskLink("results.desk", _("Results"), says=_("What was answered, by age, place and way in, and how waves differ."))
    if "publisher" in identity.me().roles:
        yield DeskLink("releasing.desk", _("Figures for all"), says=_("Draft what everyone may see of the numbers, look, and publish."), seldom=True)
    if "officer" in identity.me().roles:
        yield DeskLink(
            "before_after.desk", _("Before and after"), says=_("How far young people came from the start of a course to its end."), seldom=True
        )
    if "analyst" in identity.me().roles:
        yield DeskLink("counting.numbers", _("Numbers"), says=_("Who took part: by age, place, way in and language, as tables to take away."))
    if identity.me().roles & {"officer", "analyst"}:
        yield DeskLink("files.desk", _("Files"), says=_("Figures of an activity as tables, with a codebook."), seldom=True)
