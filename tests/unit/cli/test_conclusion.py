from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from powerstream_desktop.cli.conclusion import conclude, went_well
from powerstream_desktop.common.errors import Fault, SystemFault
from powerstream_desktop.platforms.causes import explain
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.platforms.failures import Failure, FailureKind
from powerstream_desktop.recording.snapshot import RecordingCause, RecordingResult
from powerstream_desktop.recording.states import RecordingState
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.relay.snapshot import IngestSnapshot, RelaySnapshot
from powerstream_desktop.service.broadcast.snapshot import BroadcastSummary
from tests.unit.cli.snapshots import destination


def summary(
    *,
    connects: int = 1,
    frames: int = 300,
    portrait_frames: int = 0,
    state: DestinationState = DestinationState.LIVE,
) -> BroadcastSummary:
    ingest = IngestSnapshot(
        publishing=False,
        video_codec="avc1",
        audio_codec="mp4a",
        bitrate_kbps=0,
        frames_received=frames,
        bytes_received=0,
        timeline_folds=0,
    )
    return BroadcastSummary(
        duration_s=10.0,
        relay=RelaySnapshot(
            ingest=ingest,
            renditions={
                Rendition.LANDSCAPE: ingest,
                Rendition.PORTRAIT: dataclasses.replace(ingest, frames_received=portrait_frames),
            },
            destinations=(destination(connects=connects, state=state),),
        ),
        cut_off=(),
        recordings=(),
        receiver=None,
        failure=None,
    )


def test_a_broadcast_that_reached_everybody_to_the_end_went_well() -> None:
    assert went_well(summary())


def test_a_destination_that_was_never_live_is_no_success() -> None:
    assert not went_well(summary(connects=0))


def test_a_destination_that_was_lost_when_the_end_came_is_no_success() -> None:
    assert not went_well(dataclasses.replace(summary(), cut_off=("Channel",)))


def test_a_relay_that_nobody_published_to_did_nothing_wrong() -> None:
    assert went_well(summary(connects=0, frames=0))


def test_a_destination_that_the_user_stopped_before_it_was_live_is_no_failure() -> None:
    assert went_well(summary(connects=0, state=DestinationState.STOPPED))


def test_a_portrait_alone_is_a_broadcast_as_well() -> None:
    assert not went_well(summary(connects=0, frames=0, portrait_frames=10))


def test_a_recording_that_failed_is_no_success() -> None:
    failed = RecordingResult(
        state=RecordingState.FAILED,
        path=Path("show.recording.mp4"),
        parts=(),
        duration_s=1.0,
        size_bytes=1,
        gaps=(),
        dropped_frames=0,
        cause=RecordingCause(fault=Fault.SYSTEM, title="The disk is full.", hint=""),
    )
    assert not went_well(dataclasses.replace(summary(), recordings=(failed,)))


def test_a_broadcast_that_failed_before_anything_came_could_not_begin() -> None:
    failure = SystemFault("There is no display.")
    with pytest.raises(SystemFault, match="There is no display"):
        conclude(dataclasses.replace(summary(connects=0, frames=0), failure=failure), as_json=False)


@pytest.mark.parametrize("as_json", [False, True])
def test_a_broadcast_that_fails_on_the_way_is_summed_up_and_is_no_wrong_use(
    capsys: pytest.CaptureFixture[str], *, as_json: bool
) -> None:
    failure = SystemFault("The encoder did not come back.", hint="Start again.")
    with pytest.raises(SystemExit) as ended:
        conclude(dataclasses.replace(summary(), failure=failure), as_json=as_json)
    printed = capsys.readouterr()
    assert ended.value.code == 1
    assert printed.err == "powerstream: The encoder did not come back. Start again.\n"
    if as_json:
        assert json.loads(printed.out)["error"] == str(failure)
    else:
        assert printed.out.startswith("Broadcast ended after 00:00:10.")


def test_where_no_encoder_came_nobody_is_marked_as_lost(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        conclude(summary(connects=0, frames=0), as_json=False)
    assert ended.value.code == 0
    assert capsys.readouterr().out == "No encoder came, so nothing was sent.\n"


def test_whoever_was_lost_at_the_end_is_marked_and_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    lost = summary()
    [light] = lost.relay.destinations
    light = dataclasses.replace(light, cause=explain(Failure(FailureKind.REFUSED), light.name))
    relay = dataclasses.replace(lost.relay, destinations=(light,))
    with pytest.raises(SystemExit):
        conclude(dataclasses.replace(lost, relay=relay, cut_off=(light.name,)), as_json=False)
    [line] = [each for each in capsys.readouterr().out.splitlines() if light.name in each]
    assert line.startswith(f"  ✖ {light.name}: ")
    assert line.endswith(f"{light.name} does not accept connections on this port.")


@pytest.mark.parametrize(("is_well", "code"), [(True, 0), (False, 1)])
def test_whoever_ran_the_broadcast_has_a_say_in_the_exit_code(
    capsys: pytest.CaptureFixture[str], *, is_well: bool, code: int
) -> None:
    with pytest.raises(SystemExit) as ended:
        conclude(summary(), as_json=True, on_end=lambda _: is_well)
    assert ended.value.code == code
    assert json.loads(capsys.readouterr().out)["ok"] is is_well
