"""Pictures become pixels and nothing else; fakes and bombs are refused (bars S6, S7)."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from tests.rooms.imaging.corpus import BLUE, CANARY, GREEN, RED, Sample, corpus, picture, written
from tests.rooms.imaging.reading import Left, left_in
from voice import imaging
from voice.imaging import apart

Tell = Callable[[str, object], None]
A_FACE = Path(__file__).with_name("a_face.jpg")  # Grace Hopper; US Navy, public domain


LIES = """
import sys, json
def say(what, body):
    line = json.dumps(what).encode()
    sys.stdout.buffer.write(len(line).to_bytes(4) + line + body)
say({'sizes': """


def near(image: Image.Image, x: float, y: float, colour: tuple[int, int, int]) -> bool:
    found = image.getpixel((int(x * image.width), int(y * image.height)))
    assert isinstance(found, tuple)
    return all(abs(one - other) < 45 for one, other in zip(found, colour, strict=True))


def hold(sample: Sample, clean: imaging.Clean) -> int:
    """Nothing but pixels, upright, in its colours. Returns the bytes looked at."""
    for name, data in clean.sizes.items():
        assert left_in(data) == Left(0, 0, 0), (sample.name, name)
        assert CANARY not in data
        assert max(Image.open(io.BytesIO(data)).size) <= imaging.SIZES[name]
    full = Image.open(io.BytesIO(clean.sizes["full"])).convert("RGB")
    assert full.size == (clean.width, clean.height)
    if sample.in_colour:
        assert near(full, 0.2, 0.2, RED), sample.name
        assert near(full, 0.8, 0.2, GREEN), sample.name
        assert near(full, 0.5, 0.8, BLUE), sample.name
    return sum(map(len, clean.sizes.values()))


def outcome(sample: Sample) -> str:
    try:
        hold(sample, imaging.clean(sample.make()))
    except imaging.Refused as refused:
        return refused.reason
    return "taken"


def test_every_picture_is_pixels_and_every_fake_is_refused(record_property: Tell) -> None:
    samples = corpus()
    assert len(samples) >= 60
    with ThreadPoolExecutor(2) as pool:
        found = dict(zip((each.name for each in samples), pool.map(outcome, samples), strict=True))
    wrong = [f"{each.name}: {found[each.name]}, not {' or '.join(each.wanted)}" for each in samples if found[each.name] not in each.wanted]
    assert wrong == []
    honest = sum(each.is_taken for each in samples)
    record_property(
        "budget", f"S6: {honest} pictures of {len(samples)} taken, 0 bytes beside pixels (two tools); S7: {len(samples) - honest} refused"
    )


def test_names_of_the_corpus_are_its_own() -> None:
    names = [each.name for each in corpus()]
    assert len(names) == len(set(names))


def test_what_is_refused_by_its_head_starts_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    def started(*_: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(apart, "_answer", started)
    begun = time.process_time()
    for each in corpus():
        if set(each.wanted) & {"not_a_picture", "too_many_pixels", "moves", "nothing", "too_big"}:
            data = each.make()
            with pytest.raises(imaging.Refused):
                imaging.clean(data)
    assert time.process_time() - begun < 20


def test_a_large_picture_comes_in_three_sizes() -> None:
    clean = imaging.clean(written(picture((3000, 2000))))
    found = {name: Image.open(io.BytesIO(data)).size for name, data in clean.sizes.items()}
    assert found == {"thumb": (240, 160), "card": (720, 480), "full": (1600, 1067)}


def test_turned_cropped_and_covered() -> None:
    edit = imaging.Edit(90, (0.5, 0.0, 1.0, 0.5), (imaging.Cover(0.5, 0.5, 0.5, "star"),))
    clean = imaging.clean(written(picture((800, 600)), quality=95), edit)
    full = Image.open(io.BytesIO(clean.sizes["full"])).convert("RGB")
    assert full.size == (300, 400), "turned, it is 600 by 800, and half of each is left"
    assert near(full, 0.1, 0.1, RED), "what was at the upper left is at the upper right"
    assert not near(full, 0.5, 0.5, RED), "the star"


def test_a_crop_is_as_sharp_as_the_phone_took_it() -> None:
    clean = imaging.clean(written(picture((4000, 3000))), imaging.Edit(crop=(0.0, 0.0, 0.5, 0.5)))
    assert (clean.width, clean.height) == (1600, 1200)


@pytest.mark.parametrize("sticker", imaging.STICKERS)
def test_nothing_is_left_of_what_is_covered(sticker: str) -> None:
    checks = Image.effect_noise((400, 400), 120).convert("RGB")
    ours = imaging.clean(written(checks, quality=95)).sizes["full"]
    covered = imaging.cover(ours, [imaging.Cover(0.5, 0.5, 0.5, sticker)])
    for data in covered.sizes.values():
        assert left_in(data) == Left(0, 0, 0)
    before, after = (Image.open(io.BytesIO(each)).convert("L").crop((170, 170, 230, 230)) for each in (ours, covered.sizes["full"]))
    unlike = sum(abs(one - other) > 12 for one, other in zip(before.tobytes(), after.tobytes(), strict=True))
    assert unlike > 0.6 * 3600


@pytest.mark.parametrize(
    "wrong",
    [
        {"turn": 45},
        {"crop": (0.5, 0, 0.5, 1)},
        {"crop": (0, 0, 2, 1)},
        {"covers": (imaging.Cover(0, 0, 0.1, "gun"),)},
        {"covers": (imaging.Cover(0, 0, 0),)},
    ],
)
def test_an_edit_that_cannot_be_made_is_refused_at_once(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"turned|crop|sticker"):
        imaging.Edit(**wrong)  # type: ignore[arg-type]


def test_the_same_picture_sent_again_is_like_itself_and_another_is_not() -> None:
    one = Image.linear_gradient("L").convert("RGB").resize((800, 600))
    one.paste((255, 255, 255), (100, 100, 400, 300))
    again, other = one.resize((640, 480)), one.rotate(90)
    likeness = [imaging.clean(written(each, quality=quality)).likeness for each, quality in ((one, 90), (again, 50), (other, 90))]
    assert imaging.unlike(likeness[0], likeness[1]) <= 6 < imaging.unlike(likeness[0], likeness[2])
    assert all(0 <= each < 2**64 for each in likeness)


def test_faces_are_suggested_where_they_are() -> None:
    portrait = Image.open(A_FACE)
    sheet = Image.new("RGB", (640, 480), "gray")
    sheet.paste(portrait, (400, 120))
    found = imaging.faces(written(sheet))
    middle = (400 + 0.52 * portrait.width) / 640, (120 + 0.45 * portrait.height) / 480
    assert len(found) == 1
    assert abs(found[0].x - middle[0]) < 0.05
    assert abs(found[0].y - middle[1]) < 0.08
    assert imaging.faces(written()) == []


def test_a_picture_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "START", "while True: pass")
    monkeypatch.setattr(apart, "SECONDS", 0.3)
    with pytest.raises(imaging.Refused, match="too_slow"):
        imaging.clean(written())


@pytest.mark.parametrize(
    ("does", "reason"),
    [
        ("import os; os.abort()", "broken"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "too_slow"),
        ("print('what')", "broken"),
        ("import sys; sys.stdout.buffer.write(bytes((0, 0, 0, 2)) + b'[]')", "broken"),
        (LIES + "[['thumb', 9], ['card', 9], ['full', 9]], 'width': 9, 'height': 9, 'likeness': 1}, b'<script>alert')", "broken"),
        ("raise SystemExit(3)", "broken"),
    ],
)
def test_a_process_that_falls_refuses_its_picture_and_nothing_else(does: str, reason: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "START", does)
    with pytest.raises(imaging.Refused, match=reason):
        imaging.clean(written())


def test_no_more_than_some_are_opened_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    now, most, lock = [0], [0], threading.Lock()
    real = apart._answer

    def counted(asked: bytes) -> object:
        with lock:
            now[0] += 1
            most[0] = max(most[0], now[0])
        try:
            return real(asked)
        finally:
            with lock:
                now[0] -= 1

    monkeypatch.setattr(apart, "_answer", counted)
    with ThreadPoolExecutor(6) as pool:
        assert len(list(pool.map(imaging.clean, [written()] * 6))) == 6
    assert most[0] <= apart.AT_ONCE


@pytest.mark.parametrize(
    "does",
    [
        "open('/etc/passwd').read()",
        "import socket; socket.socket()",
        "import os; os.open('/tmp/imaging-written', os.O_CREAT | os.O_WRONLY)",
        "import subprocess; subprocess.run(['/bin/true'])",
        "x = bytearray(2 * 1024 ** 3)",
    ],
)
def test_the_process_can_reach_nothing(does: str) -> None:
    """What a decoder that was taken over could try, tried after the limits stand."""
    program = f"import sys; sys.path.insert(0, sys.argv[1]); from voice.imaging import worker; worker.limit(); worker.shut()\ntry:\n {does}\n"
    program += "except (OSError, MemoryError): print('held')\n"
    told = subprocess.run([sys.executable, "-I", "-c", program, str(apart.ROOT)], capture_output=True, text=True, env={}, check=False)
    assert told.stdout == "held\n", told.stderr
    assert not os.path.exists("/tmp/imaging-written")
