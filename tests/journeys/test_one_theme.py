"""One theme from eighty who said it to the review of the year: weighed, answered, told back, judged “not yet”, answered again; a figure of it is a
measure’s reading, a partner joins in and is marked twice. Every figure on the way is the same wherever it stands."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browsing import DESK, PHONE, sign_in
from tests.journeys.conftest import House
from tests.journeys.test_one_view import the_receipt_shows
from tests.rooms.delivering.test_yearly_paper import set_in_type, words_of
from voice import asking, counting, keeping, plans, reading, safeguarding, storage, understanding
from voice.delivering.yearly import queries, views
from voice.identity.models import Member
from voice.storage import today

ASKED = "getting-home"
SAID = "there are no lights on the path behind the leisure centre"
SENTENCE = "The way home has no lights."
THE_BOARD = "We would all use that path if we could see it."
FIRST, SECOND = "We will look at the lights on the path.", "Nine lights stand on the path. They are on until ten."
NOT_SAFE, SAFE = 60, 20  # of eighty: 75 and 25 of 100, in figures that end in 5 or 0
LESS_SAFE, SAFER = "not_very_safe", "quite_safe"
FEEL_SAFE = "feel quite safe when they go out"
PARTNER, PLEDGE = "The Lantern Trust", "We walk the path with anyone who asks, on Fridays."
YEAR = today().year


def test_one_theme_all_the_way(house: House, opened: Callable[..., Page]) -> None:
    words, theme_id = eighty_say_it(house)
    officer, board, owner, child = opened(DESK), opened(PHONE), opened(DESK), opened(PHONE)
    sign_in(officer, "officer@demo.example", house.passphrase)
    sign_in(board, "board@demo.example", house.passphrase)
    sign_in(owner, "owner@demo.example", house.passphrase)
    slug = the_board_weighs_it(board, house, theme_id)
    an_answer(officer, owner, board, slug, FIRST, "Not yet")
    said = how_many(child, f"/you-said-we-did/{slug}")
    the_child_is_told(child, words, said, FIRST, "not_good_enough")
    a_second_answer(officer, owner, board, slug)
    the_child_is_told(child, words, said, SECOND, "fair")
    both_answers_stand(child, slug)

    measure = a_release_is_a_reading(house)
    the_reading_agrees(child, measure)
    a_partner_joins_in(child, officer, board, house)
    the_thread_holds(child, slug)
    the_review_says_the_same(officer, board, opened(PHONE), child, house, said)


def eighty_say_it(house: House) -> tuple[list[str], uuid.UUID]:
    """Kept, screened, read, tied to the plan and gathered through the rooms’ doors; the receipt words of one of them, and the theme."""
    with house.app.app_context():
        plan, officer = plans.current_plan(), member("officer@demo.example")
        assert plan
        activity_id = an_activity(plan.id)
        kept = [one_says_it(activity_id, number) for number in range(NOT_SAFE + SAFE)]
        ids = [view_id for each in kept for view_id in each.view_ids]
        assert len(ids) == NOT_SAFE + SAFE
        reading.clear(ids, officer)
        priority = plans.priority(plan.id, "1")
        assert priority
        for view_id in ids:
            understanding.confirm(view_id, [priority.id], officer)
        theme_id = understanding.make_theme(priority.id, SENTENCE, ids, officer)
        storage.commit()
        return list(kept[0].words), theme_id


def an_activity(plan_id: uuid.UUID) -> uuid.UUID:
    instrument = asking.load_instrument(next(file for file in asking.shipped_instruments() if file.stem == "getting-about-and-feeling-safe"))
    found: uuid.UUID = asking.open_activity(
        ASKED,
        kind=instrument.kind,
        title="Getting home",
        plan_id=plan_id,
        instrument_version_id=asking.publish_instrument(instrument.name, asking.as_data(instrument)),
        opens_on=today() - timedelta(days=20),
        closes_on=today() + timedelta(days=10),
        reply_by=today() + timedelta(days=30),
        decision_maker="Head of roads",
        dpia="DPIA demo 1",
    )
    return found


def one_says_it(activity_id: uuid.UUID, number: int) -> keeping.Kept:
    said = f"{SAID}, {number} of us say" if number else SAID
    answers = {"safe_out": [LESS_SAFE if number < NOT_SAFE else SAFER]}
    facts = keeping.Facts(age_band="14_16")
    kept = keeping.keep(str(uuid.uuid4()), activity_id=activity_id, answers=answers, words=[("feel_safer", said)], facts=facts)
    safeguarding.screen_submission(kept.submission_id, [said], language=facts.language)
    return kept


def member(email: str) -> uuid.UUID:
    found = storage.session().query(Member.id).filter(Member.email == email).scalar()
    assert isinstance(found, uuid.UUID)
    return found


def the_board_weighs_it(page: Page, house: House, theme_id: uuid.UUID) -> str:
    with house.app.app_context():
        theme = understanding.theme(theme_id)
        assert theme
    page.goto(f"/board/{theme.slug}")
    page.get_by_role("button", name="A great deal").click()
    expect(page.get_by_text("Only you see this")).to_be_visible()
    page.get_by_role("button", name="Mark it heard").click()
    page.locator("#board-words textarea").fill(THE_BOARD)
    page.get_by_role("button", name="Save the board’s words").click()
    expect(page.locator("#board-words")).to_contain_text(THE_BOARD)
    slug: str = theme.slug
    return slug


def an_answer(officer: Page, owner: Page, board: Page, slug: str, words: str, verdict: str) -> None:
    """Given to whoever can decide, written, judged, published."""
    officer.goto(f"/work/answers/{slug}")
    officer.locator("#owner-of-it select").first.select_option(label="Head of roads")
    officer.get_by_role("button", name="Save whose it is").click()
    expect(officer.locator("main")).to_contain_text("Saved.")
    owner.goto(f"/work/answers/{slug}")
    write(owner, words)
    judge(board, verdict)
    publish(officer, slug)


def a_second_answer(officer: Page, owner: Page, board: Page, slug: str) -> None:
    """While the board has it, everyone reads the first."""
    owner.goto(f"/work/answers/{slug}")
    expect(owner.locator("main")).to_contain_text("ask you to look again")
    write(owner, SECOND)
    owner.goto(f"/you-said-we-did/{slug}")
    expect(owner.locator("main")).to_contain_text(FIRST)
    judge(board, "Fair")
    publish(officer, slug)


def write(page: Page, words: str) -> None:
    page.locator("label.choice", has_text="Doing").locator("visible=true").click()
    page.locator("[name=words]").fill(words)
    page.locator("[name=due_on]").fill((today() + timedelta(days=60)).isoformat())
    page.locator("[name=owner_role]").fill("Head of roads and transport")
    page.locator("[name=organisation]").fill("Demo county council")
    page.get_by_role("button", name="Save, and send to the board").click()
    expect(page.locator("main")).to_contain_text("On its way out")


def judge(page: Page, verdict: str) -> None:
    page.goto("/board")
    page.locator("a[href*='/board/answers/']", has_text=SENTENCE).first.click()
    page.get_by_role("button", name=verdict, exact=True).click()
    expect(page.get_by_role("button", name=verdict, exact=True)).to_have_attribute("aria-pressed", "true")


def publish(page: Page, slug: str) -> None:
    page.goto(f"/work/answers/{slug}")
    page.get_by_role("button", name="Publish").click()
    expect(page.locator("main")).to_contain_text("What everyone reads")


def how_many(page: Page, path: str) -> str:
    """How many said it, as the theme’s own page has it."""
    page.goto(path)
    said = page.locator(".band .lead").inner_text().split("·")[0].strip()
    assert re.search(r"\w+ of you said this|About \d+", said), said
    return said


def the_child_is_told(page: Page, words: list[str], said: str, answer: str, mark: str) -> None:
    the_receipt_shows(page, words, "There is an answer.")
    main = page.locator("main")
    for told in (SENTENCE, said, THE_BOARD, answer):
        expect(main).to_contain_text(told)
    page.locator(f"button[name=mark][value={mark}]").first.click()
    expect(page.locator(f"button[name=mark][value={mark}]").first).to_have_attribute("aria-pressed", "true")


def fresh(page: Page, path: str) -> None:
    """As whoever comes now sees it: a browser may show for a minute what it has."""
    page.goto(path)
    page.reload()


def both_answers_stand(page: Page, slug: str) -> None:
    fresh(page, f"/you-said-we-did/{slug}")
    main = page.locator("main")
    expect(main).to_contain_text(SECOND)
    expect(main).to_contain_text("Board says: fair")
    page.locator("details", has_text=FIRST).locator("summary").first.click()
    earlier = page.locator("details", has_text=FIRST)
    expect(earlier).to_contain_text("Board says: not yet")


def a_release_is_a_reading(house: House) -> str:
    """The figures go out; one of them tells of a measure. The address of the measure’s page."""
    with house.app.app_context():
        counting.catch_up()
        storage.commit()
        activity, plan = asking.activity(ASKED), plans.current_plan()
        assert activity
        assert plan
        officer_id = member("officer@demo.example")
        priority = plans.priority(plan.id, "1")
        assert priority
        measure = plans.measures_of(plan.id, priority.id)[0]
        counting.link_measure(measure.id, activity.id, "safe_out", [SAFER], FEEL_SAFE, officer_id)
        counting.publish_release(counting.begin_release(activity.id, officer_id), officer_id)
        storage.commit()
    return f"/plan/1/measures/{measure.key}"


def the_reading_agrees(page: Page, measure: str) -> None:
    """25 of 100, of about 80, wherever it stands."""
    share = 100 * SAFE // (SAFE + NOT_SAFE)
    fresh(page, f"/what-we-heard/{ASKED}")
    expect(page.locator("main")).to_contain_text(f"About {SAFE + NOT_SAFE} people took part.")
    row = page.locator("tr", has_text=re.compile("^\\s*Quite safe")).first
    expect(row).to_contain_text(str(share))
    expect(row).to_contain_text(f"about {SAFE}")
    for path in (measure, "/plan/1"):
        fresh(page, path)
        expect(page.locator("main")).to_contain_text(re.compile(rf"{share}(?:%| in 100)"))
    expect(page.locator("main")).to_contain_text(FEEL_SAFE)


def a_partner_joins_in(page: Page, officer: Page, board: Page, house: House) -> None:
    page.goto("/plan/1")
    page.get_by_role("link", name="What will you do?").first.click()
    page.goto("/what-will-you-do/pledge?for=1")
    page.locator("[name=organisation]").fill(PARTNER)
    page.locator("[name=role]").fill("Night walks lead")
    page.locator("[name=words]").fill(PLEDGE)
    page.locator("[name=due_on]").fill((today() + timedelta(days=20)).isoformat())
    page.locator("[name=email]").fill("walks@lantern.example")
    sent(page, "Send the pledge")
    own = the_letter(house, "walks@lantern.example")
    page.goto(own)
    sent(page, "Yes, this is ours")
    decide(officer, "Publish it")
    page.goto(own)
    page.locator("label.choice", has_text="On the way").click()
    sent(page, "Send")
    decide(officer, "Publish this word")
    board.goto("/board/partner-pledges")
    votes = board.get_by_role("group", name=re.compile(PARTNER))
    with board.expect_navigation():
        votes.get_by_role("button", name="Not kept").click()
    fresh(page, "/plan/1")
    both = page.locator("#pledged article, #pledged .card, #pledged > *", has_text=PLEDGE).last
    expect(both).to_contain_text("They say: on the way")
    expect(both).to_contain_text("Board says: not kept")


def the_letter(house: House, to: str) -> str:
    """The way that a letter to them shows."""
    from voice.delivering.partnering.workers import write_letters  # the worker runs apart from the page

    with house.app.app_context():
        write_letters()
        storage.commit()
    folder: Path = house.app.extensions["voice.settings"].data / "outbox"
    letters = [file.read_text() for file in sorted(folder.glob("*.eml"), key=lambda each: each.stat().st_mtime)]
    mine = next(each for each in reversed(letters) if to in each)
    found = re.search(r"https?://\S+(/what-will-you-do/\S+)", mine.replace("=\n", ""))
    assert found, mine
    return found[1]


def decide(page: Page, what: str) -> None:
    page.goto("/work/partner-pledges")
    page.get_by_role("link", name=re.compile(PARTNER)).first.click()
    sent(page, what)


def sent(page: Page, words: str) -> None:
    """Pressed, and taken."""
    with page.expect_navigation():
        page.get_by_role("button", name=words, exact=True).click()


def the_thread_holds(page: Page, slug: str) -> None:
    """From the part of the plan each plate leads to its page."""
    fresh(page, "/plan/1")
    thread = page.locator("#thread + .thread")
    for words in (SENTENCE, THE_BOARD, PARTNER):
        expect(thread).to_contain_text(words)
    thread.get_by_role("link", name=SENTENCE).click()
    expect(page).to_have_url(re.compile(rf"/you-said-we-did/{slug}$"))


def the_review_says_the_same(officer: Page, board: Page, board2: Page, page: Page, house: House, said: str) -> None:
    officer.goto(f"/work/review/{YEAR}")
    if "review of" not in officer.locator("h1").inner_text():
        officer.goto("/work/review")
        officer.locator("[name=year]").fill(str(YEAR))
        officer.get_by_role("button").locator("visible=true").last.click()
    officer.get_by_label(re.compile("looked", re.IGNORECASE)).check()
    without = officer.locator("[name=without]")
    if without.count():
        without.check()
    officer.get_by_role("button", name="Freeze the review").click()
    expect(officer.locator("main")).to_contain_text("Frozen on")
    page.goto(f"/review/{YEAR}")
    main = page.locator("main")
    share = 100 * SAFE // (SAFE + NOT_SAFE)
    everything = (SENTENCE, said, SECOND, PLEDGE, f"{share} in 100", f"About {SAFE + NOT_SAFE}")
    for words in everything:
        expect(main).to_contain_text(words)
    paper = page.request.get(f"/review/{YEAR}/review.pdf")
    assert paper.headers["content-type"] == "application/pdf"
    assert paper.body().startswith(b"%PDF-")
    with house.app.app_context(), house.app.test_request_context("/", base_url=house.address):
        plan = plans.current_plan()
        assert plan
        review = queries.newest(plan.id, YEAR)
        assert review
        words_on_paper = words_of(set_in_type(views.printed(queries.document_of(review.id), review)))
    for words in everything:
        assert words in words_on_paper, words
