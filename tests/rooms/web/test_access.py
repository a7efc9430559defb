"""Who may open a page."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.rooms.web.conftest import Roles
from voice.web.access import local_path


def test_someone_who_is_not_signed_in_is_led_to_sign_in_and_back(furnished: Flask) -> None:
    client = furnished.test_client()
    assert client.get("/work?q=words").headers["Location"] == "/sign-in?next=/work"
    assert client.get("/qps/work").headers["Location"] == "/qps/sign-in?next=/qps/work"


def test_a_member_without_the_role_is_told_so(furnished: Flask, roles: Roles) -> None:
    roles.held = frozenset({"board"})
    reply = furnished.test_client().get("/work")
    assert reply.status_code == 403
    assert "not open to you" in reply.text


def test_one_of_the_roles_is_enough(furnished: Flask, roles: Roles) -> None:
    roles.held = frozenset({"publisher", "board"})
    assert furnished.test_client().get("/work").text == "work"


@pytest.mark.parametrize("address", ["/work", "/work/many?page=2", "/qps/work"])
def test_paths_of_ours_are_gone_back_to(address: str) -> None:
    assert local_path(address) == address


@pytest.mark.parametrize(
    "address",
    [None, "", "work", "//elsewhere.example", "/\\elsewhere.example", "/\t/elsewhere.example", "https://elsewhere.example/", "javascript:alert(1)"],
)
def test_nobody_is_led_elsewhere(address: str | None) -> None:
    assert local_path(address) is None
