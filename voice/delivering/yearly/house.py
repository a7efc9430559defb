"""What a review is made of, through the doors of the rooms that know it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from voice import answering, asking, counting, plans, reviewing, understanding
from voice.counting import ReleaseFacts
from voice.delivering import doing, measuring, partnering
from voice.delivering.yearly.answered import answers_between
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

Names = Mapping[str, tuple[str, str]]
UNSAID = "unsaid"
STATUSES = ("done", "on_the_way", "not_begun", "stopped")


class House:
    """The doors of the running application."""

    def priorities(self, plan_id: uuid.UUID) -> Sequence[PriorityFacts]:
        return plans.priorities(plan_id)

    def actions(self, plan_id: uuid.UUID, priority_id: uuid.UUID | None) -> Sequence[ActionLine]:
        return [_action(each) for each in doing.progress(plan_id, priority_id)]

    def measures(self, plan_id: uuid.UUID, priority_id: uuid.UUID | None, until: date) -> Sequence[MeasureLine]:
        return [_measure(each, until) for each in measuring.measure_stories(plan_id, priority_id)]

    def pledges(self, plan_id: uuid.UUID, priority_id: uuid.UUID | None) -> Sequence[PledgeLine]:
        """What organisations pledged; every pledge is for a priority."""
        return [_pledge(each) for each in partnering.partner_pledges(plan_id, priority_id)] if priority_id else []

    def answers(self, plan: PlanFacts, since: date, until: date) -> Sequence[AnswerLine]:
        """Answers that went out in these days, in the words that did, oldest first; not those of which the board says “that isn't what they said”."""
        return answers_between(plan.id, since, until)

    def waiting(self, plan: PlanFacts, until: date) -> Sequence[WaitingLine]:
        """What began to wait by this day and still does, as the page about it says."""
        found = answering.still_waiting(plan.id)
        some = [*found.themes, *found.activities, *found.follow_ups]
        return [WaitingLine(each.said, each.since, each.due_on, each.kind, each.late > 0) for each in some if each.since <= until]

    def releases(self, plan: PlanFacts, since: date, until: date) -> Sequence[ReleaseLine]:
        """The newest release of each activity that ran in the year, of those published since it began."""
        names = self._names(plan)
        found = [line for each in asking.activities(plan.id) if (line := _release_line(each, names, since, until))]
        return sorted(found, key=lambda each: (each.published_on, each.slug))

    def asks(self, plan: PlanFacts, since: date, until: date) -> Sequence[AskLine]:
        """What the board asked of leaders in these days, oldest first, of what it lets everyone read; and what came of it by now."""
        return [_ask(each) for each in reversed(reviewing.came_of_asks(since, until))]

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


def _pledge(each: partnering.PartnerPledgeFacts) -> PledgeLine:
    return PledgeLine(each.organisation, each.words, each.due_on, each.own_mark, each.own_why, each.late, each.board_mark)


def _ask(each: reviewing.AskFacts) -> AskLine:
    owner = f"{each.owner_role}, {each.organisation}"
    return AskLine(each.words, each.asked_on, owner, each.due_on, each.standing, each.answer, each.answered_on, each.standing == "late")


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
