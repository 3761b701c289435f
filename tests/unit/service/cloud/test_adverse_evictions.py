"""No byte of a file goes unless its proven copy is there then, whatever happens meanwhile (V23, I1)."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.service.cloud.adverse_nights import ENDS, HARMS, MOMENTS, ONE, play
from tests.unit.service.cloud.fake_courier import SharedBucket
from tests.unit.service.cloud.stage import computer

RUNS = 15


@pytest.mark.parametrize("moment", range(MOMENTS))
@pytest.mark.parametrize("harm", HARMS)
def test_no_file_is_given_up_without_its_copy_if_something_happens_at_a_moment(
    tmp_path: Path, harm: str, moment: int
) -> None:
    harms = ["nothing"] * MOMENTS
    harms[moment] = harm
    play(tmp_path, harms)


@pytest.mark.parametrize("end", ENDS[1:])
def test_no_file_is_given_up_without_its_copy_by_a_service_that_was_killed_when_it_had_said_so(
    tmp_path: Path, end: str
) -> None:
    night = play(tmp_path, ["nothing"] * MOMENTS, end)
    assert night.is_killed.is_set()
    assert len(night.removed) == (end == "the service is killed")  # at the next start, for it is still wished


@settings(max_examples=RUNS, deadline=None)
@given(st.lists(st.sampled_from(HARMS), min_size=MOMENTS, max_size=MOMENTS), st.sampled_from(ENDS))
def test_no_file_is_given_up_without_its_copy_whatever_happens_meanwhile(harms: list[str], end: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        play(Path(folder), harms, end)


def test_where_nothing_happens_it_is_given_up(tmp_path: Path) -> None:
    play(tmp_path, ["nothing"] * MOMENTS)

    async def run() -> None:
        async with computer(tmp_path, SharedBucket()) as here:
            assert (await here.get(ONE)).file is None

    asyncio.run(run())
