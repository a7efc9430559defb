"""`voice members`: who may sign in."""

from __future__ import annotations

import secrets
from pathlib import Path

import click
from email_validator import EmailNotValidError, validate_email

from voice.config import settings
from voice.identity import cards, invitations
from voice.identity.actions import NotAPassphrase, NotARole, add_member, member_of
from voice.identity.rules import ROLES, SHORTEST_PASSPHRASE, written
from voice.post import NotSent
from voice.storage import commit
from voice.terminal import needs_app, refuse
from voice.web.paper import NoPrinter

ROLE_HELP = f"One or more of: {', '.join(ROLES)}."


@click.group(help="Officers, board members, leads: those who sign in.")
def members() -> None:
    """Commands of this room."""


@members.command("add", help="Add a member, or give one other roles and a new passphrase. The second factor they set up when they first sign in.")
@click.argument("email")
@click.option("--role", "roles", multiple=True, required=True, help=ROLE_HELP)
@click.option("--name", help="How the member is called in Voice. Default: the part before the @.")
@click.option("--passphrase", help=f"At least {SHORTEST_PASSPHRASE} characters. Default: one is made and shown once.")
@needs_app
def add(email: str, roles: tuple[str, ...], name: str | None, passphrase: str | None) -> None:
    _no_demo()
    made, address = passphrase or secrets.token_urlsafe(15), _address(email)
    try:
        add_member(address, name or address.partition("@")[0], roles, made)
    except (NotARole, NotAPassphrase) as wrong:
        raise refuse(str(wrong)) from None
    commit()
    click.echo(f"{address} may sign in as {', '.join(roles)}.")
    if passphrase is None:
        click.echo(f"Their passphrase, shown this once: {made}")


@members.command("invite", help="Send someone a letter with a link that works once; a member who is there begins anew with it.")
@click.argument("email")
@click.option("--role", "roles", multiple=True, help=ROLE_HELP)
@click.option("--name", help="How the letter calls them. Default: the part before the @.")
@click.option("--days", type=click.IntRange(1, 60), default=invitations.LETTER_DAYS, show_default=True, help="How long the link works.")
@click.option("--print", "show", is_flag=True, help="Show the link here instead of sending a letter.")
@needs_app
def invite(email: str, roles: tuple[str, ...], name: str | None, days: int, show: bool) -> None:
    _no_demo()
    address = _address(email)
    member = member_of(address)
    try:
        if member and member.closed_at is None:
            invited = invitations.invite_again(member.id, None, days)
        elif not roles:
            raise refuse("Name a role with --role.")
        else:
            invited = invitations.invite(address, name or address.partition("@")[0], roles, None, days)
    except NotARole as wrong:
        raise refuse(str(wrong)) from None
    commit()
    click.echo(invitations.link(invited) if show else _sent(invited))


@members.command("card", help="Print the card with which a young person joins the board, and signs in afterwards.")
@click.argument("name")
@click.option("--file", "file", type=click.Path(dir_okay=False, path_type=Path), help="Where to put the PDF file. Default: the code is shown here.")
@click.option("--days", type=click.IntRange(1, 60), default=invitations.CARD_DAYS, show_default=True, help="How long they have to begin.")
@needs_app
def card(name: str, file: Path | None, days: int) -> None:
    _no_demo()
    invited = invitations.invite_with_card(name, None, days)
    try:
        if file:
            file.write_bytes(cards.as_pdf(invited).get_data())
    except NoPrinter:
        raise refuse("This machine lacks what sets type on a page: see docs/running.md. Leave --file out to have the code shown.") from None
    commit()
    click.echo(f"The card is in {file}." if file else f"{settings().desk_url}/invitation  {written(invited.code)}")


def _no_demo() -> None:
    if settings().demo_marker.exists():
        raise refuse("This data folder holds the demo. Name another folder with VOICE_DATA, and begin there.")


def _address(email: str) -> str:
    try:
        return validate_email(email, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError:
        raise refuse(f"“{email}” is not an e-mail address.") from None


def _sent(invited: invitations.Invited) -> str:
    try:
        invitations.write_to(invited)
    except NotSent:
        raise refuse("The letter could not be sent. Look at VOICE_SMTP_URL, or give the link yourself: --print") from None
    return f"{invited.email} has a letter; its link works until {invited.expires_at:%d %B}."
