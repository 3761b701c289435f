from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.common.camera_protocol import (
    CAMERA_COMMANDS,
    CAMERA_REPORTS,
    CameraBeat,
    CameraCommand,
    CameraLost,
    CameraOpened,
    CameraReady,
    CameraReport,
    OpenCamera,
    StopCamera,
)
from powerstream_desktop.common.errors import BugError, Fault, PeerError

NUMBER = st.integers(0, 10_000)
COMMANDS = st.one_of(
    st.just(StopCamera()),
    st.builds(
        OpenCamera,
        address=st.text(),
        ring_folder=st.text(),
        ring_name=st.text(),
        width=NUMBER,
        height=NUMBER,
        fps=NUMBER,
        known_devices=st.lists(st.text()).map(tuple),
    ),
)
REPORTS = st.one_of(
    st.just(CameraReady()),
    st.builds(CameraOpened, width=NUMBER, height=NUMBER),
    st.builds(CameraLost, title=st.text(), hint=st.text(), fault=st.sampled_from(Fault)),
    st.builds(
        CameraBeat,
        frames=NUMBER,
        fps=st.floats(0, 240),
        width=NUMBER,
        height=NUMBER,
        idle_ms=NUMBER,
        unchanged_ms=NUMBER,
    ),
)


@given(COMMANDS)
def test_every_command_comes_out_as_it_went_in(command: CameraCommand) -> None:
    line = CAMERA_COMMANDS.encode(command)
    assert line.count(b"\n") == 1
    assert CAMERA_COMMANDS.decode(line) == command


@given(REPORTS)
def test_every_report_comes_out_as_it_went_in(report: CameraReport) -> None:
    line = CAMERA_REPORTS.encode(report)
    assert line.count(b"\n") == 1
    assert CAMERA_REPORTS.decode(line) == report


def test_a_report_of_a_loss_carries_the_sentence_and_not_the_detail() -> None:
    error = PeerError("It does not answer.", hint="Is it on?", detail="http://u:p@camera")
    line = CAMERA_REPORTS.encode(CameraLost.of(error))
    assert json.loads(line) == {
        "type": "lost", "title": "It does not answer.", "hint": "Is it on?", "fault": "peer",
    }  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b'{"type":"opened"}',
        b'{"type":"open","address":"rtsp://u:hunter2@c"}',
        b'{"type":"stop","x":1}',
    ],
)
def test_a_line_that_is_no_command_is_our_own_fault_and_is_not_quoted(line: bytes) -> None:
    with pytest.raises(BugError) as failure:
        CAMERA_COMMANDS.decode(line)
    assert "hunter2" not in f"{failure.value} {failure.value.detail}"
    assert failure.value.__cause__ is None


@pytest.mark.parametrize(
    "line",
    [
        b"x",
        b'{"type":"open"}',
        b'{"type":"opened","width":1}',
        b'{"type":"lost","title":"","hint":"","fault":"?"}',
    ],
)
def test_a_line_that_is_no_report_is_our_own_fault(line: bytes) -> None:
    with pytest.raises(BugError):
        CAMERA_REPORTS.decode(line)


def test_an_address_does_not_show_in_a_commands_text() -> None:
    command = OpenCamera(address="rtsp://u:hunter2@camera/", ring_folder="/run", ring_name="camera-1")
    assert "hunter2" not in repr(command)
