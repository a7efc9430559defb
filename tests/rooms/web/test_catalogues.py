"""Our words in other languages: lists of strings, catalogues, marks; and how a translator fills them in."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from voice.web import catalogues, gathering, translating
from voice.web.catalogues import file_of, first_id, read, words, written
from voice.web.commands import languages


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A translator's desk: two strings to say in Polish, one with a number in it; nothing said yet."""
    lists = {domain: gathering.empty_catalogue(None, domain) for domain in gathering.DOMAINS}
    lists["messages"].add("See %(who)s <b>now</b>", locations=[("templates/telling/receipt.html", 1)])
    lists["messages"].add(("%(num)s view", "%(num)s views"))
    lists["surveys"].add("Which ${place}?")
    for domain, catalog in lists.items():
        gathering.save(catalog, tmp_path / f"{domain}.pot")
    (tmp_path / "surveys").mkdir()
    (tmp_path / "surveys/one.yaml").write_text("languages: [en, pl]\ntitle: {en: 'Which ${place}?', easy: 'What ${place}?'}\n", encoding="utf-8")
    shared = tmp_path / gathering.SHARED
    shared.parent.mkdir(parents=True)
    shared.write_text("skips: []\n", encoding="utf-8")
    translating.renew("pl", tmp_path, tmp_path)
    return tmp_path


@pytest.fixture
def fresh() -> Iterator[None]:
    """Catalogues are kept by the process: forget them before and after."""
    kept = (catalogues.written, catalogues.words, catalogues.tally)
    for each in kept:
        each.cache_clear()
    yield
    for each in kept:
        each.cache_clear()


WHOLE = [
    {"msgid": "See %(who)s <b>now</b>", "msgstr": "Zobacz <b>teraz</b> %(who)s"},
    {"msgid": "%(num)s view", "plural": ["jedna opinia", "%(num)s opinie", "%(num)s opinii"]},
    {"msgid": "Which ${place}?", "msgstr": "Które ${place}?"},
]


def test_a_translator_is_told_what_is_missing_and_which_numbers_each_form_is_for(folder: Path) -> None:
    lines = list(translating.missing("pl", folder))
    assert [each["msgid"] for each in lines] == ["%(num)s view", "See %(who)s <b>now</b>", "Which ${place}?"]
    assert lines[0]["plural"] == ["for 1", "for 2, 3, 4, 22, 23, 24…", "for 5, 6, 7, 8, 9, 10…"]
    assert lines[1]["where"] == ["templates/telling/receipt.html"]
    assert len(translating.state("pl", folder, folder).missing) == 3


def test_what_a_translator_says_is_drafted_until_someone_who_speaks_it_signs(folder: Path) -> None:
    assert translating.put("pl", WHOLE, folder) == []
    state = translating.state("pl", folder, folder)
    assert (state.missing, state.drafted, state.checked, state.wrong) == ((), 3, 0, ())
    assert translating.sign("pl", ["%(num)s view"], "Ala Nowak", "2026-11-22", folder) == 1
    assert translating.state("pl", folder, folder).checked == 1
    assert "# checked: Ala Nowak, 2026-11-22" in file_of("messages", "pl", folder).read_text(encoding="utf-8")


def test_new_words_for_a_checked_string_make_it_drafted_again(folder: Path) -> None:
    translating.put("pl", WHOLE, folder)
    translating.sign("pl", [line["msgid"] for line in WHOLE if isinstance(line["msgid"], str)], "Ala Nowak", "2026-11-22", folder)
    translating.put("pl", WHOLE, folder)
    assert translating.state("pl", folder, folder).checked == 3
    translating.put("pl", [{"msgid": "Which ${place}?", "msgstr": "Jakie ${place}?"}], folder)
    state = translating.state("pl", folder, folder)
    assert (state.drafted, state.checked, state.wrong) == (1, 2, ())


def test_a_string_that_is_not_drafted_needs_the_name_of_who_checked_it(folder: Path) -> None:
    translating.put("pl", WHOLE, folder)
    file = file_of("surveys", "pl", folder)
    file.write_text(file.read_text(encoding="utf-8").replace("#, fuzzy", "#,"), encoding="utf-8")
    assert translating.state("pl", folder, folder).wrong == ("“Which ${place}?”: it is not marked drafted, and nobody is named who checked it",)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ({"msgid": "See %(who)s <b>now</b>", "msgstr": "Zobacz <b>teraz</b> %(kto)s"}, "must keep"),
        ({"msgid": "See %(who)s <b>now</b>", "msgstr": "Zobacz teraz %(who)s"}, "must keep"),
        ({"msgid": "Which ${place}?", "msgstr": "Które ${miejsce}?"}, "must keep"),
        ({"msgid": "Which ${place}?", "msgstr": " Które ${place}?"}, "spaces"),
        ({"msgid": "Which ${place}?", "msgstr": "Które '${place}'?"}, "straight quote"),
        ({"msgid": "Which ${place}?", "msgstr": ""}, "must keep"),
        ({"msgid": "%(num)s view", "msgstr": "opinie"}, "3 forms"),
        ({"msgid": "%(num)s view", "plural": ["a", "b"]}, "3 forms"),
        ({"msgid": "Never said", "msgstr": "Nigdy"}, "no such string"),
    ],
)
def test_a_translation_that_lost_something_is_refused_by_name(folder: Path, line: dict[str, object], why: str) -> None:
    (refused,) = translating.put("pl", [line], folder)
    assert str(line["msgid"]) in refused
    assert why in refused
    assert len(translating.state("pl", folder, folder).missing) == 3


def test_old_strings_go_and_new_ones_come_untranslated(folder: Path) -> None:
    translating.put("pl", WHOLE, folder)
    renewed = gathering.empty_catalogue(None, "messages")
    renewed.add("See %(who)s <b>now</b>")
    renewed.add("Brand new")
    gathering.save(renewed, folder / "messages.pot")
    translating.renew("pl", folder, folder)
    kept = {first_id(each): each.string for each in read("messages", "pl", folder) if each.id}
    assert kept == {"See %(who)s <b>now</b>": "Zobacz <b>teraz</b> %(who)s", "Brand new": ""}
    assert translating.state("pl", folder, folder).missing == ("Brand new",)


def test_a_text_written_on_the_spot_is_not_asked_for_again(folder: Path) -> None:
    translating.renew("easy", folder, folder)
    assert [each["domain"] for each in translating.missing("easy", folder)] == ["messages", "messages"]
    (folder / "surveys/one.yaml").write_text("languages: [en, pl]\ntitle: {en: 'Which ${place}?', pl: 'Które ${place}?'}\n", encoding="utf-8")
    translating.renew("pl", folder, folder)
    assert "Which ${place}?" not in {first_id(each) for each in read("surveys", "pl", folder) if each.id}


def test_words_are_found_with_their_plural_forms(folder: Path, fresh: None, monkeypatch: pytest.MonkeyPatch) -> None:
    translating.put("pl", WHOLE, folder)
    monkeypatch.setattr(catalogues, "file_of", lambda domain, code, _folder=None: folder / code / "LC_MESSAGES" / f"{domain}.po")
    polish = written("pl")
    assert polish.gettext("See %(who)s <b>now</b>") == "Zobacz <b>teraz</b> %(who)s"
    said = [polish.ngettext("%(num)s view", "%(num)s views", number) for number in (1, 3, 5, 22)]
    assert said == ["jedna opinia", "%(num)s opinie", "%(num)s opinii", "%(num)s opinie"]
    assert polish.gettext("Not there") == "Not there"
    assert polish.ngettext("a cat", "cats", 2) == "cats"
    assert not polish.is_checked("See %(who)s <b>now</b>")
    assert words("surveys", "pl") == {"Which ${place}?": "Które ${place}?"}
    assert (catalogues.tally("messages", "pl").drafted, catalogues.tally("messages", "pl").missing) == (2, 0)


def test_a_language_without_a_catalogue_says_it_in_english(fresh: None) -> None:
    assert written("xx").gettext("Plan") == "Plan"
    assert not words("surveys", "xx")


def test_the_commands_say_what_they_did_and_what_is_wrong(tmp_path: Path) -> None:
    run = CliRunner()
    file = tmp_path / "some.jsonl"
    file.write_text('{"no": 1}\n', encoding="utf-8")
    assert "has no “msgid”" in run.invoke(languages, ["put", "pl", str(file)]).output
    file.write_text("{\n", encoding="utf-8")
    assert "is not JSON" in run.invoke(languages, ["put", "pl", str(file)]).output


def test_the_lists_of_strings_are_as_the_pages_are() -> None:
    for domain, found in gathering.gathered().items():
        here = {first_id(each) for each in found if each.id}
        listed = {first_id(each) for each in gathering.pot(domain) if each.id}
        assert here == listed, f"translations/{domain}.pot is old; renew it with: voice languages extract"


@pytest.mark.parametrize("code", translating.codes())
def test_every_language_that_has_a_catalogue_has_every_string(code: str) -> None:
    state = translating.state(code)
    assert not state.wrong, state.wrong[:5]
    assert not state.missing, f"{code} lacks {len(state.missing)}: {state.missing[:5]}. See them with: voice languages todo {code}"


def test_a_line_to_fill_in_is_one_to_hand_back(folder: Path) -> None:
    for each in translating.missing("pl", folder):
        assert json.loads(json.dumps(each, ensure_ascii=False))["domain"] in translating.FILLED
