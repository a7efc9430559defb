"""What the invented young people pledge, of every kind. Pictures go through the same door as anybody’s: rebuilt in a process of their own."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import yaml

from voice import imaging, keeping, plans, reading, safeguarding, storage
from voice.demonstrating.drawings import drawing, photographed
from voice.demonstrating.voices import County, ago
from voice.imaging import Clean
from voice.keeping.picture_models import Picture
from voice.pledging import avatars, palette, rules
from voice.pledging.models import WITH_PICTURE, Pledge
from voice.web.painting import painted

SAID: Final = Path(__file__).parent / "pledges.yaml"
PICTURE: Final = "picture"
MONTHS: Final = 12
AT_ONCE: Final = 2  # as many as one process lets be opened at a time
BETWEEN: Final = 5  # days from one to the next
PORTRAIT: Final = (540, 720)  # pixels
MIDDLE: Final = (85.0, 0.0, 235.0, 200.0)


@dataclass(frozen=True)
class Invented:
    """One pledge of the file, with its picture in the making."""

    said: Mapping[str, Any]
    avatar: Mapping[str, str]
    picture: Future[Clean] | None

    @property
    def kind(self) -> str:
        return str(self.said.get("kind", "avatar"))


@contextmanager
def inventing(county_seed: int = 2015) -> Iterator[list[Invented]]:
    """The pledges; their pictures are made in the background, two at a time, while the rest of the county is."""
    pledges = yaml.safe_load(SAID.read_text(encoding="utf-8"))["pledges"]
    with ThreadPoolExecutor(AT_ONCE) as others:
        yield [_invented(number, each, others, county_seed) for number, each in enumerate(pledges)]


def _invented(number: int, said: Mapping[str, Any], others: ThreadPoolExecutor, seed: int) -> Invented:
    avatar = {part: sorted(options)[(number * step + seed) % len(options)] for step, (part, options) in enumerate(avatars.PARTS.items(), 3)}
    picture = others.submit(_picture, number, said, avatar) if said.get("kind") in WITH_PICTURE else None
    return Invented(said, avatar, picture)


def _picture(number: int, said: Mapping[str, Any], avatar: Mapping[str, str]) -> Clean:
    if said["kind"] == "selfie":  # nobody’s face: a drawn person, as a phone held upright would take it
        file = BytesIO()
        painted(palette.coloured(avatars.draw(avatar)), MIDDLE, PORTRAIT).save(file, "PNG", compress_level=1)
        return imaging.clean(file.getvalue())
    return imaging.clean((photographed if said["kind"] == "card" else drawing)(said["draws"], number))


def say_pledges(county: County, pledges: Sequence[Invented]) -> None:
    """Pledges on the wall; and one whose parent has not said yes to its picture."""
    for number, each in enumerate(pledges):
        received = _received(number)
        facts = keeping.Facts(language=each.said.get("language", "en"), place=county.place(), way_in="demo", received_on=received)
        kept = keeping.keep(county.key(), activity_id=None, answers={"kind": each.kind}, words=[("pledge", each.said["words"])], facts=facts)
        safeguarding.screen_submission(kept.submission_id, [each.said["words"]], quiet=True)
        _row(county, each, kept, received)
        reading.clear(kept.view_ids, county.member("officer"))
        if each.picture:
            _keep_picture(county, each, kept.submission_id, received)


def _received(number: int) -> date:
    """The week it came: a pledge is kept with no other day."""
    return storage.week_of(ago(2 + BETWEEN * number))


def _row(county: County, each: Invented, kept: keeping.Kept, received: date) -> None:
    said = each.said
    priority, agreed = plans.priority(county.plan_id, said["priority"]), said.get("agreed")
    row = Pledge(
        submission_id=kept.submission_id,
        view_id=kept.view_ids[0],
        priority_id=priority.id if priority else None,
        avatar=dict(each.avatar),
        kind=each.kind,
        is_under_13=said.get("age") == "under_13",
        shows_picture=each.picture is not None,
        ends_on=rules.end_of(received, MONTHS),
        kept_on=max(received, ago(9)) if said.get("kept") and received < ago(9) else None,
        words_agreed_on=received if agreed else None,
        picture_agreed_on=received if agreed == PICTURE else None,
    )
    storage.session().add(row)
    storage.session().flush()


def _keep_picture(county: County, each: Invented, submission_id: uuid.UUID, received: date) -> None:
    if each.picture is None:
        raise LookupError(each.said["words"])
    picture_id = keeping.keep_picture(submission_id, PICTURE, each.picture.result(), kind=each.kind, alt=each.said["alt"])
    storage.session().get_one(Picture, picture_id).received_on = received
    reading.show_picture(picture_id, each.said["alt"], county.member("officer"))
