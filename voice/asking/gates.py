"""“May this activity open?” Later rooms say what must be true first; where none of them has said anything, it stays closed."""

from __future__ import annotations

from typing import Protocol

from flask import Flask, current_app

from voice.asking.queries import ActivityFacts


class Gate(Protocol):
    """Asked before an activity is offered to anyone."""

    def __call__(self, activity: ActivityFacts) -> str | None:
        """Why it must stay closed, as a short code, or None where nothing stands in the way."""


class Gates:
    """The gates rooms have put up, by name."""

    def __init__(self) -> None:
        self._gates: dict[str, Gate] = {}

    def add(self, name: str, gate: Gate) -> None:
        self._gates[name] = gate

    def names(self) -> tuple[str, ...]:
        return tuple(self._gates)

    def closed_because(self, activity: ActivityFacts) -> str | None:
        """Why the activity is closed, or None where it is open."""
        if not self._gates:
            return "no_gate"
        return next((why for why in (gate(activity) for gate in self._gates.values()) if why), None)


def gates_of(app: Flask | None = None) -> Gates:
    found: Gates = (app or current_app).extensions.setdefault("voice.gates", Gates())
    return found


def closed_because(activity: ActivityFacts) -> str | None:
    """Why this activity cannot be answered today: its dates first, then every gate. None: it is open."""
    return activity.closed_by_date or gates_of().closed_because(activity)
