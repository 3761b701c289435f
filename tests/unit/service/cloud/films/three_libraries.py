"""Three computers with their films, the store and the PowerStream server, and everything that can happen to them (V32).

Whatever anybody does, and wherever he is killed: no film is gone everywhere unless somebody deleted its replay, or threw the file away
himself (I1), and neither a manifest nor the server ever names a film that is not there, whole and right (I3). Once all have come to
rest, whoever knows of a replay has its film or gets it.
"""

from __future__ import annotations

import asyncio
import functools
import hashlib
import itertools
import logging
import os
import random
import shutil
import tempfile
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from powerstream_desktop.cloud.object_store.stored_words import EVERYTHING
from powerstream_desktop.service.store.uploads import CopyWish
from tests.unit.service.cloud.films.computer import Computer, World
from tests.unit.service.cloud.films.direct_courier import PART_BYTES
from tests.unit.service.cloud.films.direct_store import empty_data
from tests.unit.service.cloud.films.hurried_loop import HurriedLoop
from tests.unit.service.cloud.films.life import Kind
from tests.unit.service.cloud.films.oracle import PREFIX, Oracle

MINUTE_S = 60.0
HOUR_S = 60 * MINUTE_S
DAY_S = 24 * HOUR_S
YEAR_S = 365 * DAY_S
FILM_BYTES = 2 * PART_BYTES + 7
SETTLED_AFTER = 10
ASSETS = ("replay-one", "replay-two")
LOST_SHARE = 0.15
_IN_MEMORY = next((each for each in ("/dev/shm",) if os.access(each, os.W_OK)), None)
"""Nobody pulls the plug here: a disk would only make all of it slow."""

computers = st.integers(0, 2)
assets = st.sampled_from(ASSETS)
desks = st.sampled_from(("uploads", "uploads", "syncs", "syncs", "copies", "copies", "tells", "looks"))
kills = st.one_of(st.none(), st.tuples(st.integers(1, 30), st.booleans()))

Killed = tuple[int, bool] | None
Work = Callable[[], Coroutine[Any, Any, None]]


class _Mistakes(logging.Handler):
    """What the program says of its own mistakes; it catches them, so that the rest goes on."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(f"{record.getMessage()} {record.exc_info[1] if record.exc_info else ''}")


class ThreeLibraries(RuleBasedStateMachine):
    """See the module."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp(prefix="libraries-", dir=_IN_MEMORY))
        self.loop = HurriedLoop()
        self.numbers = itertools.count(1)
        self.mistakes = _Mistakes()
        logging.getLogger("powerstream_desktop").addHandler(self.mistakes)
        self.computers: list[Computer] = []
        self.backups: dict[int, bytes] = {}
        self.works = 0

    @initialize(is_conditional=st.booleans(), has_server=st.booleans(), seed=st.integers(0, 1000))
    def begin(self, is_conditional: bool, has_server: bool, seed: int) -> None:
        computers = self.home / "computers"
        computers.mkdir()
        capabilities = replace(
            EVERYTHING, conditional_put=is_conditional, conditional_replace=is_conditional,
            conditional_complete=is_conditional,
        )  # fmt: skip
        self.world = World(computers, random.Random(seed), self.look, capabilities, has_server)
        self.oracle = Oracle(computers, self.world.bucket, self.world.server)
        self.computers = [Computer(self.world, number) for number in range(3)]
        for computer in self.computers:
            self.run(computer.do(computer.prepare))
        for number, asset_id in enumerate(ASSETS):
            self.record(number, asset_id)
            self.share(number, asset_id)

    def look(self, done: Kind) -> None:
        self.oracle.look(done)

    # --- what people do --------------------------------------------------------------------------------------------

    @rule(number=computers, asset_id=assets)
    def record(self, number: int, asset_id: str) -> None:
        """Of each replay there is one film, whoever has it; a second computer gets it as a file from the first (V15)."""
        computer = self.computers[number]
        if computer.knows(asset_id) is None:
            content = film(asset_id)
            self.oracle.films[hashlib.sha256(content).hexdigest()] = asset_id
            self.run(computer.do(lambda: computer.records(asset_id, content)))

    @rule(number=computers, asset_id=assets, killed_at=kills, loses=st.booleans())
    def upload(self, number: int, asset_id: str, killed_at: Killed, loses: bool) -> None:
        number = self.one_of(number, lambda each: each.has_file(asset_id))
        computer = self.computers[number]
        self.run(computer.do(lambda: computer.room.upload(asset_id)))
        self.work(number, "uploads", 1, killed_at, loses=loses)

    @rule(number=computers, asset_id=assets)
    def share(self, number: int, asset_id: str) -> None:
        """Upload it, and wait until all know of it."""
        number = self.one_of(number, lambda each: each.has_file(asset_id))
        self.upload(number, asset_id, None, loses=False)
        for desk in ("uploads", "tells", "syncs"):
            self.work(number, desk, 1, None, loses=False)
        for other in range(3):
            self.work(other, "syncs", 1, None, loses=False)

    @rule(number=computers, asset_id=assets, killed_at=kills, loses=st.booleans(), is_shared=st.booleans())
    def give_up(self, number: int, asset_id: str, killed_at: Killed, loses: bool, is_shared: bool) -> None:
        number = self.one_of(number, lambda each: each.has_file(asset_id))
        if is_shared:
            self.computers[number].is_online = True
            self.share(number, asset_id)
        computer = self.computers[number]
        self.run(computer.do(lambda: computer.room.evict(asset_id)))
        self.work(number, "copies", 1, killed_at, loses=loses)

    @rule(number=computers, asset_id=assets, killed_at=kills, loses=st.booleans())
    def fetch(self, number: int, asset_id: str, killed_at: Killed, loses: bool) -> None:
        number = self.one_of(number, lambda each: not each.has_file(asset_id))
        computer = self.computers[number]
        self.run(computer.do(lambda: computer.room.download(asset_id)))
        self.work(number, "copies", 1, killed_at, loses=loses)

    @rule(asset_id=assets, wishes=st.tuples(*[st.sampled_from(("evict", "download", "upload", None))] * 3))
    def want_much(self, asset_id: str, wishes: tuple[str | None, ...]) -> None:
        """Each wants something else of a replay, and it is done when they come to it."""
        for computer, wish in zip(self.computers, wishes, strict=True):
            if wish is not None:
                self.run(computer.do(functools.partial(getattr(computer.room, wish), asset_id)))

    @rule(number=computers, asset_id=assets)
    def think_better_of_it(self, number: int, asset_id: str) -> None:
        computer = self.computers[number]
        self.run(computer.do(lambda: computer.room.cancel(asset_id)))
        for wish in CopyWish:
            self.run(computer.do(functools.partial(computer.room.cancel_copy, asset_id, wish)))

    @rule(number=computers, asset_id=assets)
    def write_a_title(self, number: int, asset_id: str) -> None:
        computer, title = self.computers[number], f"title {next(self.numbers)}"
        self.run(computer.do(lambda: computer.edits(asset_id, title)))

    @rule(number=computers, asset_id=assets)
    def delete_everywhere(self, number: int, asset_id: str) -> None:
        computer = self.computers[number]
        if computer.knows(asset_id) is not None:
            self.oracle.deleted.add(asset_id)
            self.run(computer.do(lambda: computer.removes(asset_id)))

    @rule(number=computers, asset_id=assets, is_written=st.booleans())
    def meddle_with_the_file(self, number: int, asset_id: str, is_written: bool) -> None:
        """Another program writes over it, or somebody throws it away."""
        number = self.one_of(number, lambda each: each.has_file(asset_id))
        file = self.computers[number].folder / f"{asset_id}.mp4"
        if file.exists() and is_written:
            content = film(f"{asset_id} {next(self.numbers)}")
            file.write_bytes(content)
            self.oracle.films[hashlib.sha256(content).hexdigest()] = asset_id
        else:
            file.unlink(missing_ok=True)
        self.oracle.excuse()

    # --- what computers do -----------------------------------------------------------------------------------------

    @rule(number=computers, desk=desks, times=st.integers(1, 3), killed_at=kills, loses=st.booleans())
    def work(self, number: int, desk: str, times: int, killed_at: Killed, loses: bool) -> None:
        for _ in range(times):
            self.run(self.at_a_desk(number, desk, killed_at, loses=loses))

    @rule(first=desks, second=desks, third=desks, killed_at=kills, loses=st.booleans())
    def all_work_at_once(self, first: str, second: str, third: str, killed_at: Killed, loses: bool) -> None:
        self.world.is_at_once = True
        works = [
            self.at_a_desk(number, desk, None if number else killed_at, loses=loses)
            for number, desk in enumerate((first, second, third))
        ]
        self.run(*works)
        self.world.is_at_once = False

    # --- what happens to computers ---------------------------------------------------------------------------------

    @rule(number=computers)
    def lose_or_find_the_network(self, number: int) -> None:
        self.computers[number].is_online ^= True

    @rule(number=computers, error_s=st.sampled_from((-10 * YEAR_S, -HOUR_S, 0.0, HOUR_S, 10 * YEAR_S)))
    def set_the_clock(self, number: int, error_s: float) -> None:
        self.computers[number].clock_error_s = error_s

    @rule(passed_s=st.sampled_from((1.0, 6 * MINUTE_S, DAY_S, 31 * DAY_S)))
    def wait(self, passed_s: float) -> None:
        """Meanwhile one of them, its turn, is backed up."""
        self.world.now_s += passed_s
        number = next(self.numbers) % len(self.computers)
        self.backups[number] = self.computers[number].store.data()

    @precondition(lambda self: self.backups)
    @rule(data=st.data())
    def restore_a_backup(self, data: st.DataObject) -> None:
        """V30."""
        number = data.draw(st.sampled_from(sorted(self.backups)))
        self.begin_anew(number, self.backups[number])

    @rule(number=computers)
    def lose_the_database(self, number: int) -> None:
        """V31: what has a file is found again in its folder."""
        computer = self.computers[number]
        computer.writes_notes()
        self.begin_anew(number, empty_data())
        self.run(computer.do(computer.rebuilds))

    @rule(asset_id=assets)
    def take_an_object(self, asset_id: str) -> None:
        """Somebody removes it from the store by other means."""
        objects = self.world.bucket.objects
        key = next((each for each in objects if each.startswith(f"{PREFIX}vod/{asset_id}/")), None)
        if key is not None:
            del objects[key]
            self.oracle.taken.add(key)
            self.oracle.excuse()

    # --- how it ends -----------------------------------------------------------------------------------------------

    def teardown(self) -> None:
        try:
            if self.computers:
                self.settle()
                self.whoever_knows_of_a_film_gets_it()
        finally:
            self.close()

    def close(self) -> None:
        for computer in self.computers:
            computer.store.close()
        self.loop.close()
        logging.getLogger("powerstream_desktop").removeHandler(self.mistakes)
        shutil.rmtree(self.home)

    def settle(self) -> None:
        for computer in self.computers:
            computer.is_online, computer.clock_error_s, computer.courier.lost_share = True, 0.0, 0.0
            self.run(computer.do(computer.restart))
        for _ in range(SETTLED_AFTER):
            before = self.oracle.changes
            for number in range(3):
                # The server is told at once of what others have edited, or two would hand each other their titles for ever.
                for desk in ("looks", "uploads", "uploads", "tells", "syncs", "tells", "copies", "copies"):
                    self.run(self.at_a_desk(number, desk, None, loses=False))
            self.world.now_s += 2 * HOUR_S
            if self.oracle.changes == before:
                return
        raise AssertionError("they never come to an end")

    def whoever_knows_of_a_film_gets_it(self) -> None:
        """And what is not deleted, of which there never was but one film, is known to somebody."""
        for asset_id in ASSETS:
            films = [each for each, whose in self.oracle.films.items() if whose == asset_id]
            if len(films) != 1 or films[0] in self.oracle.excused or asset_id in self.oracle.deleted:
                continue
            for computer in self.computers:
                self.run(computer.do(functools.partial(computer.room.download, asset_id)))
                for _ in range(3):
                    self.run(computer.do(computer.copies))
            has = [each for each in self.computers if self.has_film(each, asset_id, films[0])]
            named = any(each.asset_id == asset_id for each in self.oracle.by_manifests())
            assert has, f"nobody gets the film of {asset_id} any more"
            assert not named or len(has) == 3 or self.oracle.taken, f"not everybody gets {asset_id}"

    def has_film(self, computer: Computer, asset_id: str, sha256: str) -> bool:
        asset = computer.knows(asset_id)
        file = None if asset is None or asset.file is None else Path(asset.file)
        return file is not None and file.exists() and hashlib.sha256(file.read_bytes()).hexdigest() == sha256

    def one_of(self, number: int, is_able: Callable[[Computer], bool]) -> int:
        """Return one of those computers that can, or any if none can."""
        able = [each.number for each in self.computers if is_able(each)]
        return able[number % len(able)] if able else number

    # --- inside ----------------------------------------------------------------------------------------------------

    def at_a_desk(
        self, number: int, desk: str, killed_at: Killed, *, loses: bool
    ) -> Coroutine[Any, Any, None]:
        computer = self.computers[number]
        self.works += 1
        computer.life.operations, computer.life.killed_at = 0, killed_at
        computer.courier.lost_share = LOST_SHARE if loses else 0.0

        async def work() -> None:
            await computer.do(getattr(computer, desk))
            computer.life.killed_at, computer.courier.lost_share = None, 0.0

        return work()

    def begin_anew(self, number: int, data: bytes) -> None:
        computer = self.computers[number]

        async def restart() -> None:
            await computer.restart(data)

        self.run(computer.do(restart))

    def run(self, *works: Coroutine[Any, Any, None]) -> None:
        async def all_of_it() -> None:
            async with asyncio.TaskGroup() as group:
                for work in works:
                    group.create_task(work)

        self.loop.run_until_complete(all_of_it())
        assert not self.mistakes.said, self.mistakes.said


def film(of: str) -> bytes:
    """Return a film."""
    return (hashlib.sha256(of.encode()).digest() * (FILM_BYTES // 32 + 1))[:FILM_BYTES]
