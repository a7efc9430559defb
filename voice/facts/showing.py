"""Facts as Markdown, for whoever writes the assessment and for a parent who asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from voice.facts.signing import Signed, hidden

Facts = Mapping[str, Any]


def as_markdown(signed: Signed) -> str:
    """The whole file. The same facts always give the same text."""
    facts = signed.facts
    parts = [_top(signed)]
    for number, (title, body) in enumerate(SECTIONS, start=1):
        parts.append(f"## {number}. {title}\n\n" + "\n".join(body(facts)).strip())
    return "\n\n".join(parts) + "\n\n" + hidden(signed) + "\n"


def _top(signed: Signed) -> str:
    facts = signed.facts
    demo = ", **from a demo: nobody’s real words**" if facts["is_a_demo"] else ""
    lines = [
        f"# Facts about Voice in {facts['place']}",
        "",
        f"Made from the running system on {facts['made_at']} by Voice {facts['voice']}{demo}.",
        "",
        f"SHA-256 `{signed.sha256}`  ",
        f"Signature (Ed25519) `{signed.signature}`  ",
        f"Public key `{signed.public_key}`",
        "",
        "`voice facts check FILE` tells whether this file is as it was made.",
        "Counts of young people are said in steps, so that nobody can be found by them.",
    ]
    return "\n".join(lines)


# --- pieces


def _table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield "| " + " | ".join(_say(each).replace("|", "\\|").replace("\n", " ") for each in row) + " |"


def _say(value: object) -> str:
    """Any value in words."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{_name(name)}: {_say(each)}" for name, each in value.items()) or "none"
    if isinstance(value, list | tuple):
        return "; ".join(map(_say, value)) or "none"
    return str(value)


def _name(name: object) -> str:
    return str(name).replace("_", " ")


def _list(found: Mapping[str, Any]) -> Iterator[str]:
    yield from (f"- **{_name(name)}**: {_say(each)}" for name, each in found.items())


# --- the parts, in the order of a person who asks: what, who, how long, how safe


def _map(facts: Facts) -> Iterator[str]:
    found = facts["data_map"]
    yield from (f"- **{_name(name)}**: {said}" for name, said in found["bases"].items())
    for name, table in found["tables"].items():
        yield ""
        yield f"### {name}"
        yield ""
        yield f"{table['what']} **For:** {table['purpose']}."
        yield f"**Basis:** {_name(table['basis'])}. **Special category:** {_say(table['special_category'])}."
        yield f"**Read by:** {_name(_say(table['readers']))}. **Goes:** {table['ends']}."
        yield ""
        columns = table["columns"].items()
        yield from _table(("Column", "What it is", "Otherwise"), ((column, said["what"], _otherwise(said, table)) for column, said in columns))


def _otherwise(column: Mapping[str, Any], table: Mapping[str, Any]) -> str:
    """What of a column is not as its table says."""
    names = {"basis": "basis", "special_category": "special category", "readers": "read by", "ends": "goes"}
    return "; ".join(f"{name}: {_name(_say(column[key]))}" for key, name in names.items() if column[key] != table[key])


def _kept(facts: Facts) -> Iterator[str]:
    yield "Exact figures are nowhere in this file. Nobody and a few look the same, so that one more child changes nothing."
    yield ""
    kinds = list(dict.fromkeys(each["kind"] for each in facts["kept_now"]))
    ages = list(dict.fromkeys(each["age_band"] for each in facts["kept_now"]))
    said = {(each["kind"], each["age_band"]): each["how_many"] for each in facts["kept_now"]}
    yield from _table(("Kind", *map(_name, ages)), ((_name(kind), *(said[kind, age] for age in ages)) for kind in kinds))


def _retention(facts: Facts) -> Iterator[str]:
    found = facts["retention"]
    yield f"**Rows past their day: {found['overdue']}** (must be 0). Taken back and here again: {found['risen_after_being_taken_back']} (must be 0)."
    yield ""
    yield from _table(("Rule", "What", "Past its day", "Last run"), ((e["rule"], e["what"], e["overdue"], e["last_run"]) for e in found["rules"]))
    yield ""
    rows = ((each["what"], f"{each['how_long']} {each['unit']} after {each['since']}", each["why"]) for each in found["periods"])
    yield from _table(("What", "Stays", "Why"), rows)


def _machines(facts: Facts) -> Iterator[str]:
    found = facts["other_machines"]
    yield from _list(found["hosts"])
    yield ""
    yield from (found["processors"], "", found["phone"], "", f"Backups {found['backups']}.", "")
    rows = ((name, said["by"], said["to"], said["carries"]) for name, said in found["modules_that_may_connect"].items())
    yield from _table(("Module", "By", "To", "Carries"), rows)
    told = facts["told_to_young_people"]
    yield ""
    yield f"Young people are told that the server in front keeps addresses of phones: **{_told(told)}** (`VOICE_FRONT_LOGS`)."


def _told(told: Mapping[str, Any]) -> str:
    days = f"for {told['front_server_days']} days"
    return {"none": "no", "days": days, "unsaid": "it may, as nobody has said"}[told["front_server_keeps_addresses"]]


def _phone(facts: Facts) -> Iterator[str]:
    rows = (
        (_name(place), name, said["for"], said["holds"], said["child"])
        for place, names in facts["on_the_phone"].items()
        for name, said in names.items()
    )
    yield from _table(("Where", "Name", "For", "Holds", "On a young person’s phone"), rows)


def _log(facts: Facts) -> Iterator[str]:
    found = facts["log"]
    yield f"For each request: {found['per_request']}. When a page breaks: {found['holds']}."
    yield "Made with a canary in the address, in the browser’s name, in what was sent and in the error:"
    yield from ("", "```", *found["a_line_when_a_page_breaks"], "```", "")
    yield f"The canary was found in it: **{_say(found['the_canary_was_found_in_it'])}** (must be no)."


def _threats(facts: Facts) -> Iterator[str]:
    found = facts["threats"]
    rows = ((each["id"], each["can_surrender"], each["cannot"]) for each in found["machines"])
    yield from _table(("If this is taken over", "it can surrender", "it cannot surrender"), rows)
    yield ""
    heads = ("", "Who", "At worst", "What holds", "Shown by", "What is left")
    yield from _table(heads, ((e["id"], e["who"], e["worst"], e["controls"], e["evidence"], e["left"]) for e in found["threats"]))
    yield ""
    yield f"Not held off: {_say(found['out_of_scope'])}"


def _screen(facts: Facts) -> Iterator[str]:
    found = facts["screen"]
    yield f"Version `{found['version']}`. {found['what_it_is']}"
    yield ""
    if not found["figures"]:
        yield "Its figures are not measured: `python -m tests.rooms.safeguarding.measure --write`."
        return
    if not found["figures_are_of_this_screen"]:
        yield f"**These figures are of another screen, {found['figures']['version']}: measure again.**"
        yield ""
    heads = ("Language", "Set", "What", "Found", "Of", "Share", "95 % interval")
    yield f"Measured on {found['figures']['date']} by `{found['figures']['command']}`. No more is claimed than “on these sets”."
    yield ""
    yield from _table(heads, ((e["language"], e["set"], e["what"], e["hits"], e["of"], e["share"], e["interval"]) for e in found["figures"]["rows"]))


def _code(facts: Facts) -> Iterator[str]:
    yield from _table(("", "Standard", "How", "Shown by"), ((e["id"], e["standard"], e["how"], e["evidence"]) for e in facts["childrens_code"]))


def _measured(facts: Facts) -> Iterator[str]:
    for topic, rows in facts["measured"].items():
        yield f"**{_name(topic)}**"
        yield ""
        yield from _table(("What", "Figure", "By", "On"), ((e["what"], e["figure"], f"`{e['command']}`", e["date"]) for e in rows))


def _changes(facts: Facts) -> Iterator[str]:
    found = facts["changes"]
    if not found:
        yield "Not asked for: `voice facts --since OLDER-FILE` says what changed."
        return
    yield f"Since {found['since']}:"
    yield ""
    yield from (f"- came: {place}: {_say(each)}" for place, each in found["came"].items())
    yield from (f"- went: {place}: {_say(each)}" for place, each in found["went"].items())
    yield from (f"- changed: {place}: {_say(old)} → {_say(new)}" for place, (old, new) in found["changed"].items())


def _part(name: str) -> Callable[[Facts], Iterator[str]]:
    return lambda facts: _list(facts[name])


SECTIONS: Final[tuple[tuple[str, Callable[[Facts], Iterator[str]]], ...]] = (
    ("What is kept, why, and who reads it", _map),
    ("Who may do what", _part("who_may_do_what")),
    ("How much is kept now", _kept),
    ("How long, and what is past its day", _retention),
    ("Other machines", _machines),
    ("What a phone keeps", _phone),
    ("What the log holds", _log),
    ("Encryption and backups", _part("encryption_and_backups")),
    ("What keeps a figure from telling of one child", _part("disclosure_control")),
    ("The screen", _screen),
    ("Safeguarding", _part("safeguarding")),
    ("Taken back", _part("taken_back")),
    ("Who read raw words", _part("who_read_raw_words")),
    ("Words to young people about help and safety", _part("words_to_young_people")),
    ("The Children’s Code", _code),
    ("Measured", _measured),
    ("Threats, and what is left of each", _threats),
    ("What changed", _changes),
)
