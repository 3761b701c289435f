"""The courier with a real process and real stores: what it does, and every way in which it can die (V01, V02, V04, V06-V08, V24, V25)."""

from __future__ import annotations

import asyncio
import contextlib
import filecmp
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from powerstream_desktop.cloud.courier.courier import IDLE_S, SILENCE_S, Courier
from powerstream_desktop.cloud.object_store.object_store import ObjectStore
from powerstream_desktop.cloud.object_store.opening import open_store
from powerstream_desktop.cloud.object_store.store_config import StoreConfig, StoreCredentials, StoreKind
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.object_store.stored_words import EVERYTHING
from powerstream_desktop.cloud.uploads.part_plan import MIB
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.upload_states import UploadEvent, UploadState
from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.common.secrets import Secret
from tests.integration.cloud.store_servers import CREDENTIALS
from tests.unit.cloud.uploads.records import NEW

_S = UploadState
PATIENCE_S = 50.0
FILM_BYTES = 9 * MIB + 7  # two parts
NOWHERE = StoreConfig(kind=StoreKind.S3, endpoint_url="http://127.0.0.1:9", bucket="replays")

posix = pytest.mark.skipif(os.name != "posix", reason="needs signals")


def write_film(file: Path, size_bytes: int = FILM_BYTES) -> None:
    """Write a film of which no two megabytes are alike."""
    filling = bytes(range(256)) * 4096
    with file.open("wb") as opened:
        for number, first in enumerate(range(0, size_bytes, MIB)):
            opened.write((number.to_bytes(4, "big") + filling[4:])[: size_bytes - first])


@pytest.fixture
def film(tmp_path: Path) -> Path:
    file = tmp_path / "film.mp4"
    write_film(file)
    return file


@pytest.fixture
def folder_config(tmp_path: Path) -> StoreConfig:
    folder = tmp_path / "store"
    folder.mkdir()
    return StoreConfig(kind=StoreKind.FOLDER, folder=folder, prefix="station/")


@pytest.fixture(params=["moto", "seaweed", "folder"])
def config(request: pytest.FixtureRequest, prefix: str) -> StoreConfig:
    """Give each store in turn, and a place in it of the test's own."""
    found: StoreConfig = request.getfixturevalue(f"{request.param}_config")
    return replace(found, prefix=prefix)


@contextlib.contextmanager
def looking_at(config: StoreConfig) -> Iterator[ObjectStore]:
    """Open the store beside the courier."""
    with contextlib.closing(open_store(config, CREDENTIALS)) as store:
        yield store


class Service:
    """What a service does with a courier: it keeps records, and here it does harm at a chosen step."""

    def __init__(self) -> None:
        self.kept: list[UploadRecord] = []
        self.harm: Callable[[UploadRecord], None] = lambda _: None

    async def keep(self, record: UploadRecord) -> None:
        self.kept.append(record)
        self.harm(record)


@contextlib.asynccontextmanager
async def courier_of(
    config: StoreConfig,
    credentials: StoreCredentials | None = CREDENTIALS,
    *,
    silence_s: float = SILENCE_S,
    idle_s: float = IDLE_S,
) -> AsyncIterator[Courier]:
    courier = Courier(parts_at_once=1, silence_s=silence_s, idle_s=idle_s)
    courier.start(config, credentials)
    try:
        async with asyncio.timeout(PATIENCE_S):
            yield courier
    finally:
        await courier.aclose()


def kill(courier: Courier) -> None:
    assert courier.pid is not None
    os.kill(courier.pid, signal.SIGKILL)


def assert_is_there(config: StoreConfig, record: UploadRecord, film: Path) -> None:
    """Check that the store holds the film, and no upload that is not complete."""
    with looking_at(config) as store:
        assert b"".join(store.read(record.key)) == film.read_bytes()
        assert list(store.pending(config.prefix)) == []


def assert_same(one: Path, other: Path) -> None:
    """Check that two files hold the same."""
    assert filecmp.cmp(one, other, shallow=False)


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


async def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so; the test's own patience ends it."""
    while True:
        if is_so():
            return
        await asyncio.sleep(0.02)


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


@posix
@pytest.mark.parametrize(
    ("config", "step"),
    [("moto", 4), ("moto", 6), *(("folder", step) for step in (1, 2, 3, 5, 7, 8))],
    indirect=["config"],
)
def test_a_courier_killed_behind_any_step_sends_no_part_twice(
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


@posix
def test_a_courier_that_falls_silent_is_killed_and_its_job_goes_on(
    folder_config: StoreConfig, film: Path
) -> None:
    async def run() -> None:
        service = Service()
        async with courier_of(folder_config, silence_s=4.0) as courier:

            def harm(_: UploadRecord) -> None:
                if len(service.kept) == 3 and courier.pid is not None:
                    os.kill(courier.pid, signal.SIGSTOP)

            service.harm = harm
            record = await courier.upload(NEW, film, service.keep)
        assert record.state is _S.VERIFIED

    asyncio.run(run())


@pytest.mark.parametrize(
    "program",
    [
        "pass",
        "print('nonsense', flush=True); sys.stdin.read()",
        "print('{', ' ' * 9_000_000, flush=True); sys.stdin.read()",
    ],
)
def test_a_courier_that_dies_or_talks_nonsense_again_and_again_is_given_up(program: str) -> None:
    async def run() -> None:
        courier = Courier((sys.executable, "-c", f"import sys; {program}"))
        courier.start(NOWHERE, CREDENTIALS)
        try:
            with pytest.raises(SystemFault):
                await courier.read_object("manifests/a.json")
            with pytest.raises(SystemFault):
                await courier.probe(NOWHERE, CREDENTIALS)
        finally:
            await courier.aclose()
        with pytest.raises(SystemFault):
            await courier.read_object("manifests/a.json")

    asyncio.run(run())


def test_a_courier_that_says_more_than_it_was_asked_for_is_killed() -> None:
    flood = """import sys; print('{"type":"listed","job":1,"objects":[]}\\n' * 999, flush=True); sys.stdin.read()"""

    async def run() -> None:
        courier = Courier((sys.executable, "-c", flood))
        courier.start(NOWHERE, CREDENTIALS)
        try:
            with pytest.raises(SystemFault):
                async for _ in courier.list_objects("manifests/"):
                    pass
        finally:
            await courier.aclose()

    asyncio.run(run())


OBEDIENT = """
import json, sys
bucket = kbps = job = None
for line in sys.stdin:
    word = json.loads(line)
    kbps = word.get("kbps", kbps)
    if word["type"] == "configure":
        bucket = word["config"]["bucket"]
    if word["type"] == "read":
        job = word["job"]
    if job and (bucket, kbps) == ("second", 0):
        print(json.dumps({"type": "done", "job": job}), flush=True)
"""
"""A courier that answers when it is told of the second store, and to send nothing."""


async def some_turns(count: int) -> None:
    """Let the loop's other tasks go on a little."""
    for _ in range(count):
        await asyncio.sleep(0)


@pytest.mark.parametrize("before", ["first", "second"])
def test_what_is_said_while_a_process_starts_holds_for_it(before: str) -> None:
    async def run(turns: int) -> None:
        courier = Courier((sys.executable, "-S", "-c", OBEDIENT))
        courier.start(replace(NOWHERE, bucket=before), CREDENTIALS)
        try:
            async with asyncio.timeout(PATIENCE_S):
                reading = asyncio.create_task(courier.read_object("a"))
                await some_turns(turns)
                courier.start(replace(NOWHERE, bucket="second"), CREDENTIALS)
                courier.allow(0)
                if before == "first":  # what was asked of one store is not asked of another (V34)
                    with pytest.raises(SystemFault):
                        await reading
                    reading = asyncio.create_task(courier.read_object("a"))
                assert await reading is None
        finally:
            await courier.aclose()

    for turns in range(1, 7):
        asyncio.run(run(turns))


@pytest.mark.parametrize(
    ("config", "credentials", "goes_on"),
    [
        (replace(NOWHERE, bucket="second"), CREDENTIALS, False),
        (NOWHERE, replace(CREDENTIALS, access_key_id="AKIDOTHER"), True),
        (replace(NOWHERE, capabilities=EVERYTHING), CREDENTIALS, True),
    ],
    ids=["another store", "other credentials", "known better"],
)
def test_what_was_asked_of_one_store_is_not_asked_of_another(
    config: StoreConfig, credentials: StoreCredentials, *, goes_on: bool
) -> None:
    told = f"({config.bucket!r}, {credentials.access_key_id!r}, {config.capabilities is not None})"
    obedient = f"""
import json, sys
for line in sys.stdin:
    word = json.loads(line)
    if word["type"] == "configure":
        config = word["config"]
        now = (config["bucket"], word["credentials"]["access_key_id"], config["capabilities"] is not None)
    elif now == {told}:
        print(json.dumps({{"type": "done", "job": word["job"]}}), flush=True)
"""

    async def run() -> None:
        courier = Courier((sys.executable, "-S", "-c", obedient))
        courier.start(NOWHERE, CREDENTIALS)
        try:
            async with asyncio.timeout(PATIENCE_S):
                reading = asyncio.create_task(courier.read_object("a"))
                await until(lambda: courier.pid is not None)
                courier.start(config, credentials)
                if not goes_on:
                    with pytest.raises(SystemFault):
                        await reading
                    reading = asyncio.create_task(courier.read_object("a"))
                assert await reading is None
        finally:
            await courier.aclose()

    asyncio.run(run())


def test_a_courier_that_closes_while_its_process_starts_leaves_none_behind() -> None:
    async def run(turns: int) -> None:
        courier = Courier((sys.executable, "-S", "-c", OBEDIENT))
        courier.start(NOWHERE, CREDENTIALS)
        async with asyncio.timeout(PATIENCE_S):
            reading = asyncio.create_task(courier.read_object("a"))
            await some_turns(turns)
            await courier.aclose()
            assert courier.pid is None
            with pytest.raises(SystemFault):
                await reading

    for turns in range(1, 7):
        asyncio.run(run(turns))


def test_a_job_that_is_cancelled_twice_is_no_job_any_more() -> None:
    async def run() -> None:
        courier = Courier((sys.executable, "-S", "-c", OBEDIENT), idle_s=0.1)
        courier.start(NOWHERE, CREDENTIALS)
        try:
            async with asyncio.timeout(PATIENCE_S):
                reading = asyncio.create_task(courier.read_object("a"))
                await until(lambda: courier.pid is not None)
                for _ in range(2):
                    reading.cancel()
                    await some_turns(5)
                with pytest.raises(asyncio.CancelledError):
                    await reading
                await until(lambda: courier.pid is None)  # it has nothing to do
        finally:
            await courier.aclose()

    asyncio.run(run())


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


def test_a_process_that_has_nothing_to_do_ends(folder_config: StoreConfig) -> None:
    async def run() -> None:
        async with courier_of(folder_config, idle_s=0.2) as courier:
            await courier.read_object("station/none")
            assert courier.pid
            await until(lambda: courier.pid is None)
            assert await courier.read_object("station/none") is None

    asyncio.run(run())


def test_without_a_store_nothing_is_started() -> None:
    async def run() -> None:
        courier = Courier()
        with pytest.raises(UserError):
            await courier.read_object("a")
        await courier.aclose()

    asyncio.run(run())


def assert_unseen(secret: Secret, courier: Courier) -> None:
    """Check that nobody who looks at the process sees a secret."""
    for name in ("cmdline", "environ"):
        assert secret.reveal().encode() not in Path(f"/proc/{courier.pid}/{name}").read_bytes()


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_credentials_are_seen_neither_in_arguments_nor_in_the_environment(
    folder_config: StoreConfig,
) -> None:
    async def run() -> None:
        secret = Secret("a-secret-that-nobody-may-see")
        credentials = StoreCredentials(access_key_id="AKID", secret=secret)
        async with courier_of(folder_config, credentials) as courier:
            await courier.read_object("station/none")
            assert_unseen(secret, courier)

    asyncio.run(run())


def test_the_services_side_loads_nothing_that_speaks_with_a_store() -> None:
    code = (
        "import sys, powerstream_desktop.cloud.courier.courier;"
        "sys.exit(bool({'boto3', 'botocore', 'urllib3', 'requests'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


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
