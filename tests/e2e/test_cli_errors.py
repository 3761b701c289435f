"""Wrong use is answered at once, with one sentence and exit code 2, and never with a traceback.

Here whole processes are asked, once for each place at which a command notices; every sentence is read in
tests/unit/cli/test_wrong_use.py.
"""

from __future__ import annotations

import os
import socket
import subprocess
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.support.live_broadcast import POWERSTREAM, Target, environment, write_destinations
from tests.e2e.support.ports import LOOPBACK

pytestmark = pytest.mark.e2e

PATIENCE_S = 3.0
"""Of the processor's time: a busy machine is no finding. What hangs is cut after ``HANG_S``."""
HANG_S = 15.0
KEY = "live_4821_canaryKQ7"
SERVER_URL = f"rtmp://{LOOPBACK}:1/live"
"""Nobody listens there; no command of this file gets so far as to ask."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command said, and how it ended."""

    exit_code: int
    out: str
    err: str
    worked_s: float


def run(folder: Path, *arguments: str, display: str | None = None) -> Answer:
    env = {**os.environ, **environment(folder / "home")}
    env.pop("DISPLAY", None)
    if display is not None:
        env["DISPLAY"] = display
    worked_before_s = worked_by_children_s()
    ended = subprocess.run(
        [*POWERSTREAM, *arguments],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=HANG_S,
        check=False,
    )
    return Answer(ended.returncode, ended.stdout, ended.stderr, worked_by_children_s() - worked_before_s)


def worked_by_children_s() -> float:
    times = os.times()
    return times.children_user + times.children_system


def live(folder: Path, *options: str, source: str = "test", destinations: str = "good.json") -> Answer:
    write_destinations(folder / "good.json", [Target("Mine", SERVER_URL, KEY)])
    return run(folder, "live", "--source", source, "--destinations", destinations, *options)


def assert_refused(answer: Answer, *words: str) -> None:
    lines = answer.err.splitlines()
    assert len(lines) == 1, answer.err
    assert lines[0].startswith("powerstream: ")
    assert lines[0].endswith((".", "]"))  # a sentence, or an example of a destinations file
    for word in words:
        assert word in lines[0]
    assert answer.exit_code == 2
    assert answer.out == ""
    assert KEY not in answer.err
    assert answer.worked_s < PATIENCE_S


def test_an_unknown_protocol_is_named(tmp_path: Path) -> None:
    write_destinations(tmp_path / "bad.json", [Target("Mine", "srt://127.0.0.1/live", KEY)])

    assert_refused(live(tmp_path, destinations="bad.json"), "'Mine': The protocol srt is not supported.")


def test_a_file_without_a_picture_is_refused(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "sound.wav"), "wb") as sound:
        sound.setnchannels(2)
        sound.setsampwidth(2)
        sound.setframerate(48_000)
        sound.writeframes(bytes(48_000))

    assert_refused(live(tmp_path, source="sound.wav"), "'sound.wav' has no video.")


def test_a_file_that_is_no_media_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.mp4").write_text("Dear reader,\n")

    assert_refused(live(tmp_path, source="letter.mp4"), "'letter.mp4' is not a media file")


@pytest.mark.parametrize(
    ("display", "words"),
    [
        ((), ["There is no display to capture: DISPLAY is not set."]),
        (("--display", ":9871"), ["The display :9871 cannot be reached."]),
        (("--display", "the left one"), ["'the left one' is not the name of a display."]),
    ],
)
def test_a_screen_that_is_not_there_is_refused(
    tmp_path: Path, display: Sequence[str], words: list[str]
) -> None:
    assert_refused(live(tmp_path, *display, source="screen"), *words)


@pytest.mark.parametrize("folder", ["occupied", "occupied/below"])
def test_a_recording_folder_that_cannot_be_one_is_refused(tmp_path: Path, folder: str) -> None:
    (tmp_path / "occupied").touch()

    answer = live(tmp_path, "--record", folder)

    assert_refused(answer, f"The recording folder {folder} is not a folder.")


@pytest.mark.skipif(
    not Path("/sys/kernel").exists(), reason="needs sysfs, where not even root can make a folder"
)
def test_a_recording_folder_that_cannot_be_written_to_is_refused(tmp_path: Path) -> None:
    assert_refused(live(tmp_path, "--record", "/sys/powerstream"), "cannot be written to")


def test_a_home_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home").touch()

    assert_refused(live(tmp_path), f"The folder {tmp_path}/home/", "set POWERSTREAM_HOME")


def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    write_destinations(tmp_path / "good.json", [Target("Mine", SERVER_URL, KEY)])
    with socket.create_server((LOOPBACK, 0)) as taken:
        listen = f"{LOOPBACK}:{taken.getsockname()[1]}"
        answer = run(tmp_path, "relay", "--listen", listen, "--destinations", "good.json", "--json")

    assert_refused(answer, f"Port {listen.rpartition(':')[2]} on {LOOPBACK} is in use.", "--listen")
