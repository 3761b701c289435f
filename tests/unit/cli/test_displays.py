from __future__ import annotations

import json
from typing import TYPE_CHECKING

from powerstream_desktop.cli.displays import JsonDisplay, PlainDisplay, TableDisplay, chosen_display
from powerstream_desktop.common.errors import Fault
from powerstream_desktop.engine.control.reports import Failed
from powerstream_desktop.engine.life_cycle import EngineSnapshot, EngineState
from powerstream_desktop.platforms.causes import explain
from powerstream_desktop.platforms.failures import Failure, FailureKind
from powerstream_desktop.platforms.findings import Finding, Severity
from powerstream_desktop.recording.snapshot import RecordingCause, RecordingSnapshot
from powerstream_desktop.recording.states import RecordingState
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.service.broadcast.states import BroadcastState
from tests.unit.cli.snapshots import broadcast, destination

if TYPE_CHECKING:
    import pytest

CUT = explain(Failure(FailureKind.RESET), "Mine")
LOST = destination(
    state=DestinationState.RETRYING,
    attempt=2,
    retry_in_s=3.0,
    cause=CUT,
)
FULL = RecordingSnapshot(
    state=RecordingState.FAILED,
    cause=RecordingCause(fault=Fault.SYSTEM, title="The disk is full.", hint="Free some space."),
)
DEAD = EngineSnapshot(
    state=EngineState.FAILED,
    since_s=0.0,
    starts=1,
    failure=Failed(title="The encoder refused to work.", hint="", fault=Fault.SYSTEM),
    retry_at_s=1.0,
)


def test_a_pipe_gets_text_unless_json_is_asked_for() -> None:
    assert isinstance(chosen_display(as_json=False), PlainDisplay)
    assert isinstance(chosen_display(as_json=True), JsonDisplay)


def test_plain_text_has_a_line_for_each_change_and_none_for_the_rest(
    capsys: pytest.CaptureFixture[str],
) -> None:
    plain = PlainDisplay()
    for lights in (destination(), destination(), LOST, LOST, destination()):
        plain.show(broadcast(lights))
    assert capsys.readouterr().out.splitlines() == [
        "00:00:05  ● Mine live",
        f"00:00:05  ◐ Mine reconnecting, try 2 in 3 s: {CUT.sentence} {CUT.remedy}",
        "00:00:05  ● Mine live",
    ]


def test_at_the_end_plain_text_does_not_say_of_each_destination_that_it_stops(
    capsys: pytest.CaptureFixture[str],
) -> None:
    plain = PlainDisplay()
    plain.show(broadcast(destination()))
    plain.show(broadcast(destination(state=DestinationState.STOPPED), state=BroadcastState.ENDING))
    assert capsys.readouterr().out.splitlines() == ["00:00:05  ● Mine live"]


def test_plain_text_says_of_a_destination_that_the_user_stops_that_it_is_off(
    capsys: pytest.CaptureFixture[str],
) -> None:
    PlainDisplay().show(broadcast(destination(state=DestinationState.STOPPED)))
    assert capsys.readouterr().out.splitlines() == ["00:00:05  ○ Mine stopped"]


def test_plain_text_tells_once_what_no_light_shows(capsys: pytest.CaptureFixture[str]) -> None:
    plain = PlainDisplay()
    for _ in range(2):
        plain.show(broadcast(recording=FULL, engine=DEAD, engine_troubles=("The display :0 is gone.",)))
    assert capsys.readouterr().out.splitlines() == [
        "00:00:05  ✖ NOT RECORDING: The disk is full. Free some space.",
        "00:00:05  ◐ engine: The encoder refused to work. It is being started again.",
        "00:00:05  ▲ engine: The display :0 is gone.",
    ]


def test_plain_text_tells_a_trouble_again_that_comes_back(capsys: pytest.CaptureFixture[str]) -> None:
    plain = PlainDisplay()
    for troubles in (("Gone.",), (), ("Gone.",)):
        plain.show(broadcast(engine_troubles=troubles))
    assert capsys.readouterr().out.splitlines() == ["00:00:05  ▲ engine: Gone."] * 2


def test_plain_text_says_where_an_encoder_is_awaited(capsys: pytest.CaptureFixture[str]) -> None:
    PlainDisplay().show(broadcast(state=BroadcastState.STARTING, publishing=False))
    assert "publish to rtmp://127.0.0.1:1935/live" in capsys.readouterr().out


def test_plain_text_says_that_an_encoder_has_vanished(capsys: pytest.CaptureFixture[str]) -> None:
    PlainDisplay().show(broadcast(state=BroadcastState.BRIDGING, bridging_s=3.0))
    assert "▲ bridging: the encoder is gone; platforms are kept" in capsys.readouterr().out


def test_plain_text_says_why_an_encoder_is_awaited_again(capsys: pytest.CaptureFixture[str]) -> None:
    sentence = "The encoder did not come back for 300 s."
    PlainDisplay().show(broadcast(state=BroadcastState.STARTING, publishing=False, last_end=sentence))
    assert sentence in capsys.readouterr().out


NOTICE = Finding(
    severity=Severity.ERROR, code="not-read", sentence="It stays \x1b[31mas it is.", remedy="Look at it."
)


def test_plain_text_tells_a_notice_once_and_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    plain = PlainDisplay()
    plain.tell(NOTICE)
    plain.show(broadcast())
    assert capsys.readouterr().out.splitlines() == ["✖ It stays �[31mas it is. Look at it."]


def test_json_tells_a_notice_as_an_object_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    JsonDisplay().tell(NOTICE)
    assert json.loads(capsys.readouterr().out) == {
        "type": "notice",
        "severity": "error",
        "code": "not-read",
        "message": "It stays \x1b[31mas it is.",
        "hint": "Look at it.",
        "destination": None,
    }


def test_the_table_makes_room_for_a_notice(capsys: pytest.CaptureFixture[str]) -> None:
    table = TableDisplay()
    with table.opened():
        table.show(broadcast(destination("Mine")))
        table.tell(NOTICE)
    assert "✖ It stays �[31mas it is. Look at it." in capsys.readouterr().out


def test_a_light_that_nothing_is_planned_for_counts_no_tries(capsys: pytest.CaptureFixture[str]) -> None:
    PlainDisplay().show(broadcast(destination(state=DestinationState.REJECTED, attempt=1)))
    assert capsys.readouterr().out.splitlines() == ["00:00:05  ✖ Mine rejected"]


def test_json_is_one_line_of_ascii_whatever_the_names(capsys: pytest.CaptureFixture[str]) -> None:
    JsonDisplay().show(broadcast(destination("Kanal ö\N{GRINNING FACE}")))
    [line] = capsys.readouterr().out.splitlines()
    assert line.isascii()
    assert json.loads(line)["destinations"][0]["name"] == "Kanal ö\N{GRINNING FACE}"
