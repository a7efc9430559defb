"""The work in the background, the watch over it, and whether young people may write."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from flask import current_app
from sqlalchemy import select

from voice import safeguarding
from voice.config import settings
from voice.doctoring.findings import Finding, broken, look, ok
from voice.storage import Lease, now, session
from voice.workers import jobs_of

DO = {
    "worker": "Is Voice running? systemctl status voice (with a broker also voice-worker). Nothing in the background is done: no alert, no letter.",
    "jobs": "See below which one fails, and look for its error in the log.",
    "alerts": "Tell the safeguarding leads to look at /safeguarding by hand now, and mend the mail server.",
    "post": "Mend the way to the mail server (VOICE_SMTP_URL); meanwhile leads look at /safeguarding by hand.",
    "screen": "Tell the leads: nothing is found by the screen, and everything is to be read first. Put this version back as it was delivered.",
    "scanner": "Start the virus scanner again; pictures wait until it answers.",
    "broker": "Start Redis again; the work is done all the same, some seconds later.",
    "clock": "Let the machine keep the time: systemctl enable --now systemd-timesyncd",
}
CONDITIONS = {
    "people": "two named safeguarding leads or deputies",
    "factor": "two of them with a second factor",
    "training": "their training in date",
    "drill": "a practice alert passed within a week",
    "hours": "the hours in which somebody reads",
    "night": "the number to call at other times",
}
LATE = timedelta(minutes=10)


def watch() -> Iterator[Finding]:
    """What safeguarding’s own watch says (bar R12)."""
    stopped = safeguarding.stopped()
    for part in stopped:
        yield broken(f"the watch: {safeguarding.WATCHED[part]}", "stopped", DO[part])
    if not stopped:
        yield ok("the watch over what alerts depend on", "nothing has stopped")
    unsent = safeguarding.unsent_since()
    if unsent is not None and now() - unsent > LATE:
        minutes = int((now() - unsent).total_seconds() // 60)
        yield broken(
            "alerts to safeguarding leads",
            f"one waits for {minutes} minutes",
            "Ring the lead on duty: something waits at /safeguarding. Then mend the mail server.",
        )
    else:
        yield ok("alerts to safeguarding leads", "none waits")


def jobs() -> Iterator[Finding]:
    leases = {each.job: each for each in session().scalars(select(Lease))}
    known, wrong = jobs_of(current_app).all(), 0
    for job in known:
        lease = leases.get(job.name)
        if lease is not None and lease.last_error:
            wrong += 1
            do = "Look for its line of the level error in the log (journalctl -u voice): it has the kind and the place. It is tried again by itself."
            yield look(f"work in the background: {job.name}", f"ended with {lease.last_error} the last time", do)
        elif lease is not None and lease.last_done and now() - lease.last_done > 3 * job.every + LATE:
            wrong += 1
            hours = (now() - lease.last_done).total_seconds() / 3600
            yield look(f"work in the background: {job.name}", f"last done {hours:.0f} hours ago", "Restart Voice, and look into the log for why.")
    if not wrong:
        yield ok("work in the background", f"{len(known)} kinds, none of them failing")


def opening() -> Iterator[Finding]:
    about, where = "young people may write", f"{settings().desk_url}/safeguarding/ready"
    ready = safeguarding.ready_now()
    missing = [CONDITIONS[each.code] for each in ready.at("late", "closed")]
    soon = [f"{CONDITIONS[each.code]} (until {each.good_until})" for each in ready.at("soon")]
    if not ready.is_open:
        yield broken(
            about,
            f"no: there is not {', nor '.join(missing)}",
            f"A safeguarding lead opens {where} and puts it right; pages say meanwhile where help is.",
        )
    elif missing:
        yield look(about, f"until {ready.closes_after}: lapsed is {', '.join(missing)}", f"A safeguarding lead opens {where} before the pages close.")
    elif soon:
        yield look(about, f"yes, but soon lapses {', '.join(soon)}", f"A safeguarding lead opens {where} and renews it.")
    else:
        yield ok(about, "yes")
