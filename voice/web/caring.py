"""A staff form that asks for a reason where its words may label a child."""

from __future__ import annotations

from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField

from voice.caring import labels_a_child
from voice.web.forms import Form, longest


class CaringForm(Form):
    """A form whose words may come to stand beside a child for years. What may label a child is said, with better words; it stays only with a
    reason, which the page puts into the record (`kept_why`)."""

    kept_because = StringField(_l("Why do these words have to stay?"), [longest(300)])

    looked_at: ClassVar[tuple[str, ...]] = ()  # names of the fields

    def validate(self, extra_validators: Any = None) -> bool:
        fits: bool = super().validate(extra_validators)
        labels = self._labels()
        if not labels or (self.kept_because.data or "").strip():
            return fits
        for name, (word, rather) in labels.items():
            sentence = _("“%(word)s” may label a child. Better: %(rather)s. Or say below why it has to stay.", word=word, rather=rather)
            self[name].errors = [*self[name].errors, sentence]
        return False

    def kept_why(self) -> str | None:
        """The reason given for words that may label a child; None where there are none."""
        return self.kept_because.data.strip() if self._labels() else None

    @property
    def asks_why(self) -> bool:
        """Whether the page should ask for a reason."""
        return bool(self.kept_because.data or self._labels())

    def _labels(self) -> dict[str, tuple[str, str]]:
        found = {name: labels_a_child(self[name].data or "") for name in self.looked_at}
        return {name: labels[0] for name, labels in found.items() if labels}
