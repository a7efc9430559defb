"""Other machines we speak to: the store of files, the mail server, the directory, the scanner, the broker. Nothing of anybody is sent to them."""

from __future__ import annotations

from collections.abc import Iterator

from voice import broker, post
from voice.config import settings
from voice.doctoring.findings import Finding, broken, look, ok
from voice.identity import directory
from voice.keeping.scanning import NoAnswer, scan
from voice.storage.files import NoSuchFile, StoreAway, files, new_name

PROBE = b"voice doctor was here"


def store() -> Iterator[Finding]:
    """A file of ours is put there, read, and taken away again."""
    about, name = "the store of pictures", f"{new_name()}.probe"
    where = "the data folder" if settings().files_url is None else "VOICE_FILES_URL"
    try:
        files().put(name, PROBE)
        same = files().get(name) == PROBE
        files().delete(name)
        try:
            files().get(name)
            gone = False
        except NoSuchFile:
            gone = True
    except (StoreAway, NoSuchFile) as wrong:
        do = f"See whether {where} is there, has room, and lets us write and read: pictures cannot be sent meanwhile."
        yield broken(about, f"it does not do its work ({wrong})", do)
        return
    if same and gone:
        yield ok(about, f"put, read and taken away in {where}")
    else:
        do = "Switch off versions and object lock on the bucket, and any cache before it: what a child takes back must be gone."
        yield broken(about, "what is taken away is still there, or comes back changed", do)


def mail() -> Iterator[Finding]:
    about = "the mail server"
    try:
        post.try_server()
    except post.NotSent as wrong:
        do = (
            "Ask for its name, port and password again (VOICE_SMTP_URL), and whether the unit "
            "lets us out to it (IPAddressAllow): no alert reaches a lead."
        )
        yield broken(about, f"it does not let us in ({wrong})", do)
        return
    if settings().smtp_url is None:
        do = "Set VOICE_SMTP_URL: letters and alerts to safeguarding leads lie as files in the outbox, and nobody gets one."
        yield (look if settings().local else broken)(about, "none is set", do)
    else:
        yield ok(about, "it lets us in; that letters arrive shows in a practice alert, and SPF and DKIM are for its owner")


def sign_in() -> Iterator[Finding]:
    if settings().directory is None:
        return
    about = "the council’s own directory (VOICE_OIDC_ISSUER)"
    try:
        directory.begin()
        yield ok(about, "it answers, and describes itself as it should")
    except directory.Away as wrong:
        do = (
            "See whether its address is exactly as it says it, and whether the unit lets us "
            "out to it; people can sign in with a passphrase meanwhile."
        )
        yield broken(about, f"it does not answer ({wrong})", do)


def scanner() -> Iterator[Finding]:
    where, about = settings().scanner, "the virus scanner"
    if where is None:
        do = "Where you take pictures, set one up (apt-get install clamav-daemon) and name it in VOICE_SCANNER."
        yield look(about, "none is set: pictures are rebuilt from their pixels, and not scanned", do)
        return
    try:
        clean = scan(PROBE, where)
        yield ok(about, "it answers") if clean else broken(about, "it finds something in plain words", "Look at its own log: no picture is opened.")
    except NoAnswer as wrong:
        do = "Start it again (systemctl restart clamav-daemon), and see VOICE_SCANNER: until it answers nobody opens a picture."
        yield broken(about, f"it does not answer ({wrong})", do)


def teller() -> Iterator[Finding]:
    if settings().broker_url is None:
        return
    failure, about = broker.failure(), "the broker (VOICE_BROKER_URL)"
    if failure:
        yield look(about, f"it does not answer ({failure})", "Start Redis again; the work is done all the same, some seconds later.")
    else:
        yield ok(about, "it answers")
