from __future__ import annotations

import dataclasses
from pathlib import Path

from powerstream_desktop.cli.run_broadcast import went_well
from powerstream_desktop.common.errors import Fault
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.recording.snapshot import RecordingCause, RecordingResult
from powerstream_desktop.recording.states import RecordingState
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.relay.snapshot import IngestSnapshot, RelaySnapshot
from powerstream_desktop.service.broadcast import BroadcastSummary
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
