"""The window's player with the real Qt Multimedia, in a process of its own: a replay's file, and a playlist over HTTP."""

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
FILM = ("-f", "lavfi", "-i", "testsrc2=s=320x180:r=30", "-f", "lavfi", "-i", "sine=r=48000")
CODECS = ("-c:v", "libx264", "-preset", "ultrafast", "-g", "30", "-pix_fmt", "yuv420p", "-c:a", "aac")
NOBODY = "http://127.0.0.1:9"


def make(*arguments: str) -> None:
    subprocess.run(["ffmpeg", "-v", "error", "-nostdin", *arguments], check=True, capture_output=True)


def watched(what: str, home: Path, **variables: str) -> dict[str, Any]:
    """Return what our player saw of a file or an address."""
    env = dict(os.environ) | environment(home) | {"QT_QPA_PLATFORM": "offscreen"} | variables
    command = [sys.executable, "-m", "tests.e2e.support.player_watch", what]
    run = subprocess.run(command, env=env, capture_output=True, text=True, timeout=LONGEST_S, check=False)
    assert run.returncode == 0, run.stderr[-2000:]
    told: dict[str, Any] = json.loads(run.stdout)
    return told


def test_a_replay_waits_plays_pauses_seeks_rests_while_hidden_ends_and_plays_again(tmp_path: Path) -> None:
    film = tmp_path / "Show #1 100% ünïcode?.mp4"
    make(*FILM, "-t", "40", *CODECS, str(film))
    told = watched(str(film), tmp_path)
    assert [name for name, is_so in told.items() if not is_so] == []
    assert told["states"][:3] == ["offered", "loading", "playing"]


def test_a_broadcast_is_seen_left_while_hidden_and_taken_up_again_whatever_proxy_is_set(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "hls"
    folder.mkdir()
    playlist = folder / "index.m3u8"
    segments = ("-f", "hls", "-hls_time", "1", "-hls_list_size", "0", "-hls_segment_type", "fmp4")
    make(*FILM[:4], "-t", "12", *CODECS[:8], *segments, str(playlist))
    playlist.write_text(playlist.read_text("utf-8").replace("#EXT-X-ENDLIST\n", ""), "utf-8")
    with FolderServer(folder) as server:
        told = watched(server.url("index.m3u8"), tmp_path, http_proxy=NOBODY, no_proxy="")
    assert [name for name, is_so in told.items() if not is_so] == []
