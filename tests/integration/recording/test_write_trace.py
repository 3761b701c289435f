"""Every way a recording can be cut short, replayed from the trace of its writes (reliability_security.md 1.3, 1.7).

The disk in memory notes each write and each sync. A kill leaves a prefix of the writes, the last one perhaps torn; a power
cut leaves everything before the last sync and any subset of what came after it. All of them are built and opened.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from powerstream_desktop.recording.muxer import FRAGMENT_MS
from powerstream_desktop.rtmp.packet import MediaKind
from tests.integration.recording.clips import X264_B_FRAMES, flv_clip, packets_of, play
from tests.integration.recording.write_trace import (
    POWER_LOSS_MS,
    Trace,
    lost_ms,
    power_cut_states,
    readable_ms,
    traced,
)
from tests.unit.recording.fakes import Synced, Written, replayed

FRAME_MS = 34
KILL_LOSS_MS = FRAGMENT_MS + 4 * FRAME_MS
"""A fragment, the frame that would have closed it, the ones that the muxer and libavformat hold back, and rounding."""
SECTOR = 512
PAGE = 4096

CLIPS = {
    "Mbit/s": packets_of(flv_clip(seconds=4)),
    "still": packets_of(flv_clip(seconds=4, noise=0)),
    "B-frames": packets_of(flv_clip(seconds=4, options=X264_B_FRAMES, noise=8)),
}


@pytest.fixture(params=list(CLIPS))
def trace(request: pytest.FixtureRequest, tmp_path: Path) -> Trace:
    return traced(CLIPS[request.param], tmp_path)


def test_after_a_kill_between_any_two_writes_the_file_plays_to_the_last_fragment(trace: Trace) -> None:
    for count in range(1, len(trace.steps) + 1):
        given_ms = trace.given_ms[min(count, len(trace.steps) - 1)]  # up to just before the next write
        assert lost_ms(replayed(trace.steps[:count]), given_ms) <= KILL_LOSS_MS


def test_after_a_kill_in_the_middle_of_any_write_the_file_plays_to_the_last_whole_fragment(
    trace: Trace,
) -> None:
    *torn_steps, patch, _ = enumerate(trace.steps)
    assert isinstance(patch[1], Written)
    assert patch[1].position // SECTOR == (patch[1].position + 7) // SECTOR  # its 8 bytes cannot be torn
    for count, step in torn_steps:
        if not isinstance(step, Written):
            continue
        cuts = {
            *range(1, len(step.data), max(1, len(step.data) // 16)),
            *range(1, min(len(step.data), 600), 37),
        }
        for cut in cuts:
            content = replayed([*trace.steps[:count], Written(step.position, step.data[:cut])])
            assert lost_ms(content, trace.given_ms[count]) <= KILL_LOSS_MS


def test_a_kill_at_any_point_of_closing_loses_no_more_than_one_while_recording(trace: Trace) -> None:
    whole_ms = readable_ms(replayed(trace.steps))
    for count in range(trace.closing, len(trace.steps) + 1):
        assert whole_ms - readable_ms(replayed(trace.steps[:count])) <= KILL_LOSS_MS
    last_fragment = next(
        count
        for count in range(trace.closing, len(trace.steps))
        if readable_ms(replayed(trace.steps[:count])) == whole_ms
    )
    for count in range(last_fragment, len(trace.steps) + 1):
        assert readable_ms(replayed(trace.steps[:count])) == whole_ms


def test_after_a_power_cut_at_any_instant_the_file_opens_without_repair_and_lacks_two_seconds_at_most(
    trace: Trace,
) -> None:
    states = 0
    for count in range(1, len(trace.steps) + 1):
        given_ms = trace.given_ms[min(count, len(trace.steps) - 1)]
        for state in power_cut_states(trace.steps[:count]):
            states += 1
            assert lost_ms(replayed(state), given_ms) <= POWER_LOSS_MS
    assert states > 50


def test_a_lost_page_among_the_pending_writes_does_no_more_harm(trace: Trace) -> None:
    for count in range(1, len(trace.steps)):
        last = trace.steps[count - 1]
        if not isinstance(last, Written) or len(last.data) <= 8:
            continue
        for start in {0, len(last.data) // PAGE // 2 * PAGE, (len(last.data) - 1) // PAGE * PAGE}:
            page = last.data[start : start + PAGE]
            damaged = Written(last.position, last.data[:start] + bytes(len(page)) + last.data[start + PAGE :])
            content = replayed([*trace.steps[: count - 1], damaged])
            assert lost_ms(content, trace.given_ms[count]) <= POWER_LOSS_MS


def test_one_sync_parts_the_index_from_the_patch_that_makes_it_count(trace: Trace) -> None:
    closing = trace.steps[trace.closing :]
    *appended, barrier, patch, final = closing
    assert all(isinstance(step, Written) for step in appended)
    assert isinstance(barrier, Synced)
    assert isinstance(patch, Written)
    assert patch.data[4:] == b"mdat"
    assert len(patch.data) == 8
    assert isinstance(final, Synced)


def test_without_that_sync_a_power_cut_could_leave_a_file_that_only_a_repair_opens(trace: Trace) -> None:
    """The only state that needs the repair of reliability_security.md 0.3; the sync makes it impossible."""
    index = max(
        count for count, step in enumerate(trace.steps) if isinstance(step, Written) and len(step.data) > 8
    )
    patch = next(step for step in reversed(trace.steps) if isinstance(step, Written))
    without_index = replayed([*trace.steps[:index], patch])
    assert readable_ms(without_index) == -1
    placeholder = Written(patch.position, replayed(trace.steps[: trace.closing])[patch.position :][:8])
    repaired = replayed([*trace.steps[:index], patch, placeholder])
    assert readable_ms(repaired) == readable_ms(replayed(trace.steps))


def test_both_tracks_are_in_the_first_fragment(trace: Trace) -> None:
    first = next(
        count for count in range(1, len(trace.steps)) if readable_ms(replayed(trace.steps[:count])) >= 0
    )
    assert set(play(replayed(trace.steps[:first]))) == {MediaKind.VIDEO, MediaKind.AUDIO}
    assert trace.given_ms[first] <= 2 * FRAGMENT_MS
