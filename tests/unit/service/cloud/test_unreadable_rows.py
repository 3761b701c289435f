"""A row of an upload that cannot be read costs a look at the store, and stops nobody else's upload."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.uploads import UploadState
from tests.unit.service.cloud.fake_courier import SharedBucket
from tests.unit.service.cloud.stage import computer
from tests.unit.service.vod.stage import until

ONE, TWO, THREE, FOUR = "replay-one", "replay-two", "replay-three", "replay-four"


@pytest.mark.allow_warning_logs
def test_uploads_whose_rows_cannot_be_read_begin_anew_and_the_others_go_on(tmp_path: Path) -> None:
    async def run() -> None:
        bucket = SharedBucket()
        async with computer(tmp_path, bucket) as here:
            for asset_id in (ONE, TWO):
                await here.shared(asset_id)
            file = await here.shared(THREE)
            await here.room.evict(THREE)
            await here.becomes(THREE, UploadState.EVICTED)
            await until(lambda: not file.exists())
            await until(lambda: not here.room.is_busy)
            await here.room.pause()
            await here.film(FOUR)
            await here.room.upload(FOUR)
            await here.library.store.write(_spoil)
        before = dict(bucket.objects)
        async with computer(tmp_path, bucket) as here:
            await here.room.resume()
            for asset_id in (ONE, TWO, FOUR):
                await here.becomes(asset_id, UploadState.SYNCED, "acknowledged")
            await here.becomes(THREE, UploadState.EVICTED, "evicted")
            await here.room.download(THREE)
            await here.becomes(THREE, UploadState.SYNCED)
        assert before.keys() < bucket.objects.keys()

    def _spoil(tables: Tables) -> None:
        for asset_id, words in ((ONE, "{"), (THREE, '{"of":"tomorrow"}')):
            upload = tables.uploads.get(asset_id)
            assert upload is not None
            tables.uploads.put(replace(upload, record=words))
        tables.uploads.keep_hashes(TWO, "[")

    asyncio.run(run())
