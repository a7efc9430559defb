"""The broker that tells workers what is due: Redis, spoken to by Celery (`VOICE_BROKER_URL`).

A message is the name of a job and nothing else. What is due is read from rows, so a broker that loses everything loses nothing. Nothing of it is
imported where no broker is set, and no page ever speaks to it: whether a child is answered must not hang on it, nor how long that takes.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from voice.config import settings

if TYPE_CHECKING:
    from celery import Celery

TASK: Final = "voice.look"
QUEUE: Final = "voice"
CONNECT, ANSWER = 2.0, 5.0  # seconds the broker has
STALE: Final = timedelta(seconds=60)
"""A message nobody took within this is thrown away: whoever leads the schedule has sent another."""


class Away(Exception):
    """The broker does not answer; `str()` is the kind of the failure."""


def celery_app(url: str, longest: timedelta, look: Callable[[str], None]) -> Celery:
    """Celery, set to carry names of jobs. `look` runs the job of a name; `longest`: the longest lease, after which a message that a worker took
    and did not end is given to another."""
    from celery import Celery  # lazy: only workers need it, and it takes half a second to load

    made = Celery("voice", broker=url, set_as_current=False)
    made.conf.update(
        task_default_queue=QUEUE,
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_ignore_result=True,
        task_store_errors_even_if_ignored=False,
        task_serializer="json",
        accept_content=["json"],
        worker_prefetch_multiplier=1,
        worker_enable_remote_control=False,  # whoever reaches the broker must not steer workers
        worker_send_task_events=False,
        worker_hijack_root_logger=False,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={
            "visibility_timeout": longest.total_seconds() + 60,
            "socket_connect_timeout": CONNECT,
            "socket_timeout": ANSWER,
            "socket_keepalive": True,
        },
    )
    made.task(name=TASK, ignore_result=True, acks_late=True)(look)
    return made


def call(app: Celery, job: str) -> None:
    """Tell some worker to look whether this job is due.

    Raises:
        Away: the broker does not answer.
    """
    from kombu.exceptions import OperationalError

    try:
        app.send_task(TASK, (job,), queue=QUEUE, expires=STALE.total_seconds(), retry=False)
    except (OperationalError, OSError) as wrong:
        raise Away(type(wrong).__name__) from None


def failure() -> str | None:
    """What is wrong with the broker, by its kind; None: it answers, or there is none."""
    url = settings().broker_url
    if url is None:
        return None
    from redis import Redis, RedisError  # lazy: most installations have none

    options: dict[str, Any] = {"socket_connect_timeout": CONNECT, "socket_timeout": ANSWER}
    try:
        with Redis.from_url(url, **options) as one:
            one.ping()
    except (RedisError, OSError) as wrong:
        return type(wrong).__name__
    return None
