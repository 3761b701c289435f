"""``powerstream doctor`` on this computer, whatever it has."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.e2e

AREAS = [
    "program",
    "folders",
    "disk",
    "ports",
    "certificates",
    "keyring",
    "media",
    "devices",
    "encoders",
    "speed",
    "cloud",
]


def test_the_doctor_examines_everything_in_time_and_says_what_it_found() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "powerstream_desktop", "doctor", "--json"],
        capture_output=True,
        timeout=55,
        check=False,
    )
    found = json.loads(done.stdout)
    assert list(dict.fromkeys(check["area"] for check in found["checks"])) == AREAS
    assert done.returncode == (0 if found["ok"] else 1)
    assert all(check["remedy"] for check in found["checks"] if check["level"] != "ok")
    assert found["devices"] is not None
