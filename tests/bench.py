"""`make bench`: what was measured, printed. Nothing here passes or fails."""

from __future__ import annotations

import csv
import os
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests import bad_signal
from tests.peers import postgres_url
from tests.rooms.backups import measure as restoring
from tests.rooms.counting import measure as counting
from tests.rooms.counting import measure_exports as exporting
from tests.rooms.imaging import measure as cleaning
from tests.rooms.listening import measure_costs as costing
from tests.rooms.listening import measure_posts, parts
from tests.rooms.pledging import measure as pledged
from tests.rooms.reading import measure as pointing
from tests.rooms.reading import measure_queue as queueing
from tests.rooms.safeguarding import alike
from tests.rooms.safeguarding import measure as screening
from tests.rooms.understanding import measure as suggesting
from tests.rooms.understanding import measure_clusters as clustering
from tests.rooms.understanding import measure_learning as learning
from tests.rooms.web import measure_pages as kept_pages
from tests.rooms.web import measure_start as starting
from voice.config import read_settings
from voice.storage import migrate
from voice.wiring import create_app

ROWS = 5000
WORDS = ("bus", "stop", "dark", "park", "club", "school", "lunch", "teacher", "help", "friend", "walk", "home", "library", "road", "money")


def main() -> None:
    """Print the figures of each room; a CSV of real comments may be named to measure suggestions on."""
    comments = next((each for each in sys.argv[1:] if Path(each).is_file()), None)
    print("# Suggestions and tone")
    suggesting.main(comments)
    print("\n# Suggestions and tone that learn")
    learning.main(comments or next(iter(sys.argv[1:]), None))
    print("\n# Views put together")
    clustering.main(comments)
    print("\n# Screening")
    screening.main()
    print("\n# Whether it takes longer when an answer worries us")
    alike.main()
    print("\n# Proposals of names, schools, places, telephone numbers")
    pointing.main()
    print("\n# The officer’s queue, beside very many views (both databases)")
    queueing.main()
    print("\n# Start-up, and memory of a web process")
    starting.main()
    print("\n# Pictures cleaned, fakes refused")
    cleaning.main()
    print("\n# Pages, with the demo in them (processor time, milliseconds, median of 20)")
    pages()
    print("\n# Pages that are kept: processor time, statements, bytes; how many a second")
    kept_pages.main()
    print("\n# The wall of pledges, a card, a certificate (median of 15)")
    pledged.main()
    print(f"\n# Bringing in {ROWS} rows collected elsewhere")
    bring_in()
    print("\n# Counting: folding, and pages beside very many (VOICE_BENCH_MANY says how many; both databases)")
    many = int(os.environ.get("VOICE_BENCH_MANY", counting.MANY))
    counting.measure(many)
    counting.measure(many, postgres_url("bench"), postgres_url("few"))
    print("\n# Files of coded answers (both databases)")
    for url in ("", postgres_url("files")):
        exporting.lines(url=url)
    print("\n# What somebody with every release can find out")
    counting.attack(500)
    print("\n# Back after everything was lost")
    restoring.main()
    print("\n# What a visit and a submission cost, on both databases (docs/scale.md)")
    costing.main()
    print("\n# A submission's POST beside a bare route, turn by turn (milliseconds)")
    measure_posts.main()
    print("\n# Where the time of a submission's POST goes (processor time)")
    parts.main()
    print("\n# The first page of a survey on a cheap phone (median of 5)")
    bad_signal.main()


def pages() -> None:
    from voice.demonstrating import load_if_empty

    app = create_app(read_settings({"VOICE_DATA": tempfile.mkdtemp()}))
    with app.app_context():
        migrate.upgrade()
        load_if_empty()
    client = app.test_client()
    for path in ("/", "/take-part/getting-about", "/you-said-we-did", "/plan/1", "/pledges"):
        client.get(path)
        taken = []
        for _ in range(20):
            begun = time.process_time()
            client.get(path)
            taken.append(1000 * (time.process_time() - begun))
        print(f"  {path:<28} {statistics.median(taken):6.1f}")


def bring_in() -> None:
    from click.testing import CliRunner

    from tests.making import an_activity
    from voice.command import voice

    chance = random.Random(1)
    folder = Path(tempfile.mkdtemp())
    file = folder / "rows.csv"
    with file.open("w", newline="") as out:
        csv.writer(out).writerows([["id", "text"], *([number, " ".join(chance.choices(WORDS, k=18))] for number in range(ROWS))])
    app = create_app(read_settings({"VOICE_DATA": str(folder)}))
    with app.app_context():
        migrate.upgrade()
        an_activity("collected")  # an opinion sheet
    for turn in ("first", "again"):
        begun = time.perf_counter()
        CliRunner().invoke(voice, ["submissions", "import", str(file), "--activity", "collected", "--id", "id"], env={"VOICE_DATA": str(folder)})
        print(f"  {turn}: {time.perf_counter() - begun:.1f} s")


if __name__ == "__main__":
    main()
