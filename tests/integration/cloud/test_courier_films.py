"""Films that a courier brings back: whole, or in ranges for whoever watches."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from pathlib import Path

import pytest

from powerstream_desktop.cloud.object_store.store_config import StoreConfig
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.uploads.part_plan import MIB
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.upload_states import UploadEvent, UploadState
from powerstream_desktop.common.errors import UserError
from tests.integration.cloud.courier_stage import (
    FILM_BYTES,
    Service,
    assert_is_there,
    assert_same,
    courier_of,
    kill,
    looking_at,
    posix,
    write_film,
)
from tests.integration.cloud.hostile_store import HostileStore, running
from tests.unit.cloud.uploads.records import NEW

_S = UploadState


def test_a_film_is_read_in_ranges_by_whoever_watches_it(config: StoreConfig, film: Path) -> None:
    content = film.read_bytes()

    async def story() -> None:
        async with courier_of(config) as courier:
            record = await courier.upload(NEW, film, Service().keep)
            for first, size_bytes in ((0, len(content)), (5 * MIB - 3, 2 * MIB), (len(content) - 1, 1)):
                pieces = courier.stream_object(record.key, first, size_bytes)
                read = b"".join([piece async for piece in pieces])
                assert read == content[first : first + size_bytes]
            with pytest.raises(StoreTrouble) as error:
                await anext(courier.stream_object(f"{record.key}.gone", 0, 1))
            assert error.value.kind is TroubleCode.GONE

    asyncio.run(story())


def test_who_stops_watching_costs_no_more_and_holds_up_nobody(config: StoreConfig, film: Path) -> None:
    async def story() -> None:
        async with courier_of(config) as courier:
            record = await courier.upload(NEW, film, Service().keep)
            for _ in range(5):
                async with contextlib.aclosing(courier.stream_object(record.key, 0, FILM_BYTES)) as pieces:
                    assert len(await anext(pieces)) <= MIB
            assert (await courier.verify(record, film)).is_good

    asyncio.run(story())


def test_who_holds_a_film_for_longer_than_anybody_waits_watches_on_where_he_was(film: Path) -> None:
    """The store cuts who takes nothing, and the courier is asked nothing for longer than it may be silent."""
    content = film.read_bytes()

    async def story(store: HostileStore) -> None:
        async with courier_of(store.config(), silence_s=3.0, idle_s=0.2) as courier:
            record = await courier.upload(NEW, film, Service().keep)
            store.patience_s = 4.0
            asked = store.asked("get_object")
            async with contextlib.aclosing(courier.stream_object(record.key, 0, FILM_BYTES)) as pieces:
                read = await anext(pieces)
                assert await asyncio.to_thread(store.lost_patience.wait, 30.0)
                store.patience_s = None
                async for piece in pieces:
                    read += piece
            assert read == content
            assert store.asked("get_object") > asked + 1

    with running(HostileStore()) as store:
        asyncio.run(story(store))


@posix
def test_a_courier_that_is_killed_while_a_film_is_watched_is_not_noticed(
    config: StoreConfig, film: Path
) -> None:
    content = film.read_bytes()

    async def story() -> None:
        async with courier_of(config) as courier:
            record = await courier.upload(NEW, film, Service().keep)
            read = bytearray()
            async for piece in courier.stream_object(record.key, 0, FILM_BYTES):
                if not read:
                    kill(courier)
                read += piece
            assert bytes(read) == content

    asyncio.run(story())


def test_a_film_goes_to_every_store_and_back(config: StoreConfig, film: Path, tmp_path: Path) -> None:
    async def run() -> None:
        service, progress = Service(), list[tuple[int, int]]()
        async with courier_of(config) as courier:
            record = await courier.upload(
                NEW, film, service.keep, lambda done, total: progress.append((done, total))
            )
            assert record.state is _S.VERIFIED
            assert record == service.kept[-1]
            assert progress[-1] == (FILM_BYTES, FILM_BYTES)
            for level in (1, 2, 3):
                verdict = await courier.verify(record, film, level)
                assert verdict.is_good
                assert verdict.level >= level
            await courier.download(record, tmp_path / "back.mp4")
            with pytest.raises(UserError):
                await courier.download(record, tmp_path / "back.mp4")
        assert_same(tmp_path / "back.mp4", film)
        assert_is_there(config, record, film)

    asyncio.run(run())


def test_a_download_that_was_damaged_or_cut_never_gets_the_files_name(
    folder_config: StoreConfig, film: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        service, target = Service(), tmp_path / "back.mp4"
        async with courier_of(folder_config) as courier:
            record = await courier.upload(NEW, film, service.keep)
            for wrong in (replace(record, sha256="0" * 64), replace(record, size_bytes=FILM_BYTES + 1)):
                with pytest.raises(StoreTrouble) as damaged:
                    await courier.download(wrong, target)
                assert damaged.value.kind is TroubleCode.DAMAGED
                assert not target.exists()
            await courier.download(record, target)
        assert_same(target, film)

    asyncio.run(run())


@posix
def test_a_courier_killed_in_a_download_goes_on_where_it_was(
    folder_config: StoreConfig, film: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        service, target, killed = Service(), tmp_path / "back.mp4", list[int]()
        async with courier_of(folder_config) as courier:
            record = await courier.upload(NEW, film, service.keep)

            def harm(done: int, _total: int) -> None:
                if not killed and courier.pid is not None:
                    killed.append(done)
                    kill(courier)

            await courier.download(record, target, harm)
        assert killed
        assert_same(target, film)

    asyncio.run(run())


def test_a_replay_that_was_evicted_can_be_fetched(
    folder_config: StoreConfig, film: Path, tmp_path: Path
) -> None:
    async def run() -> None:
        service = Service()
        async with courier_of(folder_config) as courier:
            record = await courier.upload(NEW, film, service.keep)
            for event in (UploadEvent.TOLD, UploadEvent.CONFIRMED, UploadEvent.GIVEN_UP):
                record = record.after(event)
            elsewhere = UploadRecord.of_cloud(
                asset_id=record.asset_id, key=record.key, size_bytes=record.size_bytes, sha256=record.sha256
            )
            for number, each in enumerate((record, elsewhere)):
                target = tmp_path / f"back{number}.mp4"
                await courier.download(each, target)
                assert_same(target, film)

    asyncio.run(run())


def test_a_copy_that_somebody_has_replaced_is_found_out_and_made_again(
    config: StoreConfig, tmp_path: Path
) -> None:
    film = tmp_path / "short.mp4"
    write_film(film, 3 * MIB)
    content = film.read_bytes()

    async def story() -> None:
        async with courier_of(config) as courier:
            record = await courier.upload(NEW, film, Service().keep)
            assert all([(await courier.verify(record, None, level)).is_good for level in (1, 2, 3)])
            with looking_at(config) as store:
                store.put(record.key, bytes(len(content)), content_type="video/mp4")
            for level in (2, 3):
                verdict = await courier.verify(record, None, level)
                assert (verdict.is_good, verdict.is_missing) == (False, False)
            again = await courier.upload(replace(NEW, is_doubted=True), film, Service().keep)
            assert (again.state, again.key) == (_S.VERIFIED, record.key)
            assert (await courier.verify(again, None, 3)).is_good
        assert_is_there(config, again, film)

    asyncio.run(story())
