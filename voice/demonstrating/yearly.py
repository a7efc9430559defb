"""The invented county looks back: last year's review is frozen, with the board's foreword; this year's is a draft."""

from __future__ import annotations

from typing import Final

from voice import plans, storage
from voice.delivering.yearly import actions
from voice.demonstrating.voices import County

FOREWORD: Final = """We read what you wrote. All of it had been read by someone first, so that nobody could be known.

You told the county about dark bus stops, long waits and places that cost too much.

Some of it changed. Nobody in care has to miss a school trip now.

Some of it did not, and we said so. A “can’t” is better than silence, but we will ask again in the spring.

Keep telling us. We are your age, and we are in the room."""
INTRODUCTION: Final = """This is what we did with your words in a year, and what we did not do.

Some things took longer than we said. They are in here too, with the reason. The youth board read all of it before you did."""
LINKING: Final = {
    "answers": "Each answer stands beside what was said. The youth board judged every one it wanted to.",
    "not_done": "We would rather have done these. Where we know why we have not, we say it.",
    "numbers": "We asked in many ways: in schools, on paper and on the phone.",
}
WAITS: Final = "This year we asked for answers that come faster. Most did. Two we still wait for."


def review_years(county: County) -> None:
    """Last year's for all to read, and a draft of this year's that waits for a second yes to its foreword."""
    plan = plans.current_plan()
    if plan is None:
        raise LookupError("The demo has no plan.")
    officer, year = county.member("officer"), storage.today().year
    last = actions.begin(plan.id, year - 1, officer)
    actions.write(last, "introduction", INTRODUCTION, officer, said_by="Director of children’s services")
    for part, words in LINKING.items():
        actions.write(last, part, words, officer)
    written = actions.write_foreword(plan.id, year - 1, FOREWORD, county.member("board"))
    actions.approve_foreword(written, county.member("board2"))
    actions.freeze(plan, year - 1, plan.place, officer)
    actions.begin(plan.id, year, officer)
    actions.write_foreword(plan.id, year, WAITS, county.member("board2"))
