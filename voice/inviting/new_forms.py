"""What an officer types to make an activity, and a neutral address for it."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import BooleanField, StringField, TextAreaField, ValidationError

from voice import asking
from voice.config import settings
from voice.inviting.forms import tidy
from voice.storage import today
from voice.web.forms import DayField, Form, longest, optional, required

LONGEST_ADDRESS: Final = 40
TAKEN: Final = frozenset({"new"})
# An address stays in the history of a phone that others use. These words would say what a child was asked about, or who they are.
TELLING: Final = re.compile(
    r"abus|assault|asylum|autis|bereave|bully|care-leav|carer|cse|cutting|depress|disab|domestic|drug|eating|exclu|foster|free-school|gay|"
    r"gang|gender|hate|harm|health|hiv|illness|in-care|knife|lgbt|looked-after|mental|poverty|pregnan|racis|refugee|safeguard|self-|send\b|"
    r"sex|suicid|threat|trans\b|traveller|unaccompanied|victim|violen|\buno\b|right-to-voice"
)


def slug_of(title: str) -> str:
    """A short address made from a title: small letters, figures and hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST_ADDRESS].strip("-")


class ActivityForm(Form):
    """A new activity."""

    title = StringField(_l("Title"), [required(_l("Give it a title.")), longest(120)], filters=[tidy])
    slug = StringField(_l("Address"), [longest(LONGEST_ADDRESS)], filters=[tidy])
    opens_on = DayField(_l("Opens on"), [required(_l("Name the day on which it opens."))])
    closes_on = DayField(_l("Closes on"), [optional()])
    reply_by = DayField(_l("We answer by"), [required(_l("Name the day by which young people get an answer."))])
    decision_maker = StringField(
        _l("Who must hear it: the role, not the name"),
        [required(_l("Name the role that can decide. Nobody is asked before it is named.")), longest(200)],
        filters=[tidy],
    )
    dpia = StringField(_l("Reference of the DPIA"), [longest(120)], filters=[tidy])
    termly = BooleanField(_l("Ask the same again each term"))
    hosts = TextAreaField(_l("Sites that may show it"), [longest(2000)])

    def address(self) -> str:
        return slug_of(self.slug.data or self.title.data or "")

    def validate_slug(self, field: StringField) -> None:
        if self.slug.data and slug_of(self.slug.data) != self.slug.data:
            raise ValidationError(_("Write it in small letters, with hyphens between words."))
        address = self.address()
        if len(address) < 3:
            raise ValidationError(_("Write a short address: three letters or more."))
        if TELLING.search(address):
            raise ValidationError(_("This address would tell others who is asked, or what about. Write one like my-week."))
        if address in TAKEN or asking.activity(address):
            raise ValidationError(_("Another activity has this address. Write a different one."))

    def validate_closes_on(self, field: DayField) -> None:
        if field.data and self.opens_on.data and field.data < self.opens_on.data:
            raise ValidationError(_("It cannot close before it opens."))

    def validate_reply_by(self, field: DayField) -> None:
        last = self.closes_on.data or self.opens_on.data
        if field.data and (field.data < today() or (last and field.data < last)):
            raise ValidationError(_("Choose a day after it closes."))
        days = settings().first_answer_days
        if field.data and self.closes_on.data and field.data > self.closes_on.data + timedelta(days=days):
            late = ngettext("Choose a day at most %(num)s day after it closes.", "Choose a day at most %(num)s days after it closes.", days)
            raise ValidationError(f"{late} {_('Young people wait no longer than that.')}")

    def fits(self, kind: str) -> bool:
        """Whether the sites named may show an activity of this kind; the field says why not."""
        try:
            asking.checked_hosts(kind, self.sites())
        except ValueError as wrong:
            self.hosts.errors = [str(wrong)]
            return False
        return True

    def sites(self) -> list[str]:
        return [each for each in re.split(r"[\s,]+", self.hosts.data or "") if each]

    def what(self) -> dict[str, Any]:
        """What `asking.open_activity` is told of it."""
        return {
            "slug": self.address(),
            "title": self.title.data,
            "opens_on": self.opens_on.data,
            "closes_on": self.closes_on.data,
            "reply_by": self.reply_by.data,
            "decision_maker": self.decision_maker.data,
            "repeats": "termly" if self.termly.data else None,
            "embed_hosts": self.sites(),
            "dpia": self.dpia.data or None,
        }


class DpiaForm(Form):
    """The impact assessment that covers an activity."""

    dpia = StringField(_l("Reference of the DPIA"), [required(_l("Write the reference of the impact assessment.")), longest(120)], filters=[tidy])


class ClosingForm(Form):
    """Another closing day."""

    closes_on = DayField(_l("Closes on"), [optional()])

    def comes_after(self, opens_on: Any) -> bool:
        if self.closes_on.data and self.closes_on.data < opens_on:
            self.closes_on.errors = [_("It cannot close before it opens.")]
            return False
        return True
