"""What a frame server writes, taken in pieces."""

from __future__ import annotations

from dataclasses import replace

import pytest

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.common.frame_protocol import (
    FRAME_REPORTS,
    FrameLost,
    FrameShown,
    ReportStream,
)

USUAL = FrameShown(number=7, at_us=40, until_us=80, width=2, height=2, stride=8, size_bytes=16)


def shown(**fields: int) -> FrameShown:
    return replace(USUAL, **fields)  # type: ignore[arg-type]


PICTURE = bytes(range(16))
WRITTEN = FRAME_REPORTS.encode(shown()) + PICTURE + FRAME_REPORTS.encode(FrameLost(number=8))


@pytest.mark.parametrize("size", [1, 3, 50, 1000])
def test_pieces_of_any_size_give_the_same_reports(size: int) -> None:
    stream = ReportStream()
    pieces = [WRITTEN[at : at + size] for at in range(0, len(WRITTEN), size)]
    found = [each for piece in pieces for each in stream.take(piece)]
    assert found == [(shown(), PICTURE), (FrameLost(number=8), b"")]


def test_a_picture_waits_for_its_last_byte() -> None:
    stream = ReportStream()
    assert list(stream.take(FRAME_REPORTS.encode(shown()) + PICTURE[:-1])) == []
    assert list(stream.take(PICTURE[-1:])) == [(shown(), PICTURE)]


@pytest.mark.parametrize(
    "wrong", [{"size_bytes": 15}, {"stride": 7}, {"width": 0}, {"height": 100_000}, {"size_bytes": 1 << 40}]
)
def test_a_picture_of_an_impossible_size_is_refused_before_it_is_read(wrong: dict[str, int]) -> None:
    with pytest.raises(BugError):
        list(ReportStream().take(FRAME_REPORTS.encode(shown(**wrong))))


def test_a_line_without_end_is_refused() -> None:
    with pytest.raises(BugError):
        list(ReportStream().take(b"x" * 100_000))
