"""R03: the power goes, and of the writes after the last sync any may be missing."""

from __future__ import annotations

from pathlib import Path

from powerstream_desktop.recording.left_behind import recover_left_behind
from powerstream_desktop.recording.recovery import look_into
from tests.integration.recording.clips import X264_B_FRAMES, X264_PLAIN, flv_clip, packets_of
from tests.integration.recording.write_trace import POWER_LOSS_MS, lost_ms, power_cut_states, traced
from tests.reliability.campaign import Campaign, Verdict
from tests.unit.recording.fakes import replayed

SECONDS = 6


def play_power_cuts(cases: int, folder: Path) -> Verdict:
    """Each case is a recording; all its instants are cut."""
    states, repaired, most_ms = 0, 0, 0.0
    broken = []
    for number in range(cases):
        place = folder / str(number)
        place.mkdir()
        flv = flv_clip(
            seconds=SECONDS,
            options=X264_B_FRAMES if number % 2 else X264_PLAIN,
            noise=(0, 8, 40)[number % 3],
            gop_s=(0.5, 1, 2, 4)[number % 4],
        )
        trace = traced(packets_of(flv), place)
        for count in range(1, len(trace.steps) + 1):
            given_ms = trace.given_ms[min(count, len(trace.steps) - 1)]
            for state in power_cut_states(trace.steps[:count]):
                states += 1
                content = replayed(state)
                lost = lost_ms(content, given_ms)
                most_ms = max(most_ms, lost)
                if lost > POWER_LOSS_MS:
                    broken.append(f"recording {number}, write {count}: {lost:.0f} ms")
        content = replayed(trace.steps[: trace.closing])
        left = place / "cut.recording.mp4"
        left.write_bytes(content)
        repaired += recover_left_behind(left, look_into) is not None
    if repaired < cases:
        broken.append(f"{cases - repaired} recordings were not made whole")
    return Verdict(f"{states} states of {cases} recordings lack {most_ms:.0f} ms at most", tuple(broken))


R03 = Campaign(
    "R03",
    "the power goes: any subset of the writes after the last sync",
    "it opens without a repair, and lacks two seconds at most",
    24,
    play_power_cuts,
)
