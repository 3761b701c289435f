"""A review with the real Qt Multimedia and the real frame server, of a film whose pictures carry their numbers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.support.live_broadcast import environment
from tests.unit.library.frames.film_maker import make_film

pytestmark = pytest.mark.e2e

LONGEST_S = 180  # only a guard
PICTURES = 300


def test_every_picture_is_the_one_that_was_asked_for_however_it_was_come_to(tmp_path: Path) -> None:
    film = make_film(tmp_path / "Show #1 100% ünïcode?.mp4", PICTURES, group=60)
    env = dict(os.environ) | environment(tmp_path) | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "tests.e2e.support.review_watch", str(film), str(PICTURES)]
    run = subprocess.run(command, env=env, capture_output=True, text=True, timeout=LONGEST_S, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    told = json.loads(run.stdout)
    assert [name for name, is_so in told.items() if not is_so] == [], told
