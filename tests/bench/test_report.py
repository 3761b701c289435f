"""The bench's arithmetic, on made-up measurements: what it would publish and what it would complain about."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.clip import HD, UHD
from tests.bench.latency import Latency
from tests.bench.measure import Measurement, missing_frames
from tests.bench.report import (
    FFMPEG,
    NGINX,
    OURS,
    broken_promises,
    cost_table,
    latency_table,
    rows,
    write_into,
)
from tests.bench.scenario import Scenario
from tests.bench.usage import Usage


def measured(
    peer: str,
    cpu_ms_per_s: float,
    *,
    round_number: int = 0,
    rss_mib: float = 30,
    missing: int = 0,
    clip: str = HD.name,
    destinations: int = 8,
) -> Measurement:
    usage = Usage(cpu_ms_per_s=cpu_ms_per_s, peak_pss_mib=rss_mib / 2, peak_rss_mib=rss_mib, threads=1)
    return Measurement(
        peer=peer,
        clip=clip,
        destinations=destinations,
        round=round_number,
        usage=usage,
        frames_received=100,
        frames_missing=missing,
    )


def test_a_ratio_is_taken_within_its_round() -> None:
    quiet = [measured(OURS, 10), measured(NGINX, 10)]
    noisy = [measured(OURS, 40, round_number=1), measured(NGINX, 20, round_number=1)]
    usual = [measured(OURS, 12, round_number=2), measured(NGINX, 10, round_number=2)]

    ours = next(row for row in rows([*quiet, *noisy, *usual]) if row.peer == OURS)

    assert ours.of_nginx == pytest.approx(1.2)
    assert ours.cpu_ms_per_s == 12


def test_kept_promises_are_not_complained_about() -> None:
    assert broken_promises(rows([measured(OURS, 10), measured(NGINX, 8), measured(FFMPEG, 21)])) == []


@pytest.mark.parametrize(
    ("ours", "complaint"),
    [
        (measured(OURS, 10.1), "1.26 times nginx-rtmp's"),
        (measured(OURS, 10.0, rss_mib=64), "64 MiB with 8 destinations"),
        (measured(OURS, 10.0, missing=1), "1 frames did not reach"),
    ],
)
def test_a_broken_promise_is_named(ours: Measurement, complaint: str) -> None:
    [sentence] = broken_promises(rows([ours, measured(NGINX, 8), measured(FFMPEG, 21)]))

    assert complaint in sentence


def test_half_of_ffmpeg_is_too_much() -> None:
    [sentence] = broken_promises(rows([measured(OURS, 10), measured(FFMPEG, 20)]))

    assert "0.50 times ffmpeg's" in sentence


def test_holes_in_the_frame_times_are_counted() -> None:
    assert missing_frames([0, 33, 67, 100], HD.frame_ms) == 0
    assert missing_frames([0, 33, 133, 167], HD.frame_ms) == 2
    assert missing_frames([0, 17, 33, 67], UHD.frame_ms) == 1


def test_clips_are_not_compared_with_each_other() -> None:
    table = rows([measured(OURS, 30, clip=UHD.name), measured(NGINX, 10)])

    assert [row.of_nginx for row in table if row.peer == OURS] == [None]
    assert broken_promises(table) == []


def test_a_destination_second_is_the_share_of_one_destination() -> None:
    [row] = rows([measured(OURS, 32, destinations=64)])

    assert row.us_per_destination_s == pytest.approx(500)


def waited(p99_ms: float, destinations: int = 8) -> Latency:
    return Latency(
        clip=HD.name,
        destinations=destinations,
        paced=True,
        pictures=240,
        p50_ms=0.5,
        p99_ms=p99_ms,
        max_ms=9.0,
        dropped=0,
    )


def test_a_late_picture_in_a_hundred_breaks_the_promise_for_eight_destinations_only() -> None:
    assert broken_promises([], [waited(4.9), waited(20.0, destinations=64)]) == []
    [sentence] = broken_promises([], [waited(5.0)])
    assert "5.0 ms for its last of 8 destinations" in sentence


def test_nobody_is_always_measured_first() -> None:
    scenario = Scenario(clip=HD, destinations=8, peers=("a", "b", "c"))

    assert {scenario.peers_in_turn(number)[0] for number in range(3)} == {"a", "b", "c"}


def test_a_table_replaces_only_what_stands_between_its_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "before\n<!-- costs: begin -->\nold\n<!-- costs: end -->\nafter\n"
        "<!-- latency: begin --><!-- latency: end -->"
    )
    costs = cost_table(rows([measured(OURS, 10)]), rounds=1, window_s=8)
    waits = latency_table([waited(1.25)])

    write_into(page, "costs", costs)
    write_into(page, "latency", waits)

    assert page.read_text() == (
        f"before\n<!-- costs: begin -->\n{costs}\n<!-- costs: end -->\nafter\n"
        f"<!-- latency: begin -->\n{waits}\n<!-- latency: end -->"
    )
    assert "| 1080p30 | 8 | PowerStream | 10.00 | 1250 | – | – |" in costs
    assert "| 1080p30 | 8 | external | 0.50 | 1.25 | 9.00 | 240 |" in waits
