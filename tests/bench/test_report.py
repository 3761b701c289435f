"""The bench's arithmetic, on made-up measurements: what it would publish and what it would complain about."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.measure import Measurement, missing_frames
from tests.bench.report import BEGIN, END, FFMPEG, NGINX, OURS, broken_promises, markdown, rows, write_into
from tests.bench.usage import Usage


def measured(
    peer: str, cpu_ms_per_s: float, *, round_number: int = 0, rss_mib: float = 30, missing: int = 0
) -> Measurement:
    usage = Usage(cpu_ms_per_s=cpu_ms_per_s, peak_pss_mib=rss_mib / 2, peak_rss_mib=rss_mib, threads=1)
    return Measurement(
        peer=peer,
        destinations=8,
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
    assert missing_frames([0, 33, 67, 100]) == 0
    assert missing_frames([0, 33, 133, 167]) == 2


def test_the_table_replaces_only_what_stands_between_the_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
    text = markdown(rows([measured(OURS, 10)]), rounds=1, window_s=8)

    write_into(page, text)

    assert page.read_text() == f"before\n{BEGIN}\n{text}\n{END}\nafter\n"
    assert "| 8 | PowerStream | 10.00 | – | – |" in text
