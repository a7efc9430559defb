"""One small county with everything in every state, for all tests that go through every page as every role."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Ground
from tests.matrix.world import World


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder: Path = tmp_path_factory.mktemp("matrix")
    return World(Ground("sqlite", folder).app, folder)
