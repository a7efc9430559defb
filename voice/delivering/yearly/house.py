"""What a review is made of, through the doors of the rooms that know it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from voice import answering, asking, counting, plans, reviewing, understanding
from voice.answering import AnswerFacts
from voice.counting import ReleaseFacts
from voice.delivering import doing, measuring
from voice.delivering.yearly.documents import (
    ActionLine,
    AnswerLine,
    AskLine,
    FourFs,
    MeasureLine,
    Milestone,
    PledgeLine,
    ReadingLine,
    ReleaseLine,
    TiedLine,
    WaitingLine,
)
from voice.plans import PlanFacts, PriorityFacts
from voice.understanding import ThemeSentence

Names = Mapping[str, tuple[str, str]]
UNSAID = "unsaid"
STATUSES = ("done", "on_the_way", "not_begun", "stopped")
TO_SEE_SENDERS = 200  # of a theme's views: enough to see whether enough people said it


class House:
    """The doors of the running application."""

    def priorities(self, plan_id: uuid.UUID) -> Sequence[PriorityFacts]:
        return plans.priorities(plan_id)

    def actions(self, plan_id: uuid.UUID, priority_id: uuid.UUID | None) -> Sequence[ActionLine]:
        return [_action(each) for each in doing.progress(plan_id, priority_id)]

    def measures(self, plan_id: uuid.UUID, priority_id: uuid.UUID | None, until: date) -> Sequence[MeasureLine]:
        return [_measure(each, until) for each in measuring.measure_stories(plan_id, priority_id)]

    def pledges(self, plan_id: uuid.UUID, priority_id: uuid.UUID | None) -> Sequence[PledgeLine]:
        return []

    def answers(self, plan: PlanFacts, since: date, until: date) -> Sequence[AnswerLine]:
        """Answers that went out in these days, oldest first; not those of which the board says “that isn't what they said”."""
        themes = {each.id: each for each in understanding.sentences(plan.id)}
        codes = {each.id: each.code for each in plans.priorities(plan.id, closed_too=True)}
        objected = reviewing.objected(themes)
        out = [each for each in answering.published(themes) if each.theme_id not in objected and _within(each.published_on, since, until)]
        bands, words = counting.bands([each.theme_id for each in out]), reviewing.board_words(themes)
        return [
            _answer(each, themes[each.theme_id], codes, bands.get(each.theme_id, "some"), words.get(each.theme_id), until) for each in reversed(out)
        ]

    def waiting(self, plan: PlanFacts) -> Sequence[WaitingLine]:
        """Themes the board has heard that wait for an answer, longest first; only those that may be public."""
        themes = {each.id: each for each in understanding.sentences(plan.id)}
        heard, codes = reviewing.heard_on(themes), {each.id: each.code for each in plans.priorities(plan.id, closed_too=True)}
        settled = {each.theme_id for each in answering.published(themes)} | reviewing.objected(themes)
        some = [each for each in heard if each not in settled and counting.may_be_public(understanding.theme_views(each, most=TO_SEE_SENDERS))]
        found = [WaitingLine(themes[each].you_said, codes[themes[each].priority_id], heard[each]) for each in some]
        return sorted(found, key=lambda each: (each.heard_on, each.you_said))

    def releases(self, plan: PlanFacts, since: date, until: date) -> Sequence[ReleaseLine]:
        """The newest release of each activity that ran in the year, of those published since it began."""
        names = self._names(plan)
        found = [line for each in asking.activities(plan.id) if (line := _release_line(each, names, since, until))]
        return sorted(found, key=lambda each: (each.published_on, each.slug))

    def asks(self, plan: PlanFacts, since: date, until: date) -> Sequence[AskLine]:
        return []

    def four_fs(self, plan: PlanFacts) -> FourFs | None:
        """As the page about it says on this day."""
        found = answering.four_fs(plan.id)
        return _four_fs(found) if found.answers or found.fast else None

    def _names(self, plan: PlanFacts) -> Names:
        """What priorities, and themes that everyone may read, are called, and what their pages are called by."""
        themes = {each.id: each for each in understanding.sentences(plan.id)}
        out = {each.theme_id for each in answering.published(themes)} - reviewing.objected(themes)
        named = {str(each.id): (each.code, each.child_title) for each in plans.priorities(plan.id, closed_too=True)}
        return named | {str(each): (themes[each].slug, themes[each].you_said) for each in out}


def _within(day: date | None, since: date, until: date) -> bool:
    return day is not None and since <= day <= until


def _action(each: doing.ActionProgress) -> ActionLine:
    role = f"{each.owner.role}, {each.owner.organisation}" if each.owner else each.facts.details.get("owner_role")
    return ActionLine(
        key=each.facts.key,
        words=each.facts.words,
        status=each.status if each.status in STATUSES else UNSAID,
        said=each.words,
        why=each.why,
        evidence=each.evidence,
        said_on=each.said_on,
        owner=role,
        late=each.late,
        behind_since=each.behind_since,
        milestones=tuple(Milestone(one.words, one.due_on, one.reached_on) for one in each.milestones),
    )


def _measure(story: measuring.MeasureStory, until: date) -> MeasureLine:
    facts, numbers, newest = story.facts, story.numbers, story.newest
    return MeasureLine(
        key=facts.key,
        words=facts.words,
        standing=story.standing,
        direction=facts.direction,
        baseline=facts.baseline,
        baseline_value=story.baseline,
        target=facts.target,
        target_value=story.target,
        due=facts.due,
        unit=numbers.unit,
        per=numbers.per,
        noun=numbers.noun,
        readings=tuple(_reading(each) for each in story.whole if each.on <= until),
        asked=tuple(_reading(each) for each in story.asked if each.on <= until and each.place is None),
        fresh=story.fresh,
        story=newest.story if newest else None,
    )


def _reading(each: measuring.ReadingFacts) -> ReadingLine:
    of = each.release
    return ReadingLine(each.on, each.said, each.value, each.source, of.slug if of else None, of.words if of else None)


def _four_fs(found: answering.FourFs) -> FourFs:
    fast, full, followed, quarter = found.fast, found.full, found.followed, found.quarter
    return FourFs(
        answers=found.answers,
        changed=full.changed if full else 0,
        why_not=full.why_not if full else 0,
        age=found.friendly.age if found.friendly else None,
        days=fast.median if fast else None,
        is_longer=fast.is_longer if fast else False,
        within=fast.within if fast else 0,
        first=fast.of if fast else 0,
        followed=followed.kept if followed else None,
        to_follow=followed.of if followed else 0,
        in_ten=quarter.answered_in_ten if quarter else None,
        in_ten_on=quarter.on if quarter else None,
        fair=found.verdicts["fair"],
        not_yet=found.verdicts["not_yet"],
        not_answered=found.verdicts["not_answered"],
    )


def _answer(each: AnswerFacts, theme: ThemeSentence, codes: Mapping[uuid.UUID, str], band: str, words: str | None, until: date) -> AnswerLine:
    if each.published_on is None:
        raise ValueError("An answer that is not out is in no review.")
    return AnswerLine(
        slug=theme.slug,
        you_said=theme.you_said,
        band=band,
        priority=codes[theme.priority_id],
        state=each.state,
        words=each.words,
        owner=each.owner_role,
        organisation=each.organisation,
        published_on=each.published_on,
        because=each.because,
        instead=each.instead,
        evidence=each.evidence,
        due_on=each.due_on,
        late=each.state in ("doing", "will") and each.due_on is not None and each.due_on < until,
        board_words=words,
        verdict=each.verdict,
    )


def _release_line(activity: asking.ActivityFacts, names: Names, since: date, until: date) -> ReleaseLine | None:
    if activity.opens_on > date(since.year, 12, 31) or (activity.closes_on and activity.closes_on < since):
        return None
    out = [each for each in counting.releases_of(activity.id) if _within(each.published_on, since, until)]
    if not out or out[0].published_on is None:
        return None
    newest, before = out[0], _before(activity, out[0], since)
    about = tuple(_tied(newest, before, names))
    return ReleaseLine(
        activity.slug, activity.title, newest.number, out[0].published_on, newest.everyone, about, before.published_on if before else None
    )


def _before(activity: asking.ActivityFacts, newest: ReleaseFacts, since: date) -> ReleaseFacts | None:
    """What a release can be compared with: the last one before the year, else the first; of the same activity, or of the wave before it."""
    own = [each for each in counting.releases_of(activity.id) if each.published_on and each.number < newest.number]
    waves = [each for each in asking.waves_of(activity.series) if each.opens_on < activity.opens_on] if activity.series else []
    earlier = own or [found for each in waves if (found := counting.current_release(each.id))]
    older = [each for each in earlier if each.published_on and each.published_on < since]
    return older[0] if older else earlier[-1] if earlier else None


def _tied(newest: ReleaseFacts, before: ReleaseFacts | None, names: Names) -> Iterator[TiedLine]:
    for kind in ("priority", "theme"):
        earlier = {each.value: each.percent for each in counting.tied(before, kind)} if before else {}
        for each in _known(counting.tied(newest, kind), names):
            yield TiedLine(kind, *names[each.value], each.percent, each.people, earlier.get(each.value))


def _known(sizes: Collection[counting.Size], names: Names) -> list[counting.Size]:
    return [each for each in sizes if each.value in names]
