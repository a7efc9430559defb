"""What commands at a terminal share: the application when one needs it, and errors as one clear line."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import click
from flask import Flask

P = ParamSpec("P")
R = TypeVar("R")


class Refused(click.ClickException):
    """A command's refusal, with its exit status."""

    def __init__(self, sentence: str, code: int) -> None:
        super().__init__(sentence)
        self.exit_code = code  # type: ignore[misc]  # Click reads it from the instance; its types say class


def needs_app(command: Callable[P, R]) -> Callable[P, R]:
    """Run a command inside the application's context. The application is made only then: most of its libraries are slow to load."""

    @functools.wraps(command)
    def inside(*args: P.args, **kwargs: P.kwargs) -> R:
        make: Callable[[], Flask] = click.get_current_context().find_root().obj
        with make().app_context():
            return command(*args, **kwargs)

    return inside


def refuse(sentence: str, code: int = 1) -> click.ClickException:
    """The error to raise: one line on stderr, a non-zero exit, no traceback."""
    return Refused(sentence, code)
