"""The machine: folder, disk, keys, memory, type, port."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

from voice import keeping
from voice.config import settings
from voice.doctoring import rules
from voice.doctoring.findings import Finding, broken, look, ok
from voice.storage import keyring
from voice.storage.aside import closed_until, is_half_restored
from voice.web import paper


def folders() -> Iterator[Finding]:
    data = settings().data
    for name, path in {"data (VOICE_DATA)": data, "keys (VOICE_KEYS)": settings().keys}.items():
        if name.startswith("data") or path != data:
            found = path.stat()
            yield rules.folder(name, str(path), found.st_mode, ours=os.access(path, os.R_OK) and found.st_uid in (os.geteuid(), 0))
    if settings().demo_marker.exists() and not settings().local:
        yield broken(
            "a demo",
            "the data folder holds invented people",
            "Begin with an empty folder (VOICE_DATA): nobody’s real words belong beside the demo’s.",
        )
    yield ok("encryption of the disk", "cannot be seen from here: whoever runs the machine knows, and says so in the impact assessment")


def disks() -> Iterator[Finding]:
    for name, path in {"data": settings().data, "backups": settings().backups}.items():
        if path is not None and path.is_dir():
            used, entries = shutil.disk_usage(path), os.statvfs(path)
            yield rules.disk(name, used.free, used.total)
            if entries.f_files:
                yield rules.inodes(name, entries.f_ffree, entries.f_files)


def keys() -> Iterator[Finding]:
    files = [*settings().keys.glob("*.key*"), *settings().data.glob("*.key*"), *([settings().backup_key] if settings().backup_key.exists() else [])]
    yield rules.keys({str(file): file.stat().st_mode for file in files})
    backups = settings().backups
    if backups is not None and backups.is_dir():
        yield rules.strays([file.name for file in backups.rglob("*.key*")], str(backups))
    if settings().taken_back.parent == settings().data:
        do = "Set VOICE_TAKEN_BACK to a file on another disk: lost with the database, a restore brings back what a child took out."
        yield look("what was taken back is written down apart", "in the data folder, on the same disk", do)


def keys_of_the_database() -> Iterator[Finding]:
    yield rules.keys_of_the_database(keyring.differ())


def strength() -> Iterator[Finding]:
    yield rules.memory(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"), settings().processes)
    yield rules.processors(len(os.sched_getaffinity(0)), settings().processes)


def type_for_paper() -> Iterator[Finding]:
    if paper.can_print():
        yield ok("paper", "posters, slips and cards can be made")
    else:
        do = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-core fonts-dejavu-core"
        yield look("paper", "this machine cannot set type: no posters, slips or cards", do)


def port() -> Iterator[Finding]:
    """Whether the application itself answers on another address than this machine’s own."""
    about, others = f"port {settings().port}", _addresses()
    answering = [address for address in others if _answers(address, settings().port)]
    if answering and not settings().local:
        do = (
            f"Shut it to other machines (firewall, or IPAddressDeny in the unit): what passes by the "
            f"web server tells us any sender it likes. PORT={settings().port}"
        )
        yield look(about, f"open at {', '.join(answering)}, not only to the web server on this machine", do)
    else:
        yield ok(about, "this machine’s own" if _answers("127.0.0.1", settings().port) else "nobody answers there; Voice may run on another machine")


def shut() -> Iterator[Finding]:
    about = "the page “we are mending something”"
    until = closed_until(settings())
    if is_half_restored(settings()):
        yield broken(about, "shown, as a restore did not come to its end", "Run the same voice restore once more, to its end.")
    elif until is not None:
        yield look(about, f"shown until {until:%H:%M} UTC", "When the work is done: voice mending off")
    else:
        yield ok(about, "not shown")


def _addresses() -> list[str]:
    """Addresses of this machine that other machines can reach; nothing is sent."""
    found = set()
    for family, far in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as one:
                one.connect((far, 9))  # only chooses a way out: a datagram that is not sent
                found.add(one.getsockname()[0])
        except OSError:  # there is no such way
            continue
    return sorted(found - {"127.0.0.1", "::1"})


def _answers(address: str, at: int) -> bool:
    try:
        with socket.create_connection((address, at), timeout=1):
            return True
    except OSError:
        return False


def backups() -> Iterator[Finding]:
    folder = settings().backups
    if folder is None:
        do = "Set VOICE_BACKUPS to a folder on another disk: there the nightly backup goes, and from there the old ones do."
        yield look("the folder of backups (VOICE_BACKUPS)", "none is set", do)
    elif not folder.is_dir() or not os.access(folder, os.W_OK):
        yield broken(
            "the folder of backups (VOICE_BACKUPS)",
            f"{folder} is not there, or we may not write in it",
            "Is its disk there? Mount it, and give it to whoever runs Voice.",
        )
    else:
        from voice.keeping.copies import too_old  # of the files, not of the rows

        yield rules.too_old(len(too_old(folder)), settings().keep.backups_days)
        yield from _newest(folder)


def _newest(folder: Path) -> Iterator[Finding]:
    """Whether the newest backup opens with the key that is here: its first piece is read."""
    from voice.backups.boxing import Opening
    from voice.keeping.copies import ENDING, NotOpened

    files = sorted(folder.glob(f"*{ENDING}"), key=lambda each: each.stat().st_mtime)
    if not files or not settings().backup_key.exists():
        return
    try:
        with files[-1].open("rb") as opened:
            Opening(opened, settings().backup_key.read_bytes()).read(1)
        yield ok("the newest backup opens with our key", files[-1].name)
    except NotOpened as wrong:
        yield broken(
            "the newest backup opens with our key", str(wrong), "Find the key it was sealed with before you need it, and make a new backup now."
        )


def kept() -> Iterator[Finding]:
    """Of the rows: when backups and tests were, and what is past its day."""
    from voice.storage import now

    made = keeping.last_backups()
    yield rules.backup(made["backup"].at if "backup" in made else None, now())
    yield rules.restore_test(made["restore_test"].at if "restore_test" in made else None, now())
    yield rules.overdue(keeping.overdue())
    risen = keeping.risen()
    if risen:
        do = "A restore brought back what was taken back. Keep people out (voice mending on) and restore again with --tombstones."
        yield broken("what was taken back stays away", f"{risen} came back", do)
    else:
        yield ok("what was taken back stays away", "nothing came back")
