"""The store's thread: jobs one by one, all or nothing, and an end that loses none of them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import BugError, UserError
from powerstream_desktop.service.store import store as store_module
from powerstream_desktop.service.store.asset_listing import AssetsWanted
from powerstream_desktop.service.store.opening import BACKUPS_NAME, DATABASE_NAME
from powerstream_desktop.service.store.sessions import SessionEnding
from powerstream_desktop.service.store.stations import Station
from powerstream_desktop.service.store.store import MAX_WAITING, Store
from powerstream_desktop.service.store.store_faults import (
    ConflictError,
    DamagedStoreError,
    StoreFault,
    UnknownRecordError,
)
from powerstream_desktop.service.store.tables import Tables
from tests.unit.service.store.rows import NOW, asset, endpoint, session, station


def with_store(folder: Path, test: Callable[[Store], Awaitable[None]]) -> None:
    async def run() -> None:
        store = Store(folder, wall_now=lambda: NOW)
        await store.start()
        try:
            await test(store)
        finally:
            await store.aclose()

    asyncio.run(run())


def adding(number: int) -> Callable[[Tables], Station]:
    return lambda data: data.stations.add(station(f"S{number}", f"i{number}"))


def test_who_is_cancelled_at_the_moment_of_the_answer_is_cancelled(tmp_path: Path) -> None:
    """Otherwise a task that is told to end goes on, and whoever waits for its end waits for ever."""

    async def cancel(store: Store) -> None:
        answered = threading.Event()
        asked = asyncio.create_task(store.read(lambda _: None))
        another = asyncio.create_task(store.read(lambda _: answered.set()))
        await asyncio.sleep(0)  # both are handed in; the loop hears of no answer before we let it
        assert answered.wait(20.0)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        await another

    with_store(tmp_path, cancel)


def test_what_was_written_is_there_after_a_restart(tmp_path: Path) -> None:
    async def write(store: Store) -> None:
        added = await store.write(lambda data: data.stations.add(station("News")))
        assert added.slug == "news"
        await store.note(lambda data: data.assets.put(asset()))

    async def read(store: Store) -> None:
        assert [each.slug for each in await store.read(lambda data: data.stations.all())] == ["news"]
        assert len((await store.read(lambda data: data.assets.page(AssetsWanted(), limit=5))).rows) == 1

    with_store(tmp_path, write)
    with_store(tmp_path, read)
    assert [path.name for path in tmp_path.iterdir()] == [DATABASE_NAME]


def test_what_a_user_does_is_on_the_disk_when_it_is_acknowledged_and_figures_soon_after(
    tmp_path: Path,
) -> None:
    def synchronous(data: Tables) -> int:
        level: int = data.stations._connection.execute("PRAGMA synchronous").fetchone()[0]
        return level

    async def test(store: Store) -> None:
        assert await store.write(synchronous) == 2
        assert await store.note(synchronous) == 1

    with_store(tmp_path, test)


def test_a_job_that_fails_has_written_nothing(tmp_path: Path) -> None:
    def job(data: Tables) -> None:
        data.stations.add(station("News", "a"))
        data.stations.add(station("News", "a"))

    async def test(store: Store) -> None:
        with pytest.raises(ConflictError):
            await store.write(job)
        assert await store.read(lambda data: data.stations.all()) == ()

    with_store(tmp_path, test)


def test_what_sqlite_refuses_comes_in_our_words(tmp_path: Path) -> None:
    async def test(store: Store) -> None:
        with pytest.raises(UnknownRecordError):
            await store.write(lambda data: data.endpoints.add(endpoint(station_id="gone")))
        with pytest.raises(BugError):
            await store.read(lambda data: data.stations._connection.execute("SELECT nonsense"))
        assert await store.read(lambda data: data.endpoints.all()) == ()

    with_store(tmp_path, test)


@pytest.mark.parametrize(
    ("title", "size", "words"), [("\ud800", 1, "characters that are none"), ("Fine", 2**63, "too large")]
)
def test_what_no_database_holds_is_the_users_mistake(
    tmp_path: Path, title: str, size: int, words: str
) -> None:
    async def test(store: Store) -> None:
        with pytest.raises(UserError, match=words):
            await store.write(lambda data: data.assets.put(asset(title=title, size_bytes=size)))

    with_store(tmp_path, test)


def test_a_reading_job_can_change_nothing(tmp_path: Path) -> None:
    async def test(store: Store) -> None:
        with pytest.raises(StoreFault):
            await store.read(lambda data: data.stations.add(station()))
        assert await store.read(lambda data: data.stations.all()) == ()
        await store.write(lambda data: data.stations.add(station()))

    with_store(tmp_path, test)


@pytest.mark.allow_warning_logs
def test_a_row_that_nobody_wrote_so_is_damage(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def test(store: Store) -> None:
        await store.write(lambda data: data.endpoints.add(endpoint()))
        spoil = "UPDATE endpoints SET rendition = 'diagonal'"
        await store.write(lambda data: data.endpoints._connection.execute(spoil).rowcount)
        with pytest.raises(DamagedStoreError):
            await store.read(lambda data: data.endpoints.all())

    with_store(tmp_path, test)
    assert "diagonal" in caplog.text


def test_many_readers_and_a_writer_never_hear_of_each_other(tmp_path: Path) -> None:
    """D04: there is one connection, so nobody is ever told that the database is busy."""

    async def write(store: Store) -> None:
        for number in range(50):
            await store.write(adding(number))

    async def read(store: Store) -> None:
        seen = 0
        while seen < 50:
            now = len(await store.read(lambda data: data.stations.all()))
            assert now >= seen
            seen = now

    async def test(store: Store) -> None:
        await asyncio.gather(write(store), *(read(store) for _ in range(8)))

    with_store(tmp_path, test)


def test_a_session_that_was_live_when_the_service_died_is_closed_at_the_next_start(tmp_path: Path) -> None:
    async def begin(store: Store) -> None:
        await store.write(lambda data: data.sessions.begin(session()))

    async def restart() -> None:
        store = Store(tmp_path, wall_now=lambda: NOW)
        await store.start()
        found = await store.read(lambda data: data.sessions.get("se1"))
        await store.aclose()
        assert found.ending is SessionEnding.INTERRUPTED

    with_store(tmp_path, begin)
    asyncio.run(restart())


def test_more_jobs_than_can_wait_are_refused_and_those_handed_in_are_done_before_the_end(
    tmp_path: Path,
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def hold(_: object) -> bool:
        begun.set()
        return go_on.wait(10)

    async def test(store: Store) -> None:
        held = asyncio.ensure_future(store.read(hold))
        assert await asyncio.to_thread(begun.wait, 10)
        jobs = [asyncio.ensure_future(store.note(adding(number))) for number in range(MAX_WAITING + 20)]
        await asyncio.sleep(0)
        go_on.set()
        await store.aclose()
        results = await asyncio.gather(*jobs, return_exceptions=True)
        assert await held
        refused = [result for result in results if isinstance(result, StoreFault)]
        assert len(refused) == 20
        assert len(results) - len(refused) == sum(not isinstance(each, BaseException) for each in results)
        with pytest.raises(StoreFault, match="closed"):
            await store.read(lambda data: data.stations.all())

    with_store(tmp_path, test)


def test_a_disk_that_does_not_answer_is_said_and_a_job_nobody_waits_for_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    monkeypatch.setattr(store_module, "ANSWER_TIMEOUT_S", 0.05)

    async def test(store: Store) -> None:
        with pytest.raises(StoreFault, match="does not answer"):
            await store.read(lambda _: go_on.wait(10))
        with pytest.raises(StoreFault, match="does not answer"):
            await store.write(lambda data: data.stations.add(station()))
        go_on.set()
        monkeypatch.undo()
        assert await store.read(lambda data: data.stations.all()) == ()

    with_store(tmp_path, test)


@pytest.mark.allow_warning_logs
def test_an_end_does_not_wait_for_ever_for_a_disk_that_hangs(tmp_path: Path) -> None:
    go_on = threading.Event()

    async def test(store: Store) -> None:
        held = asyncio.ensure_future(store.read(lambda _: go_on.wait(10)))
        await asyncio.sleep(0)
        await store.aclose(timeout_s=0.05)
        assert not held.done()
        go_on.set()
        await held

    with_store(tmp_path, test)


def test_a_store_is_started_once(tmp_path: Path) -> None:
    async def test(store: Store) -> None:
        with pytest.raises(BugError):
            await store.start()

    with_store(tmp_path, test)


def test_a_start_that_fails_says_why_and_leaves_nothing_running(tmp_path: Path) -> None:
    async def run() -> None:
        store = Store(tmp_path / "file")
        with pytest.raises(StoreFault, match="folder cannot be used"):
            await store.start()
        with pytest.raises(StoreFault, match="closed"):
            await store.read(lambda data: data.stations.all())
        await store.aclose()

    (tmp_path / "file").write_bytes(b"")
    asyncio.run(run())


def test_a_backup_is_made_once_a_day_and_restores_what_it_held(tmp_path: Path) -> None:
    now = NOW

    async def run() -> None:
        nonlocal now
        store = Store(tmp_path, wall_now=lambda: now)
        await store.start()
        await store.write(lambda data: data.stations.add(station()))
        first, second = await asyncio.gather(store.back_up_if_due(), store.back_up_if_due())
        assert (first is None) != (second is None)
        now += timedelta(days=1)
        assert await store.back_up_if_due() is not None
        await store.aclose()

    asyncio.run(run())
    backups = sorted((tmp_path / BACKUPS_NAME).iterdir())
    assert [path.name[:14] for path in backups] == ["daily-20260504", "daily-20260505"]
    restored = tmp_path / "restored"
    restored.mkdir()
    (restored / DATABASE_NAME).write_bytes(backups[0].read_bytes())

    async def read(store: Store) -> None:
        assert len(await store.read(lambda data: data.stations.all())) == 1

    with_store(restored, read)
