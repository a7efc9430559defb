"""Putting the readings of a file in: good lines are kept, bad ones named, and what is there already is not added again."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from voice import plans
from voice.delivering.measuring.actions import Given, NotTaken, Taken, enter, say_unit
from voice.delivering.measuring.files import Found, Line, read_readings
from voice.delivering.measuring.queries import all_measure_stories, numbers_of
from voice.plans import MeasureFacts
from voice.tables import Bad


@dataclass
class Imported:
    """What became of a file’s lines. `inside`: kept, but about so few that everyone does not see them."""

    new: int = 0
    corrected: int = 0
    same: int = 0
    inside: int = 0
    empty: int = 0
    bad: list[Bad] = field(default_factory=list)


def measures_by_name(plan_id: uuid.UUID) -> dict[str, MeasureFacts]:
    """The measures of a plan, by each name that a file may call them: key, words, and code where no other measure has it too."""
    some = [each.facts for each in all_measure_stories(plan_id, inside=True)]
    codes = [each.code for each in some]
    own = {each.code: each for each in some if each.code and codes.count(each.code) == 1}
    return own | {each.words: each for each in some} | {each.key: each for each in some}


def import_readings(plan_id: uuid.UUID, data: bytes, by: uuid.UUID | None) -> Imported:
    """Keep what a CSV file holds. Flushes; whoever calls commits.

    Raises:
        Unusable: nothing of the file can be read.
    """
    known = measures_by_name(plan_id)
    found = read_readings(data, {name: each.key for name, each in known.items()}, {each.code: each.name for each in plans.places(plan_id)})
    return _put_in(found, known, by)


def _put_in(found: Found, known: dict[str, MeasureFacts], by: uuid.UUID | None) -> Imported:
    done = Imported(empty=found.empty, bad=list(found.bad))
    for line in found.lines:
        try:
            taken = _one(line, known[line.measure], by)
        except NotTaken as wrong:
            done.bad.append(Bad(line.number, wrong.args[0], ""))
            continue
        if taken.became == "new":
            done.new += 1
        elif taken.became == "corrected":
            done.corrected += 1
        else:
            done.same += 1
        done.inside += taken.few is not None and taken.became != "same"
    done.bad.sort()
    return done


def _one(line: Line, measure: MeasureFacts, by: uuid.UUID | None) -> Taken:
    """A sign beside the figure must be of the measure’s kind; where nobody has said what kind it is, the sign says so."""
    unit = numbers_of([measure])[measure.id].unit
    if unit is None and line.unit is not None:
        say_unit(measure, line.unit, None, by)
    elif line.unit is not None and line.unit != unit:
        raise NotTaken("sign")
    given = Given(line.when, line.value, line.place, line.out_of, line.source, line.story)
    return enter(measure, given, by, source="imported")
