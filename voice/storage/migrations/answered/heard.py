"""What migration 0008 does so that “answered” is counted anew where an answer becomes public, or comes to a theme or leaves it (see 0007)."""

from __future__ import annotations

from alembic import op

from voice.storage.migrations.results.populations import ANSWERED

THROUGH = (
    "INSERT INTO uncounted_words (submission_id) SELECT DISTINCT submission.id FROM answer_theme "
    "JOIN theme_view ON theme_view.theme_id = answer_theme.theme_id JOIN view ON view.id = theme_view.view_id "
    "JOIN submission ON submission.id = view.submission_id WHERE answer_theme.answer_id = {row}.%s AND submission.activity_id IS NOT NULL"
)
# Table -> what of it is to be counted anew, and the columns that matter.
BEFORE = {"answer": (ANSWERED, ("theme_id", "published_on"))}
NOW = {
    "answer": (THROUGH % "id", ("published_on",)),
    "answer_version": (THROUGH % "answer_id", ("published_on",)),
    "answer_theme": (ANSWERED, ("answer_id", "since")),
}
ACTS = ("insert", "update", "delete")


def watch_many_themes() -> None:
    _forget(*BEFORE)
    for table, (command, matters) in NOW.items():
        _watch(table, command, matters)


def watch_one_theme() -> None:
    _forget(*NOW)
    for table, (command, matters) in BEFORE.items():
        _watch(table, command, matters)


def _forget(*tables: str) -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in tables:
        for act in ACTS:
            op.execute(f"DROP TRIGGER IF EXISTS {table}_{act}_heard_to_count" + ("" if sqlite else f" ON {table}"))
        if not sqlite:
            op.execute(f"DROP FUNCTION IF EXISTS {table}_heard_to_count")


def _watch(table: str, command: str, matters: tuple[str, ...]) -> None:
    """An update that leaves what matters as it is changes nothing."""
    old, new = command.format(row="OLD"), command.format(row="NEW")
    if op.get_bind().dialect.name == "sqlite":
        when = f" WHEN {' OR '.join(f'OLD.{each} IS NOT NEW.{each}' for each in matters)}"
        for act, rows in (("insert", (new,)), ("update", (old, new)), ("delete", (old,))):
            op.execute(
                f"CREATE TRIGGER {table}_{act}_heard_to_count AFTER {act.upper()} ON {table}{when if act == 'update' else ''} "
                f"BEGIN {'; '.join(rows)}; END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_heard_to_count() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP <> 'INSERT' THEN {old}; END IF; IF TG_OP <> 'DELETE' THEN {new}; END IF; RETURN NULL; END $$"
    )
    when = f" WHEN ({' OR '.join(f'OLD.{each} IS DISTINCT FROM NEW.{each}' for each in matters)})"
    for act in ACTS:
        op.execute(
            f"CREATE TRIGGER {table}_{act}_heard_to_count AFTER {act.upper()} ON {table} FOR EACH ROW{when if act == 'update' else ''} "
            f"EXECUTE FUNCTION {table}_heard_to_count()"
        )
