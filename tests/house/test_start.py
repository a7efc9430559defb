"""A server process starts quickly: it loads what every request needs, and nothing that few of them need."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

HEAVY = ("jsonschema", "webauthn", "OpenSSL", "xlsxwriter", "weasyprint", "authlib", "sklearn", "numpy", "cv2", "PIL", "pyarrow", "textblob")
HEAVY += ("celery", "kombu", "redis", "prometheus_client", "moto")  # a page never speaks to the broker; numbers are written when they are asked for
SECONDS = 3.0
START = """
import json, sys, time
import wsgi
print(json.dumps({"seconds": time.process_time(), "loaded": sorted(name for name in sys.modules if "." not in name)}))
"""


def test_a_process_starts_within_three_seconds_of_work(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    """Seconds of the processor, not of the clock: other tests run beside this one."""
    told = subprocess.run(
        [sys.executable, "-c", START],
        env={**os.environ, "VOICE_DATA": str(tmp_path)},
        cwd=Path(__file__).resolve().parents[2],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    found = json.loads(told.stdout)
    record_property("budget", f"start of a server process: {found['seconds']:.1f} s of work")
    assert not set(HEAVY) & set(found["loaded"]), "loaded at the start; load it where it is used"
    assert found["seconds"] <= SECONDS
