"""The settings of one installation: read from the environment once, checked, then frozen. See docs/settings.md."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from flask import current_app

from voice.checked import WrongSetting as WrongSetting  # part of this door
from voice.checked import between, logs, staff_url, token, url

KNOWN_LANGUAGES = ("en", "cy", "pl", "ro", "uk", "ur", "easy", "qps")
OFFERED = "en,cy,pl,ro,uk,ur,easy"  # each as soon as its catalogue is there


DAYS, MONTHS = (f" of {unit} (docs/retention.md says why)" for unit in ("days", "months"))


OIDC = ("VOICE_OIDC_ISSUER", "VOICE_OIDC_CLIENT_ID", "VOICE_OIDC_CLIENT_SECRET", "VOICE_OIDC_NAME")
BOARD_FIRST = "the board has an answer for seven, and nobody waits longer than four weeks"


@dataclass(frozen=True, kw_only=True)
class Directory:
    """The council's own directory (OpenID Connect), with which its people sign in."""

    issuer: str
    client_id: str
    client_secret: str
    name: str  # as the button calls it


@dataclass(frozen=True, kw_only=True)
class Keep:
    """How long things stay; what may be chosen, and why, is in docs/retention.md."""

    link_months: int  # a receipt works so long after the first answer to what was said,
    link_at_most_months: int  # and at most so long after it was sent
    answers_months: int  # what was said, after it was answered, or after its receipt ended where nobody answered
    pledges_months: int
    contact_days: int  # how to reach a child, after the last contact
    concern_words_days: int  # words that made us worry and were taken back, after the concern was closed
    concern_months: int  # what is left of a concern: dates and outcome
    reads_months: int  # the record of what safeguarding leads read
    record_months: int  # the rest of the record
    drafts_months: int  # answers nobody published
    board_months: int  # what the board noted in a meeting, and who was there
    letters_days: int  # letters in the outbox
    news_days: int  # where to write to when there is news, after the last letter
    codes_days: int  # codes of a group, after they ended
    backups_days: int
    tombstones_months: int  # that something was taken back


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything the installation can be told. One field, one environment variable (docs/settings.md)."""

    data: Path
    keys: Path  # the folder of the keys; every node has the same ones
    database_url: str
    broker_url: str | None  # where workers hear of what is due; None: each web process does the work itself
    port: int
    public_url: str
    staff_url: str | None  # another name, under which those who work here sign in; None: the same
    logs: str  # text, or json: one object a line, with a line for each request
    metrics_token: str | None  # who brings it may read /metrics; None: nobody may
    place: str
    languages: tuple[str, ...]
    leave_url: str
    smtp_url: str | None
    mail_from: str
    processes: int
    threads: int
    front_servers: int  # web servers between people and us, each of which says who asked it
    session_key: bytes
    receipt_key: bytes
    identity_key: bytes
    contact_key: bytes
    news_key: bytes
    phone_keys: tuple[bytes, ...]  # the one to seal to, then those before it, which still open what waits on a phone
    directory: Directory | None
    action_months: int  # how often word of how an action goes is due
    terms: tuple[tuple[int, int], ...]  # the month and day each term begins
    keep: Keep
    first_answer_days: int  # an activity is first answered so many days after it closes, at the latest
    follow_up_months: int  # and what came of the answer is said so many months after it, at the latest
    front_logs: int | None  # days the server in front keeps addresses of machines; 0: it keeps none; None: nobody has said
    backup_key: Path  # opens backups; made at the first one
    backups: Path | None  # the folder of backups: `voice backup` puts them there, and the worker lets the old ones go
    files_url: str | None  # where pictures are kept; None: in the data folder
    scanner: str | None  # ClamAV’s socket; None: no scanner
    measure_months: int  # a measure is counted again within so many months, unless it says otherwise
    taken_back: Path  # what was taken back, apart from the database, for whoever restores an older one
    testing: bool = False

    @property
    def local(self) -> bool:
        """Whether people reach it over plain http on this machine, where a `__Host-` cookie cannot be set."""
        return urlsplit(self.public_url).scheme == "http"

    @property
    def desk_url(self) -> str:
        """Where those who work here come in; letters to them lead there."""
        return self.staff_url or self.public_url

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def demo_marker(self) -> Path:
        """The file that marks a data folder as a demo; it holds how to sign in."""
        return self.data / "demo.json"


def read_settings(environment: Mapping[str, str] | None = None, *, testing: bool = False) -> Settings:
    """Read and check every setting.

    Raises:
        WrongSetting: with a sentence that says which variable is wrong and what to do.
    """
    env = os.environ if environment is None else environment
    port = _port(env.get("PORT", "8000"))
    data = _folder(env.get("VOICE_DATA", "data"))
    keys, database_url = _keys_folder(env.get("VOICE_KEYS"), data), _database(env.get("VOICE_DATABASE_URL"), data)
    public_url = url(env.get("VOICE_URL", f"http://localhost:{port}"), "VOICE_URL")
    return Settings(
        data=data,
        keys=keys,
        database_url=database_url,
        broker_url=_broker(env.get("VOICE_BROKER_URL"), database_url),
        port=port,
        public_url=public_url,
        staff_url=staff_url(env.get("VOICE_STAFF_URL"), public_url),
        logs=logs(env.get("VOICE_LOGS", "text")),
        metrics_token=token(env.get("VOICE_METRICS_TOKEN")),
        place=env.get("VOICE_PLACE", "Herefordshire").strip() or "Herefordshire",
        languages=_languages(env.get("VOICE_LANGUAGES", f"{OFFERED},qps" if testing else OFFERED)),
        leave_url=url(env.get("VOICE_LEAVE_URL", "https://www.bbc.co.uk/weather"), "VOICE_LEAVE_URL"),
        smtp_url=_smtp(env.get("VOICE_SMTP_URL")),
        mail_from=env.get("VOICE_MAIL_FROM", "voice@localhost"),
        processes=between(env.get("VOICE_PROCESSES", "2"), "VOICE_PROCESSES", 1, 32),
        threads=between(env.get("VOICE_THREADS", "8"), "VOICE_THREADS", 1, 64),
        front_servers=between(env.get("VOICE_FRONT_SERVERS", "0" if public_url.startswith("http:") else "1"), "VOICE_FRONT_SERVERS", 0, 5),
        session_key=key_file(keys / "session.key"),
        receipt_key=key_file(keys / "receipt.key"),
        identity_key=key_file(keys / "identity.key"),
        contact_key=key_file(keys / "contact.key"),
        news_key=key_file(keys / "news.key"),
        phone_keys=_keys(keys, "phone.key"),
        directory=_directory(*map(env.get, OIDC)),
        action_months=between(env.get("VOICE_ACTION_MONTHS", "6"), "VOICE_ACTION_MONTHS", 1, 24, " of months"),
        terms=_terms(env.get("VOICE_TERMS", "09-01,01-05,04-20")),
        keep=_keep(env),
        first_answer_days=between(env.get("VOICE_FIRST_ANSWER_DAYS", "28"), "VOICE_FIRST_ANSWER_DAYS", 8, 28, f" of days: {BOARD_FIRST}"),
        follow_up_months=between(env.get("VOICE_FOLLOW_UP_MONTHS", "6"), "VOICE_FOLLOW_UP_MONTHS", 1, 6, " of months"),
        front_logs=_front_logs(env.get("VOICE_FRONT_LOGS")),
        backup_key=Path(env.get("VOICE_BACKUP_KEY", data / "backup.key")).expanduser(),
        backups=Path(env["VOICE_BACKUPS"]).expanduser() if env.get("VOICE_BACKUPS") else None,
        files_url=_files(env.get("VOICE_FILES_URL")),
        scanner=_scanner(env.get("VOICE_SCANNER")),
        measure_months=between(env.get("VOICE_MEASURE_MONTHS", "3"), "VOICE_MEASURE_MONTHS", 1, 60, " of months"),
        taken_back=Path(env.get("VOICE_TAKEN_BACK", data / "taken-back.log")).expanduser(),
        testing=testing,
    )


def settings() -> Settings:
    """The settings of the running application."""
    found: Settings = current_app.extensions["voice.settings"]
    return found


def _keep(env: Mapping[str, str]) -> Keep:
    """Nobody may keep what children said longer than they were told they could, nor the record shorter than it can be asked for."""
    return Keep(
        link_months=between(env.get("VOICE_KEEP_LINK_MONTHS", "6"), "VOICE_KEEP_LINK_MONTHS", 1, 12, MONTHS),
        link_at_most_months=between(env.get("VOICE_KEEP_LINK_AT_MOST_MONTHS", "12"), "VOICE_KEEP_LINK_AT_MOST_MONTHS", 2, 12, MONTHS),
        answers_months=between(env.get("VOICE_KEEP_ANSWERS_MONTHS", "24"), "VOICE_KEEP_ANSWERS_MONTHS", 1, 24, MONTHS),
        pledges_months=between(env.get("VOICE_KEEP_PLEDGES_MONTHS", "12"), "VOICE_KEEP_PLEDGES_MONTHS", 1, 12, MONTHS),
        contact_days=between(env.get("VOICE_KEEP_CONTACT_DAYS", "30"), "VOICE_KEEP_CONTACT_DAYS", 1, 30, DAYS),
        concern_words_days=between(env.get("VOICE_KEEP_CONCERN_WORDS_DAYS", "30"), "VOICE_KEEP_CONCERN_WORDS_DAYS", 1, 90, DAYS),
        concern_months=between(env.get("VOICE_KEEP_CONCERN_MONTHS", "72"), "VOICE_KEEP_CONCERN_MONTHS", 12, 900, MONTHS),
        reads_months=between(env.get("VOICE_KEEP_READS_MONTHS", "72"), "VOICE_KEEP_READS_MONTHS", 72, 900, MONTHS),
        record_months=between(env.get("VOICE_KEEP_RECORD_MONTHS", "24"), "VOICE_KEEP_RECORD_MONTHS", 12, 72, MONTHS),
        drafts_months=between(env.get("VOICE_KEEP_DRAFTS_MONTHS", "12"), "VOICE_KEEP_DRAFTS_MONTHS", 1, 24, MONTHS),
        board_months=between(env.get("VOICE_KEEP_BOARD_MONTHS", "24"), "VOICE_KEEP_BOARD_MONTHS", 1, 36, MONTHS),
        letters_days=between(env.get("VOICE_KEEP_LETTERS_DAYS", "7"), "VOICE_KEEP_LETTERS_DAYS", 1, 30, DAYS),
        news_days=between(env.get("VOICE_KEEP_NEWS_DAYS", "30"), "VOICE_KEEP_NEWS_DAYS", 1, 30, DAYS),
        codes_days=between(env.get("VOICE_KEEP_CODES_DAYS", "30"), "VOICE_KEEP_CODES_DAYS", 1, 90, DAYS),
        backups_days=between(env.get("VOICE_KEEP_BACKUPS_DAYS", "35"), "VOICE_KEEP_BACKUPS_DAYS", 1, 35, DAYS),
        tombstones_months=between(env.get("VOICE_KEEP_TOMBSTONES_MONTHS", "72"), "VOICE_KEEP_TOMBSTONES_MONTHS", 12, 120, MONTHS),
    )


def _port(text: str) -> int:
    return between(text, "PORT", 1, 65535)


def _folder(text: str) -> Path:
    folder = Path(text).expanduser().resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise WrongSetting(f"VOICE_DATA is “{text}”, and that folder cannot be made ({error.strerror}). Name a folder we may write in.") from None
    if not os.access(folder, os.W_OK):
        raise WrongSetting(f"VOICE_DATA is “{text}”, and we may not write in that folder. Name one we may write in.")
    return folder


def _database(text: str | None, data: Path) -> str:
    if not text:
        return f"sqlite:///{data / 'voice.db'}"
    scheme, _, rest = text.partition("://")
    if scheme in ("postgres", "postgresql", "postgresql+psycopg") and rest:
        return f"postgresql+psycopg://{rest}"
    if scheme == "sqlite" and rest.startswith("/"):
        return text
    raise WrongSetting("VOICE_DATABASE_URL must begin with postgresql:// or sqlite:/// and name a database.")


def _languages(text: str) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    unknown = [code for code in codes if code not in KNOWN_LANGUAGES]
    if unknown or "en" not in codes:
        raise WrongSetting(f"VOICE_LANGUAGES is “{text}”. Name en and any of: {', '.join(KNOWN_LANGUAGES[1:])}, with commas between.")
    return codes


def _directory(issuer: str | None, client_id: str | None, client_secret: str | None, name: str | None) -> Directory | None:
    if not issuer and not client_id and not client_secret:
        return None
    if not (issuer and client_id and client_secret):
        raise WrongSetting("VOICE_OIDC_ISSUER, VOICE_OIDC_CLIENT_ID and VOICE_OIDC_CLIENT_SECRET belong together: set all three, or none.")
    parts = urlsplit(issuer)
    is_here = parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1")
    if not parts.netloc or parts.query or parts.fragment or not (parts.scheme == "https" or is_here):
        raise WrongSetting(
            f"VOICE_OIDC_ISSUER is “{issuer}”. Set it to the directory’s address, beginning with https://, exactly as the directory says it."
        )
    return Directory(issuer=issuer, client_id=client_id, client_secret=client_secret, name=(name or "").strip() or parts.netloc)


def _terms(text: str) -> tuple[tuple[int, int], ...]:
    try:
        days = [date.fromisoformat(f"2001-{part.strip()}") for part in text.split(",")]  # 2001 has no 29 February, as most years
    except ValueError:
        raise WrongSetting(f"VOICE_TERMS is “{text}”. Name the month and day each term begins, such as 09-01,01-05,04-20.") from None
    return tuple((day.month, day.day) for day in sorted(set(days)))


def _front_logs(text: str | None) -> int | None:
    if not text or not text.strip():
        return None
    if text.strip().lower() == "none":
        return 0
    return between(text.strip(), "VOICE_FRONT_LOGS", 1, 30, " of days, or to none")


def _smtp(text: str | None) -> str | None:
    if text and urlsplit(text).scheme not in ("smtp", "smtps"):
        raise WrongSetting("VOICE_SMTP_URL must look like smtp://user:password@host:587 or smtps://host.")
    return text or None


def _files(text: str | None) -> str | None:
    """`s3://id:secret@host/bucket/folder?region=…`; with http only on this machine, as pictures and the secret would go over the net in clear."""
    if not text:
        return None
    parts = urlsplit(text)
    is_here = parts.hostname in ("localhost", "127.0.0.1")
    if parts.scheme not in ("s3", "s3+http") or not (parts.hostname and parts.username and parts.password and parts.path.strip("/")):
        raise WrongSetting("VOICE_FILES_URL must look like s3://id:secret@host/bucket or s3://id:secret@host/bucket/folder?region=eu-west-2.")
    if parts.scheme == "s3+http" and not is_here:
        raise WrongSetting("VOICE_FILES_URL may say s3+http:// for this machine only. Use s3:// for every other.")
    return text


def _scanner(text: str | None) -> str | None:
    if not text:
        return None
    parts = urlsplit(text)
    if (parts.scheme == "tcp" and parts.hostname and _has_port(text)) or (parts.scheme == "unix" and parts.path.startswith("/")):
        return text
    raise WrongSetting("VOICE_SCANNER must look like unix:///run/clamav/clamd.ctl or tcp://127.0.0.1:3310.")


def _has_port(text: str) -> bool:
    try:
        return bool(urlsplit(text).port)
    except ValueError:
        return False


def _keys_folder(text: str | None, data: Path) -> Path:
    """Keys live beside the database, never in it, and are left out of its backups (docs/running.md). A folder of their own may be read-only."""
    if not text:
        return data
    folder = Path(text).expanduser().resolve()
    if not folder.is_dir() or not os.access(folder, os.R_OK | os.X_OK):
        raise WrongSetting(f"VOICE_KEYS is “{text}”, and there is no such folder that we may read. Make it, and put the installation’s keys there.")
    return folder


def _broker(text: str | None, database_url: str) -> str | None:
    """Without a database that many machines share there is nothing a broker could spread."""
    if not text:
        return None
    parts = urlsplit(text)
    if parts.scheme not in ("redis", "rediss") or not parts.hostname or not re.fullmatch(r"/?\d*", parts.path):
        raise WrongSetting("VOICE_BROKER_URL must look like redis://:password@host:6379/0, or rediss://… over TLS.")
    if database_url.startswith("sqlite"):
        raise WrongSetting("VOICE_BROKER_URL is for more than one machine, and SQLite is for one. Set VOICE_DATABASE_URL to PostgreSQL too.")
    return text


def key_file(file: Path) -> bytes:
    """The key in this file, made where there is none: on the disk before anybody uses it, and never there in part.

    Raises:
        WrongSetting: it is damaged, or it is not there and we may not make it.
    """
    if not file.exists():
        try:
            _make_key(file)
        except OSError as error:  # a folder of keys that we may only read
            raise WrongSetting(f"The key file {file.name} is not there and cannot be made ({error.strerror}). Put it there.") from None
    key = file.read_bytes()
    if len(key) < 32:
        raise WrongSetting(f"The key file {file.name} is damaged. Put it back from where you keep your keys.")
    return key


def _make_key(file: Path) -> None:
    """Receipts open by it alone: without the syncs, a power cut in the first half minute could leave an empty file and a thousand receipts
    that open nothing. Whoever comes second finds the first one’s key."""
    unfinished = file.with_name(f"{file.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as new:
            new.write(secrets.token_bytes(32))
            new.flush()
            os.fsync(new.fileno())
        _name(unfinished, file)
    finally:
        unfinished.unlink(missing_ok=True)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _name(unfinished: Path, file: Path) -> None:
    with contextlib.suppress(FileExistsError):
        try:
            os.link(unfinished, file)
        except PermissionError:  # a stick knows no second names; nobody else makes a key there just now
            unfinished.replace(file)


def _keys(folder: Path, name: str) -> tuple[bytes, ...]:
    """A key that is changed now and then: whoever renames `phone.key` to `phone.key.2026-11` gets a new one at the next start,
    and the old one is still read until that file is deleted."""
    before = sorted((file.name for file in folder.glob(f"{name}.*") if file.suffix != ".part"), reverse=True)
    return tuple(key_file(folder / each) for each in (name, *before))
