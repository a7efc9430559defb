"""What is done once an act is committed: what no rollback brings back, such as a file that goes.

Were it done before, a process killed in between would leave rows without what they name. Killed afterwards and before it is done, it is never
done: whoever asks for it has something that looks for what was left (`keeping.tidying`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlalchemy import event
from sqlalchemy.orm import Session

from voice.extensions import db

_KEY: Final = "voice.afterwards"


def once_committed(work: Callable[[], None]) -> None:
    """Run this when this request’s transaction is committed, outside of it: it can read nothing. It must not raise. Where anything is rolled
    back, a savepoint too, it is not run."""
    db.session().info.setdefault(_KEY, []).append(work)


@event.listens_for(db.session, "after_commit")
def _committed(session: Session) -> None:
    if not session.in_nested_transaction():
        for work in session.info.pop(_KEY, ()):
            work()


@event.listens_for(db.session, "after_soft_rollback")
def _rolled_back(session: Session, _before: object) -> None:
    session.info.pop(_KEY, None)
