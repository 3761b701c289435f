"""The courier with a real process and real stores: what it does, and every way in which it can die (V01, V02, V04, V06-V08, V24, V25)."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

import pytest

from powerstream_desktop.cloud.object_store.store_config import StoreConfig, StoreKind
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.upload_states import UploadState
from tests.integration.cloud.courier_stage import (
    NOWHERE,
    Service,
    assert_is_there,
    courier_of,
    kill,
    looking_at,
    posix,
)
from tests.integration.cloud.store_servers import CREDENTIALS
from tests.unit.cloud.uploads.records import NEW

_S = UploadState


@posix
@pytest.mark.parametrize(
    ("config", "step"),
    [("moto", 4), ("moto", 6), *(("folder", step) for step in (1, 2, 3, 5, 7, 8))],
    indirect=["config"],
)
def test_a_film_is_there_whole_whatever_step_its_courier_is_killed_behind(
    config: StoreConfig, film: Path, step: int
) -> None:
    async def run() -> None:
        service = Service()
        async with courier_of(config) as courier:

            def harm(_: UploadRecord) -> None:
                if len(service.kept) == step:
                    kill(courier)

            service.harm = harm
            record = await courier.upload(NEW, film, service.keep)
        assert record.state is _S.VERIFIED
        assert len(service.kept) >= step
        sent = [each for each in service.kept if each.state is _S.SENDING]
        numbers = [part.number for each in sent for part in each.receipts[-1:]]
        assert sorted(set(numbers)) == [1, 2]
        assert all(len(set(each.receipts)) == len(each.receipts) for each in sent)
        assert_is_there(config, record, film)

    asyncio.run(run())


@posix
@pytest.mark.parametrize("step", [2, 3, 5, 6])
def test_a_service_that_dies_behind_any_step_goes_on_from_what_it_kept(
    folder_config: StoreConfig, film: Path, step: int
) -> None:
    async def run() -> None:
        service = Service()
        async with courier_of(folder_config) as courier:

            def harm(_: UploadRecord) -> None:
                if len(service.kept) == step:
                    raise KeyError("the service dies")

            service.harm = harm
            with contextlib.suppress(KeyError):
                await courier.upload(NEW, film, service.keep)
        kept = service.kept[step - 1]
        service.harm = lambda _: None
        async with courier_of(folder_config) as courier:
            record = await courier.upload(kept, film, service.keep)
        assert record.state is _S.VERIFIED
        assert_is_there(folder_config, record, film)

    asyncio.run(run())


def test_small_objects_are_written_read_listed_linked_and_deleted(config: StoreConfig) -> None:
    async def run() -> None:
        prefix = f"{config.prefix}manifests/"
        async with courier_of(config) as courier:
            assert await courier.read_object(f"{prefix}none.json") is None
            etag = await courier.write_object(f"{prefix}a.json", b"{}", if_absent=True)
            assert await courier.read_object(f"{prefix}a.json") == (b"{}", etag)
            with pytest.raises(StoreTrouble) as exists:
                await courier.write_object(f"{prefix}a.json", b"[]", if_absent=True)
            assert exists.value.kind is TroubleCode.EXISTS
            new = await courier.write_object(f"{prefix}a.json", b"[1]", if_match=etag)
            with pytest.raises(StoreTrouble) as changed:
                await courier.write_object(f"{prefix}a.json", b"[2]", if_match=etag)
            assert changed.value.kind is TroubleCode.CHANGED
            await courier.write_object(f"{prefix}b.json", b"{}")
            listed = [each async for batch in courier.list_objects(prefix) for each in batch]
            assert [(each.key, each.size_bytes) for each in listed] == [
                (f"{prefix}a.json", 3), (f"{prefix}b.json", 2),
            ]  # fmt: skip
            assert listed[0].etag == new
            behind = [
                each.key async for batch in courier.list_objects(prefix, f"{prefix}a.json") for each in batch
            ]
            assert behind == [f"{prefix}b.json"]
            if config.kind is StoreKind.S3:
                assert "a.json" in await courier.link(f"{prefix}a.json", 60)
            await courier.delete_object(f"{prefix}a.json")
            assert await courier.read_object(f"{prefix}a.json") is None
            assert await courier.clean_up(config.prefix, ()) == 0

    asyncio.run(run())


def test_a_long_list_comes_in_pieces_and_can_be_left(folder_config: StoreConfig) -> None:
    async def run() -> None:
        with looking_at(folder_config) as store:
            for number in range(450):
                store.put(f"station/manifests/{number:05}.json", b"{}", content_type="application/json")
        async with courier_of(folder_config) as courier:
            batches = [batch async for batch in courier.list_objects("station/manifests/")]
            assert [len(batch) for batch in batches] == [200, 200, 50]
            async for batch in courier.list_objects("station/manifests/"):
                assert len(batch) == 200
                break
            assert await courier.read_object("station/manifests/00001.json") is not None

    asyncio.run(run())


def test_a_store_is_tried_out_before_it_is_used(config: StoreConfig) -> None:
    async def run() -> None:
        async with courier_of(NOWHERE) as courier:
            report = await courier.probe(config, CREDENTIALS)
            assert report.is_ok
            assert courier.pid is None
            assert not (await courier.probe(NOWHERE, CREDENTIALS)).is_ok

    asyncio.run(run())
