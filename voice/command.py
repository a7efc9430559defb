"""The command `voice`. Each group of commands belongs to a room and is loaded only when it is called."""

from __future__ import annotations

import sqlite3
import sys
from importlib import import_module

import click
from flask import Flask
from sqlalchemy.exc import OperationalError, ProgrammingError

from voice.config import WrongSetting

# What is typed -> the module and the name of the Click command in it.
DISK = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
COMMANDS = {
    "serve": "voice.serving:serve",
    "migrate": "voice.serving:migrate",
    "worker": "voice.working:worker",
    "keys": "voice.storage.commands:keys",
    "demo": "voice.demonstrating.commands:demo",
    "members": "voice.identity.commands:members",
    "plans": "voice.plans.commands:plans",
    "review": "voice.delivering.yearly.commands:review",
    "instruments": "voice.asking.commands:instruments",
    "submissions": "voice.listening.commands:submissions",
    "screen": "voice.safeguarding.commands:screen",
    "drill": "voice.safeguarding.commands:drill",
    "suggest": "voice.understanding.commands:suggest",
    "tone": "voice.understanding.commands:tone",
    "audit": "voice.audit.commands:audit",
    "retention": "voice.keeping.commands:retention",
    "files": "voice.keeping.commands:files",
    "count": "voice.counting.commands:count",
    "quarter": "voice.delivering.doing.commands:quarter",
    "measures": "voice.delivering.measuring.commands:measures",
    "population": "voice.counting.reaching.commands:population",
    "export": "voice.counting.exporting.commands:export",
    "backup": "voice.backups.commands:backup",
    "restore": "voice.backups.commands:restore_command",
    "doctor": "voice.doctoring.commands:doctor",
    "facts": "voice.facts.commands:facts",
    "languages": "voice.web.commands:languages",
    "mending": "voice.web.mending_commands:mending",
}


class Rooms(click.Group):
    """Commands by name, loaded when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        found: click.Command = getattr(import_module(module), name)
        return found


def _make_app() -> Flask:
    from voice.wiring import create_app  # here, because most commands need no application and it is slow to load

    return create_app()


@click.group(cls=Rooms, help="Voice: a county listens to its children, and answers.")
@click.pass_context
def voice(ctx: click.Context) -> None:
    ctx.obj = _make_app


def _of_the_database(wrong: BaseException | None) -> str:
    """What to say of an error the driver gave."""
    if isinstance(wrong, sqlite3.Error) and getattr(wrong, "sqlite_errorcode", 0) & 0xFF in DISK:  # the rest of the number says in which call
        return f"It could not be written: {wrong}. Look at the disk of VOICE_DATA, then run it again."
    return "The database did not answer, or waits for: voice migrate"


def main() -> None:
    """Run a command; whatever goes wrong is one line on stderr."""
    try:
        voice(standalone_mode=True)
    except WrongSetting as wrong:
        _say(str(wrong))
    except (OperationalError, ProgrammingError) as wrong:
        _say(_of_the_database(wrong.orig))
    except KeyboardInterrupt:
        _say("Stopped.", 130)
    except BrokenPipeError:
        sys.exit(1)


def _say(sentence: str, code: int = 1) -> None:
    click.echo(f"Error: {sentence}", err=True)
    sys.exit(code)
