"""Trying and measuring encoders in processes of their own: real ones, and some that hang, crash and talk nonsense."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.engine.encoders import probe
from powerstream_desktop.engine.encoders.catalogue import EncoderKind, kind_named
from powerstream_desktop.engine.encoders.probe import EncoderProbe, run_self_test
from powerstream_desktop.engine.video_settings import Codec, VideoSettings

pytestmark = pytest.mark.exacting

SETTINGS = VideoSettings(width=320, height=180)
X264, NVENC, QSV = kind_named("libx264"), kind_named("h264_nvenc"), kind_named("h264_qsv")


def script(code: str) -> tuple[str, ...]:
    """Return a command that runs ``code`` in place of the real process; it sees the same arguments."""
    return (sys.executable, "-c", code)


def test_what_works_and_what_does_not_is_found_side_by_side() -> None:
    works, refuses = EncoderProbe(limit_s=30.0).probe([X264, NVENC], SETTINGS)
    assert (works.name, works.works) == ("libx264", True)
    assert (refuses.name, refuses.works) == ("h264_nvenc", False)
    assert "refused" in refuses.why
    assert not refuses.is_silent


def test_a_driver_that_hangs_is_killed_when_the_time_is_up() -> None:
    began_s = time.monotonic()
    found = EncoderProbe(script("import time; time.sleep(60)"), limit_s=0.2).probe([NVENC, QSV], SETTINGS)
    assert time.monotonic() - began_s < 10
    assert [each.works for each in found] == [False, False]
    assert found[0].why == "It did not answer within 0 s."
    assert all(each.is_silent for each in found)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no signals")
@pytest.mark.allow_warning_logs
def test_a_driver_that_holds_on_even_then_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """As a process inside a driver looks from outside: it is killed, and its output does not end."""
    monkeypatch.setattr(probe, "KILL_S", 0.1)
    heir = tmp_path / "pid"
    command = ("/bin/sh", "-c", f"sleep 50 & echo $! > {heir}; exec sleep 50")
    (found,) = EncoderProbe(command, limit_s=1.0).probe([NVENC], SETTINGS)
    assert not found.works
    assert "cannot be killed" in caplog.text
    os.kill(int(heir.read_text()), signal.SIGKILL)
    assert probe._LEFT_BEHIND.pop().communicate()[0] == b""


def test_a_driver_that_crashes_takes_only_itself_along() -> None:
    code = 'import os, sys; \'qsv\' in sys.argv[2] and os.abort(); print(\'{"name": "h264_nvenc", "works": true}\')'
    works, crashes = EncoderProbe(script(code)).probe([NVENC, QSV], SETTINGS)
    assert works.works
    assert not crashes.works
    assert crashes.why.startswith("Trying it ended its process (exit code")


@pytest.mark.parametrize("answer", ["", "nonsense", "[]", '{"works": true}'])
def test_an_answer_that_is_none_counts_as_no(answer: str) -> None:
    (found,) = EncoderProbe(script(f"print({answer!r})")).probe([NVENC], SETTINGS)
    assert not found.works


def test_a_process_that_cannot_be_started_counts_as_no() -> None:
    (found,) = EncoderProbe(("/nonexistent/program",)).probe([NVENC], SETTINGS)
    assert (found.works, found.why) == (False, "Its process cannot be started.")


def test_each_codec_is_tried_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EncoderKind, "is_plausible", lambda kind: kind.av_name.endswith("nvenc"))
    tried = EncoderProbe(script('print(\'{"name": "h264_nvenc", "works": true}\')'))
    first = tried.hardware(SETTINGS)
    assert [each.name for each in first] == ["h264_nvenc"]
    assert tried.hardware(VideoSettings(width=720, height=1280)) is first
    assert tried.hardware(VideoSettings(codec=Codec.AV1)) is not first


def test_the_self_test_judges_every_size_and_rate_within_its_time() -> None:
    began_s = time.monotonic()
    lines = run_self_test(limit_s=0.6)
    assert time.monotonic() - began_s < 10
    assert len(lines) == 8
    assert {line.encoder for line in lines} == {"libx264"}
    shares = [line.processor_share for line in lines]
    assert 0 < shares[0] < shares[1] < shares[-1]


def test_an_encoder_that_cannot_be_measured_is_told_as_a_fault_of_the_system() -> None:
    with pytest.raises(SystemFault, match="h264_nvenc could not be measured"):
        run_self_test("h264_nvenc", limit_s=0.2)


def test_a_self_test_that_hangs_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe, "encoders_command", lambda: script("import time; time.sleep(60)"))
    monkeypatch.setattr(probe, "_SELF_TEST_SLACK_S", 0.1)
    with pytest.raises(SystemFault, match="could not be measured"):
        run_self_test(limit_s=0.1)


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("prove", "libx264"),
        ("prove", "no-such", "{}"),
        ("prove", "libx264", "{}"),
        ("self-test", "libx264", "x"),
    ],
)
def test_wrong_use_is_told_by_the_exit_code_and_answers_nothing(arguments: tuple[str, ...]) -> None:
    done = subprocess.run(
        (*probe.encoders_command(), *arguments), capture_output=True, timeout=30, check=False
    )
    assert (done.returncode, done.stdout) == (2, b"")
