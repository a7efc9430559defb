"""When a figure is well, worth a look, or broken, and what to do then. Plain Python: figures in, findings out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final

from voice.doctoring.findings import Finding, broken, look, ok

GB: Final = 2**30
NEARLY, FILLS = 0.05, 0.15  # of a disk that is free
A_PROCESS: Final = 220 * 2**20  # bytes of memory a web process may take, with room for a picture
REST: Final = 600 * 2**20  # bytes for everything else on the machine
WAL: Final = 256 * 2**20  # bytes; SQLite folds its log back at a few megabytes
SHORT, VERY_SHORT = 21, 7  # days of a certificate
APART, FAR_APART = 5.0, 60.0  # seconds between two clocks
NIGHTLY: Final = timedelta(hours=26)
MONTHLY: Final = timedelta(days=35)
FOR_OTHERS: Final = 10  # connections to PostgreSQL beside ours: backups, people
SAFE: Final = {"fsync": "on", "full_page_writes": "on", "data_sync_retry": "off"}
WORDLESS: Final = {"log_statement": "none", "log_error_verbosity": "terse", "log_min_error_statement": "panic", "log_min_duration_statement": "-1"}
WAITS: Final = ("on", "remote_apply", "remote_write")
"""What `synchronous_commit` may be: each waits for the disk of the server itself before it says yes."""


def disk(name: str, free: int, total: int) -> Finding:
    about, share = f"room on the disk of {name}", free / total
    found = f"{free / GB:.1f} GB free, {share:.0%}"
    if share < NEARLY or free < GB / 4:
        return broken(
            about, found, "Make room or make the disk larger now: when it is full nothing young people send can be kept. Delete no file of Voice."
        )
    if share < FILLS:
        return look(about, found, "Look for what grows (du -xh / | sort -h | tail) and make room this week.")
    return ok(about, found)


def inodes(name: str, free: int, total: int) -> Finding:
    about, found = f"file entries on the disk of {name}", f"{free / total:.0%} free"
    if free / total < NEARLY:
        return broken(about, found, "The disk takes no new files soon though it has room: find the folder with very many small files and empty it.")
    return ok(about, found)


def folder(name: str, path: str, mode: int, *, ours: bool) -> Finding:
    about = f"the folder of {name}"
    if not ours:
        return broken(about, f"{path} belongs to somebody else", f"Give it to whoever runs Voice, and run this as them: chown -R voice: {path}")
    if mode & 0o077:
        return look(about, f"{path} can be read by others on this machine (mode {mode & 0o777:o})", f"Close it: chmod 700 {path}")
    return ok(about, f"{path}, ours alone")


def keys(modes: Mapping[str, int]) -> Finding:
    """`modes`: of each key file its mode."""
    about, open_ones = "keys", sorted(name for name, mode in modes.items() if mode & 0o077)
    if open_ones:
        names = " ".join(open_ones)
        return broken(about, f"others on this machine can read {names}", f"Close them (chmod 600 {names}), and think about who may have read them.")
    return ok(about, f"{len(modes)} of them, readable by us alone; that copies lie elsewhere is for you to know")


def keys_of_the_database(other: Collection[str]) -> Finding:
    about = "keys and database belong together"
    if other:
        do = "Stop Voice here and put the right keys back from where you keep them: what is kept meanwhile cannot be found again under the others."
        return broken(about, f"the database was made under another {', '.join(other)}", do)
    return ok(about, "the database knows these keys")


def strays(names: Collection[str], where: str) -> Finding:
    """Keys where backups are."""
    if names:
        do = "Move them to a place apart: who finds both can read every backup."
        return broken("keys apart from backups", f"{', '.join(sorted(names))} in {where}", do)
    return ok("keys apart from backups", f"no key in {where}")


def memory(total: int, processes: int) -> Finding:
    about, needed = "memory", processes * A_PROCESS + REST
    found = f"{total / GB:.1f} GB for {processes} web processes"
    if total < needed:
        fits = max(1, (total - REST) // A_PROCESS)
        return look(about, found, f"Give the machine {needed / GB:.1f} GB, or set VOICE_PROCESSES to {fits}.")
    return ok(about, found)


def processors(cores: int, processes: int) -> Finding:
    about, found = "processors", f"{cores} for {processes} web processes"
    if processes > 2 * cores + 1:
        return look(about, found, f"More processes than {2 * cores + 1} only wait for each other here: set VOICE_PROCESSES to {max(2, cores)}.")
    if processes < 2:
        return look(about, found, "With one process everybody waits while it starts again: set VOICE_PROCESSES to 2.")
    return ok(about, found)


def certificate(name: str, days: int) -> Finding:
    about, found = f"certificate of {name}", f"good for {days} more days"
    if days < VERY_SHORT:
        return broken(
            about, found, "Renew it today: after its last day phones refuse the page. See why it was not renewed by itself (certbot renew --dry-run)."
        )
    if days < SHORT:
        return look(about, found, "It should have been renewed by now: try certbot renew --dry-run and read what it says.")
    return ok(about, found)


def clocks(other: str, seconds: float) -> Finding:
    about, found = f"our clock and that of {other}", f"{abs(seconds):.0f} seconds apart"
    do = "Let the machines keep the time (systemctl enable --now systemd-timesyncd; timedatectl): alerts, closing days and sign-in hang on it."
    if abs(seconds) > FAR_APART:
        return broken(about, found, do)
    return look(about, found, do) if abs(seconds) > APART else ok(about, found)


def sqlite(pragmas: Mapping[str, object], wal: int) -> list[Finding]:
    """`pragmas`: of a new connection of ours; `wal`: bytes of the log."""
    about, wanted = "SQLite keeps what it said it keeps", {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    wrong = sorted(name for name, value in wanted.items() if pragmas.get(name) != value)
    if wrong:
        do = "Is the data folder on a network disk? SQLite needs a disk of this machine. Else put this version of Voice back as it was delivered."
        first = broken(about, f"not as it should be: {', '.join(wrong)}", do)
    else:
        first = ok(about, "log ahead of the file, each commit on the disk (WAL, synchronous=FULL)")
    size = f"{wal / 2**20:.0f} MB"
    if wal > WAL:
        do = (
            "Something reads without end and keeps the log from being folded back: restart "
            "Voice, and look for a program that holds voice.db open (lsof)."
        )
        return [first, look("size of SQLite’s log", size, do)]
    return [first, ok("size of SQLite’s log", size)]


def postgres(told: Mapping[str, str]) -> list[Finding]:
    """`told`: settings of the server by name."""
    about = "PostgreSQL keeps what it said it keeps"
    wrong = {name: value for name, value in SAFE.items() if told.get(name) != value}
    if told.get("synchronous_commit") not in WAITS:
        wrong["synchronous_commit"] = "on"
    if not wrong:
        return [ok(about, "fsync, full_page_writes and synchronous_commit are on, data_sync_retry is off")]
    lines = "; ".join(f"ALTER SYSTEM SET {name} = {value}" for name, value in sorted(wrong.items()))
    found = ", ".join(f"{name} is {told.get(name, 'not known')}" for name in sorted(wrong))
    return [broken(about, found, f"After a power cut answers we said we have would be gone. As postgres: {lines}; then restart PostgreSQL.")]


def postgres_log(told: Mapping[str, str]) -> Finding:
    """What the server writes down when a row is refused or a statement is slow: with the usual settings, the words in it."""
    about = "the log of PostgreSQL holds no words"
    wrong = {name: value for name, value in WORDLESS.items() if told.get(name) != value}
    if not wrong:
        return ok(about, "statements and values stay out of it")
    lines = "; ".join(f"ALTER SYSTEM SET {name} = {value}" for name, value in sorted(wrong.items()))
    do = f"A row that is refused stands in it with what a child wrote. As postgres: {lines}; SELECT pg_reload_conf(); then empty its old logs."
    return broken(about, ", ".join(f"{name} is {told.get(name, 'not known')}" for name in sorted(wrong)), do)


def connections(most: int, used: int, needed: int) -> Finding:
    about, found = "connections to PostgreSQL", f"{most} at most, {used} in use, Voice on this machine may take {needed}"
    if most - FOR_OTHERS < needed:
        do = f"Set max_connections to {needed + 2 * FOR_OTHERS} or more (for each machine that runs Voice as many again), or VOICE_THREADS lower."
        return broken(about, found, do)
    return ok(about, found)


def server_version(number: int) -> Finding:
    about, found = "version of PostgreSQL", f"{number // 10000}.{number % 10000}"
    if number < 130000:
        return look(about, found, "It gets no mending any more: move to a version that does (pg_upgrade).")
    return ok(about, found)


def backup(made: datetime | None, moment: datetime) -> Finding:
    about = "the last backup"
    if made is None:
        return broken(
            about,
            "there never was one",
            "Set VOICE_BACKUPS to a folder on another disk and switch the nightly one on: systemctl enable --now voice-backup.timer",
        )
    age = moment - made
    if age > NIGHTLY:
        return look(about, f"{_long(age)} old", "See why the nightly one did not run (systemctl status voice-backup), and make one now: voice backup")
    return ok(about, f"{_long(age)} old")


def restore_test(made: datetime | None, moment: datetime) -> Finding:
    about, do = (
        "the last test of a restore",
        "Run it: voice restore NEWEST --test. It works beside what runs and is gone afterwards. A backup nobody opened is a hope.",
    )
    if made is None:
        return look(about, "there never was one", do)
    return look(about, f"{_long(moment - made)} ago", do) if moment - made > MONTHLY else ok(about, f"{_long(moment - made)} ago")


def too_old(count: int, days: int) -> Finding:
    about = "backups past their day"
    if count:
        return broken(
            about, f"{count} older than {days} days", "Pages tell young people that copies go by then. Remove them: voice backup --prune FOLDER"
        )
    return ok(about, f"none older than {days} days")


def overdue(counts: Mapping[str, int]) -> Finding:
    about, left = "what is past its last day", {name for name, count in counts.items() if count}
    if left:
        return broken(
            about,
            f"still here: {', '.join(sorted(left))}",
            "See what (voice retention) and let it go (voice retention --do): pages tell young people when.",
        )
    return ok(about, f"nothing, by {len(counts)} rules")


def front(name: str, headers: Mapping[str, str]) -> list[Finding]:
    """`headers`: of a reply as a phone gets it, names in small letters."""
    found, server = [], headers.get("server", "")
    if "gunicorn" in server:
        found.append(look(f"what {name} says of itself", "the server behind it", "Let the web server leave it out: proxy_hide_header Server;"))
    elif any(letter.isdigit() for letter in server):
        found.append(look(f"what {name} says of itself", "its version", "Let the web server leave it out: server_tokens off;"))
    if "strict-transport-security" not in headers:
        do = "Let the web server pass our headers on as they are; a phone must never come over plain http again."
        found.append(look(f"{name} only over TLS", "phones are not told to (no Strict-Transport-Security)", do))
    return found or [ok(f"headers of {name}", "as we send them")]


def hops(told: int, expected: int, *, believed: bool) -> Finding:
    """`told`: entries in X-Forwarded-For as they came; `believed`: whether one that we forged would be taken for the sender."""
    about = "who the web server in front says came (VOICE_FRONT_SERVERS)"
    if believed or told < expected:
        do = (
            "In the web server: proxy_set_header X-Forwarded-For $remote_addr; and "
            "VOICE_FRONT_SERVERS = how many servers stand one behind the other. "
        )
        return broken(
            about,
            "what a stranger writes there is believed, or nothing is written",
            do + "Until then a machine that floods cannot be told from a class.",
        )
    return ok(about, "the sender, whatever a stranger writes")


def _long(age: timedelta) -> str:
    hours = int(age.total_seconds() // 3600)
    return f"{hours} hours" if hours < 48 else f"{hours // 24} days"
