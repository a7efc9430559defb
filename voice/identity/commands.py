"""`voice members`: who may sign in."""

from __future__ import annotations

import secrets

import click
from email_validator import EmailNotValidError, validate_email

from voice.config import settings
from voice.identity.actions import NotAPassphrase, NotARole, add_member
from voice.identity.rules import ROLES
from voice.storage import commit
from voice.terminal import needs_app, refuse


@click.group(help="Officers, board members, leads: those who sign in.")
def members() -> None:
    """Commands of this room."""


@members.command("add", help="Add a member, or give one other roles and a new passphrase.")
@click.argument("email")
@click.option("--role", "roles", multiple=True, required=True, help=f"One or more of: {', '.join(ROLES)}.")
@click.option("--name", help="How the member is called in Voice. Default: the part before the @.")
@click.option("--passphrase", help="At least 12 characters. Default: one is made and shown once.")
@needs_app
def add(email: str, roles: tuple[str, ...], name: str | None, passphrase: str | None) -> None:
    if settings().demo_marker.exists():
        raise refuse("This data folder holds the demo. Name another folder with VOICE_DATA, and begin there.")
    made = passphrase or secrets.token_urlsafe(15)
    try:
        address = validate_email(email, check_deliverability=False, test_environment=True).normalized
        add_member(address, name or address.partition("@")[0], roles, made)
    except EmailNotValidError:
        raise refuse(f"“{email}” is not an e-mail address.") from None
    except (NotARole, NotAPassphrase) as wrong:
        raise refuse(str(wrong)) from None
    commit()
    click.echo(f"{address} may sign in as {', '.join(roles)}.")
    if passphrase is None:
        click.echo(f"Their passphrase, shown this once: {made}")
