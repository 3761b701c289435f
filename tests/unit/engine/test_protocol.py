from __future__ import annotations

import json
import subprocess
import sys

import pytest

from powerstream_desktop.common.errors import BugError, Fault, SystemFault, UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine.config import EngineConfig, Latency, Region, SoundChoice
from powerstream_desktop.engine.protocol import (
    ENGINE_COMMANDS,
    ENGINE_REPORTS,
    Disconnected,
    EngineCommand,
    EngineReport,
    Failed,
    ForceKeyframe,
    Publishing,
    SetBitrate,
    SlateReady,
    SourceBack,
    SourceLost,
    Start,
    Started,
    Stats,
    Stop,
    Stopped,
)

KEY = "key-that-must-not-leak"
CONFIG = EngineConfig(
    source="screen",
    publish_url="rtmp://127.0.0.1:1935/live",
    publish_key=Secret(KEY),
    display=":5",
    region=Region(x=10, y=20, width=640, height=360),
    width=640,
    height=360,
    fps=25,
    video_bitrate_kbps=2500,
    latency=Latency.LOW,
    sound=SoundChoice.TONE,
)
STATS = Stats(
    program_s=1.5,
    frames_made=45,
    frames_repeated=1,
    frames_skipped=2,
    frames_dropped=3,
    encode_mean_ms=4.5,
    encode_max_ms=9.25,
    queue_ms=33,
    capture_fps=29.9,
    video_kbps=4500.5,
    video_target_kbps=4500,
)
COMMANDS: list[EngineCommand] = [Start(config=CONFIG), Stop(), ForceKeyframe(), SetBitrate(video_kbps=1800)]
REPORTS: list[EngineReport] = [
    Started(source="file \u201cgrün\u2028.mp4\u201d", width=1280, height=720, fps=30),
    STATS,
    SourceLost(title="The display :0 cannot be reached."),
    SourceBack(),
    Publishing(connects=2),
    Disconnected(title="The relay cannot be reached.", retry_in_s=0.25),
    SlateReady(path="/run/user/1000/powerstream/slate.flv"),
    Failed(title="There is no file.", hint="Check the path.", fault=Fault.USER),
    Stopped(frames_made=300, frames_skipped=0),
]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda value: type(value).__name__)
def test_every_command_survives_the_way_as_one_line(command: EngineCommand) -> None:
    line = ENGINE_COMMANDS.encode(command)
    assert line.count(b"\n") == 1
    assert ENGINE_COMMANDS.decode(line) == command


def test_a_malformed_command_is_a_bug() -> None:
    with pytest.raises(BugError, match="malformed"):
        ENGINE_COMMANDS.decode(b'{"type":"set_bitrate","kbps":1800}')


@pytest.mark.parametrize("report", REPORTS, ids=lambda value: type(value).__name__)
def test_every_report_survives_the_way_as_one_line(report: EngineReport) -> None:
    line = ENGINE_REPORTS.encode(report)
    assert line.count(b"\n") == 1
    assert ENGINE_REPORTS.decode(line) == report


def test_a_config_without_a_region_survives_the_way() -> None:
    plain = EngineConfig(source="test", publish_url="rtmp://127.0.0.1/live", publish_key=Secret("k-1"))
    assert ENGINE_COMMANDS.decode(ENGINE_COMMANDS.encode(Start(config=plain))) == Start(config=plain)


def test_no_command_shows_the_key_in_its_text() -> None:
    assert all(KEY not in repr(command) for command in COMMANDS)


@pytest.mark.parametrize(
    "line", [b"", b"nonsense", b"[]", b'"stop"', b"{}", b'{"type":"dance"}', b"\xff\xfe"]
)
def test_a_line_that_is_not_ours_is_a_bug(line: bytes) -> None:
    with pytest.raises(BugError):
        ENGINE_COMMANDS.decode(line)
    with pytest.raises(BugError):
        ENGINE_REPORTS.decode(line)


def test_a_broken_start_does_not_show_the_key_in_the_error() -> None:
    whole = ENGINE_COMMANDS.encode(Start(config=CONFIG))
    value = json.loads(whole)
    value["config"]["colour"] = "red"
    for line in (whole[:-20], json.dumps(value).encode(), b'{"type":"start","config":null}'):
        with pytest.raises(BugError) as caught:
            ENGINE_COMMANDS.decode(line)
        assert KEY not in f"{caught.value} {caught.value.detail} {caught.value.__cause__}"


def test_a_start_with_a_wish_that_cannot_be_is_the_users_fault() -> None:
    value = json.loads(ENGINE_COMMANDS.encode(Start(config=CONFIG)))
    value["config"]["fps"] = 0
    with pytest.raises(UserError, match="0 frames"):
        ENGINE_COMMANDS.decode(json.dumps(value).encode())


@pytest.mark.parametrize(
    "line",
    [
        b'{"type":"publishing"}',
        b'{"type":"publishing","connects":1,"more":2}',
        b'{"type":"failed","title":""}',
    ],
)
def test_a_malformed_report_is_a_bug(line: bytes) -> None:
    with pytest.raises(BugError, match="malformed"):
        ENGINE_REPORTS.decode(line)


def test_a_failure_is_reported_without_its_technical_detail() -> None:
    report = Failed.of(SystemFault("The disk is full.", hint="Make room.", detail="errno 28"))
    assert report == Failed(title="The disk is full.", hint="Make room.", fault=Fault.SYSTEM)


def test_the_service_side_loads_neither_pyav_nor_numpy() -> None:
    modules = "powerstream_desktop.service.engine_process, powerstream_desktop.engine.protocol, sys"
    program = f"import {modules}; print({{'av', 'numpy'}} & set(sys.modules))"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"
