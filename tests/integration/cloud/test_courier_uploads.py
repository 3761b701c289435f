"""Uploads by a courier: films that change, are away or are none, and uploads that are cancelled."""

from __future__ import annotations

import asyncio
import contextlib
import os
from dataclasses import replace
from pathlib import Path

import pytest

from powerstream_desktop.cloud.object_store.store_config import StoreConfig
from powerstream_desktop.cloud.uploads.part_plan import MIB
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.upload_states import UploadState
from tests.integration.cloud.courier_stage import (
    FILM_BYTES,
    NOWHERE,
    Service,
    assert_is_there,
    courier_of,
    looking_at,
    until,
)
from tests.integration.cloud.store_servers import CREDENTIALS
from tests.unit.cloud.uploads.records import NEW

_S = UploadState


def test_an_upload_that_the_store_has_forgotten_begins_anew(
    moto_config: StoreConfig, prefix: str, film: Path
) -> None:
    async def run() -> None:
        config, service = replace(moto_config, prefix=prefix), Service()
        async with courier_of(config) as courier:

            def harm(record: UploadRecord) -> None:
                if len(service.kept) == 4:
                    assert record.upload_id is not None
                    with looking_at(config) as store:
                        store.abort(record.key, record.upload_id)

            service.harm = harm
            record = await courier.upload(NEW, film, service.keep)
        assert record.state is _S.VERIFIED
        assert_is_there(config, record, film)

    asyncio.run(run())


@pytest.mark.parametrize(
    ("config", "change"),
    [("moto", "other bytes"), ("folder", "longer"), ("folder", "shorter")],
    indirect=["config"],
)
def test_a_film_that_changes_under_way_is_uploaded_as_it_is_then(
    config: StoreConfig, film: Path, change: str
) -> None:
    async def run() -> None:
        service = Service()
        async with courier_of(config) as courier:

            def harm(_: UploadRecord) -> None:
                if len(service.kept) == 4:
                    with film.open("r+b") as opened:
                        match change:
                            case "other bytes":
                                status = film.stat()
                                opened.seek(8 * MIB + 5)
                                opened.write(b"other bytes")
                                opened.flush()
                                os.utime(film, ns=(status.st_atime_ns, status.st_mtime_ns))
                            case "longer":
                                opened.seek(0, os.SEEK_END)
                                opened.write(b"more")
                            case _:
                                opened.truncate(8 * MIB + 5)

            service.harm = harm
            record = await courier.upload(NEW, film, service.keep)
        assert record.state is _S.VERIFIED
        assert_is_there(config, record, film)
        with looking_at(config) as store:
            assert [each.key for each in store.list(config.prefix)] == [record.key]

    asyncio.run(run())


def test_what_is_no_film_is_never_sent(folder_config: StoreConfig, tmp_path: Path) -> None:
    contents = (b"", b"x" * 100, b"film" * 1000 + bytes(2 * MIB))
    files = [tmp_path / f"{number}.mp4" for number in range(len(contents))]
    for file, content in zip(files, contents, strict=True):
        file.write_bytes(content)

    async def run() -> None:
        service = Service()
        async with courier_of(folder_config) as courier:
            for file in files:
                record = await courier.upload(NEW, file, service.keep)
                assert record.state is _S.FAILED
                assert record.trouble is not None
                assert record.trouble.code == "user"
        with looking_at(folder_config) as store:
            assert list(store.list("")) == []

    asyncio.run(run())


def test_a_film_whose_disk_is_away_waits_for_it(folder_config: StoreConfig, film: Path) -> None:
    async def run() -> None:
        service, away = Service(), film.with_name("away.mp4")
        async with courier_of(folder_config) as courier:

            def harm(_: UploadRecord) -> None:
                if len(service.kept) == 4:
                    film.rename(away)

            service.harm = harm
            record = await courier.upload(NEW, film, service.keep)
            assert record.state is _S.FAILED
            assert record.trouble is not None
            assert record.trouble.code == "system"
            assert len(record.receipts) >= 1
            away.rename(film)
            assert (await courier.upload(record, film, service.keep)).state is _S.VERIFIED

    asyncio.run(run())


@pytest.mark.parametrize(
    ("config", "step"), [("folder", 1), ("folder", 3), ("moto", 4), ("moto", 6)], indirect=["config"]
)
def test_an_upload_cancelled_at_any_step_leaves_nothing_pending(
    config: StoreConfig, film: Path, step: int
) -> None:
    async def run() -> None:
        service = Service()
        async with courier_of(config) as courier:
            reached = asyncio.Event()

            def harm(_: UploadRecord) -> None:
                if len(service.kept) == step:
                    reached.set()

            service.harm = harm
            upload = asyncio.create_task(courier.upload(NEW, film, service.keep))
            await reached.wait()
            upload.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await upload
            record = service.kept[-1]
            if record.state is _S.VERIFIED:
                return
            record = await courier.cancel(record, service.keep)
            assert record.state in {_S.CANCELLED, _S.COMPLETED}
        with looking_at(config) as store:
            assert list(store.pending(config.prefix)) == []

    asyncio.run(run())


def test_a_cancellation_without_a_network_is_made_up_for(
    moto_config: StoreConfig, prefix: str, film: Path
) -> None:
    async def run() -> None:
        config, service = replace(moto_config, prefix=prefix), Service()
        with looking_at(config) as store:
            key = f"{prefix}vod/{NEW.asset_id}/0123456789abcdef.mp4"
            upload_id = store.create_upload(key, content_type="video/mp4", metadata={})
        record = replace(NEW, key=key, upload_id=upload_id, sha256="0" * 64)
        async with courier_of(NOWHERE) as courier:
            record = await courier.cancel(record, service.keep)
            assert record.state is _S.CANCELLING
            assert record.trouble is not None
            assert record.trouble.code == "unreachable"
            courier.start(config, CREDENTIALS)
            record = await courier.cancel(record, service.keep)
            assert record.state is _S.CANCELLED
        with looking_at(config) as store:
            assert list(store.pending(prefix)) == []

    asyncio.run(run())


def test_a_gate_that_is_shut_stops_an_upload_that_goes_on_when_it_opens(
    folder_config: StoreConfig, film: Path
) -> None:
    async def run() -> None:
        service, moved = Service(), list[int]()
        async with courier_of(folder_config) as courier:
            courier.allow(8_000)  # a million bytes a second: twenty seconds for all

            def on_progress(done: int, _total: int) -> None:
                if service.kept[-1].state is _S.SENDING:
                    moved.append(done)

            upload = asyncio.create_task(courier.upload(NEW, film, service.keep, on_progress))
            await until(lambda: bool(moved))
            courier.allow(0)
            seen = -1
            while seen != len(moved):  # until nothing is heard for longer than between two reports
                seen = len(moved)
                await asyncio.sleep(1.5)
            assert not upload.done()
            assert moved[-1] < FILM_BYTES
            courier.allow(None)
            assert (await upload).state is _S.VERIFIED

    asyncio.run(run())
