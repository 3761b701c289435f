"""Clips as the service has them made: by a confined process that reads one file and writes into one folder."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.library.clips.cut_request import DRAFT_NAME, ClipMode, CutRequest, CutResult
from powerstream_desktop.library.workshop.jobs import GIB, Job
from powerstream_desktop.library.workshop.words import JobLimits
from powerstream_desktop.library.workshop.workshop import Workshop
from tests.integration.library.stamped_film import watch, write_film

LIMITS = JobLimits(memory_bytes=4 * GIB, processor_s=60, file_bytes=GIB, patience_s=120.0)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_film(tmp_path_factory.mktemp("film") / "film.mp4", 6)


def made(film: Path, folder: Path, request: CutRequest) -> tuple[CutResult, list[float]]:
    told: list[float] = []

    async def make() -> CutResult:
        workshop = Workshop()
        try:
            job = Job(kind="cut", file=film, folder=folder, request=request.to_words(), limits=LIMITS)
            return CutResult.of_words((await workshop.run(job, told.append)).words)
        finally:
            await workshop.aclose()

    return asyncio.run(make()), told


@pytest.mark.parametrize("centre_x", [None, 0.5])
@pytest.mark.parametrize("mode", ClipMode)
def test_a_confined_process_makes_a_clip(
    film: Path, tmp_path: Path, mode: ClipMode, centre_x: float | None
) -> None:
    request = CutRequest(start_ms=1000, end_ms=5000, mode=mode, centre_x=centre_x)
    result, _ = made(film, tmp_path, request)
    clip = tmp_path / DRAFT_NAME
    assert clip.stat().st_size == result.size_bytes
    assert [each.name for each in tmp_path.iterdir()] == [DRAFT_NAME]
    if mode is ClipMode.EXACT and centre_x is None:
        assert watch(clip).numbers == list(range(30, 150))


def test_what_cannot_be_cut_comes_back_as_a_sentence(film: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="would end before it begins"):
        made(film, tmp_path, CutRequest(start_ms=2000, end_ms=1000))
    assert list(tmp_path.iterdir()) == []
