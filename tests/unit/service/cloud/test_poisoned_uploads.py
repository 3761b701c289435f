"""An upload that a mistake of ours, or its own file, breaks each time: it becomes a problem with a sentence, and the next ones go on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from powerstream_desktop.cloud.courier.answers import lost
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.common.errors import BugError
from powerstream_desktop.service.cloud.cloud_standing import CloudState
from powerstream_desktop.service.cloud.courier_port import Keep, OnProgress
from powerstream_desktop.service.store.store_faults import StoreFault
from powerstream_desktop.service.store.uploads import UploadState, UploadTrouble
from tests.unit.service.cloud.stage import Computer, tell
from tests.unit.service.vod.stage import until

ONE, TWO = "replay-one", "replay-two"


def poison(here: Computer, error: Exception) -> Callable[[], None]:
    """Have the first replay's upload break each time; return what ends that."""
    bring = here.courier.upload

    async def upload(record: UploadRecord, file: Path, keep: Keep, on_progress: OnProgress) -> UploadRecord:
        if record.asset_id != ONE:
            return await bring(record, file, keep, on_progress)
        here.courier.uploaded.append(ONE)
        raise error

    here.courier.upload = upload  # type: ignore[method-assign]

    def heal() -> None:
        here.courier.upload = bring  # type: ignore[method-assign]

    return heal


async def trouble_of(here: Computer, asset_id: str) -> UploadTrouble | None:
    upload = await here.upload(asset_id)
    return None if upload is None else upload.trouble


@pytest.mark.allow_warning_logs
@pytest.mark.parametrize(
    "mistake", [BugError("An upload got into a state that cannot be.", detail="x"), ZeroDivisionError("x")]
)
def test_an_upload_that_meets_a_mistake_of_ours_is_a_problem_and_the_next_goes_on(
    tmp_path: Path, mistake: Exception
) -> None:
    async def story(here: Computer) -> None:
        heal = poison(here, mistake)
        for asset_id in (ONE, TWO):
            await here.film(asset_id)
            await here.room.upload(asset_id)
        await here.becomes(TWO, UploadState.SYNCED, "acknowledged")
        assert await here.is_in(ONE, UploadState.FAILED)
        trouble = await trouble_of(here, ONE)
        assert trouble is not None
        assert (trouble.code, trouble.sentence) == ("bug", "PowerStream made a mistake with this upload.")
        assert "log" in trouble.remedy
        assert here.courier.uploaded == [ONE, TWO]
        assert (await here.room.standing()).state is CloudState.IDLE, "the store is not in trouble"
        heal()
        await here.room.resume()
        await here.becomes(ONE, UploadState.SYNCED, "acknowledged")

    tell(tmp_path, story)


@pytest.mark.allow_warning_logs
def test_one_that_breaks_while_it_is_tried_again_stays_a_problem(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        poison(here, BugError("An upload got into a state that cannot be."))
        await here.film(ONE)
        await here.room.upload(ONE)
        await here.becomes(ONE, UploadState.FAILED)
        await here.room.upload(ONE)
        await until(lambda: here.courier.uploaded == [ONE, ONE])
        await until(partial(_waits, here))
        await here.film(TWO)
        await here.room.upload(TWO)
        await here.becomes(TWO, UploadState.SYNCED, "acknowledged")

    async def _waits(here: Computer) -> bool:
        return here.room.progress(ONE) is None and not here.room.is_busy

    tell(tmp_path, story)


@pytest.mark.allow_warning_logs
def test_one_whose_taking_back_meets_a_mistake_of_ours_keeps_no_other_from_its_turn(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        async def cancel(record: UploadRecord, keep: Keep) -> UploadRecord:
            raise BugError("An upload got into a state that cannot be.")

        here.courier.cancel = cancel  # type: ignore[method-assign]
        here.courier.is_open.clear()
        await here.film(ONE)
        await here.room.upload(ONE)
        await here.becomes(ONE, UploadState.UPLOADING)
        await here.room.cancel(ONE)
        here.courier.is_open.set()
        await here.film(TWO)
        await here.room.upload(TWO)
        await here.becomes(TWO, UploadState.SYNCED, "acknowledged")
        assert await here.is_in(ONE, UploadState.CANCELLING)
        assert await trouble_of(here, ONE) is not None

    tell(tmp_path, story)


def test_a_file_at_which_the_courier_dies_each_time_keeps_no_other_from_its_turn(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        poison(here, lost())
        for asset_id in (ONE, TWO):
            await here.film(asset_id)
            await here.room.upload(asset_id)
        await here.becomes(TWO, UploadState.SYNCED, "acknowledged")
        trouble = await trouble_of(here, ONE)
        assert trouble is not None
        assert trouble.sentence == lost().title

    tell(tmp_path, story)


def test_data_that_cannot_be_written_is_no_fault_of_the_upload(tmp_path: Path) -> None:
    async def story(here: Computer) -> None:
        heal = poison(here, StoreFault("The disk is full.", hint="Free some space."))
        await here.film(ONE)
        await here.room.upload(ONE)
        await until(lambda: bool(here.told) and here.told[-1].state is CloudState.TROUBLE)
        assert await trouble_of(here, ONE) is None
        heal()
        await here.room.resume()
        await here.becomes(ONE, UploadState.SYNCED)

    tell(tmp_path, story)
