"""The window's player with the real Qt Multimedia, in a process of its own: a playlist over HTTP."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.support.folder_server import FolderServer
from tests.e2e.support.live_broadcast import environment

pytestmark = pytest.mark.e2e

LONGEST_S = 55  # only a guard: it ends by itself before
PICTURES = ("-f", "lavfi", "-i", "testsrc2=s=320x180:r=30")
CODEC = ("-c:v", "libx264", "-preset", "ultrafast", "-g", "30", "-pix_fmt", "yuv420p")
NOBODY = "http://127.0.0.1:9"


def make(*arguments: str) -> None:
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", *arguments], check=True, capture_output=True)


def watched(url: str, home: Path, **variables: str) -> dict[str, Any]:
    """Return what our player saw of a broadcast."""
    env = dict(os.environ) | environment(home) | {"QT_QPA_PLATFORM": "offscreen"} | variables
    command = [sys.executable, "-m", "tests.e2e.support.player_watch", url]
    run = subprocess.run(command, env=env, capture_output=True, text=True, timeout=LONGEST_S, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    told: dict[str, Any] = json.loads(run.stdout)
    return told


def test_a_broadcast_is_seen_paused_left_while_hidden_and_taken_up_again_whatever_proxy_is_set(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "hls"
    folder.mkdir()
    playlist = folder / "index.m3u8"
    segments = ("-f", "hls", "-hls_time", "1", "-hls_list_size", "0", "-hls_segment_type", "fmp4")
    make(*PICTURES, "-t", "12", *CODEC, *segments, str(playlist))
    playlist.write_text(playlist.read_text("utf-8").replace("#EXT-X-ENDLIST\n", ""), "utf-8")
    with FolderServer(folder) as server:
        told = watched(server.url("index.m3u8"), tmp_path, http_proxy=NOBODY, no_proxy="")
    assert [name for name, is_so in told.items() if not is_so] == []
