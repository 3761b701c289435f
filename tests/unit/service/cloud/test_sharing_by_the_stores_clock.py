"""What computers tell of their replays is stamped by the store's clock, and one replay that cannot be told keeps none back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from powerstream_desktop.cloud.manifests.kept_manifests import Kept
from powerstream_desktop.service.cloud.library_shelf import load_kept
from powerstream_desktop.service.store.markers import Marker
from powerstream_desktop.service.store.moments import to_ms
from powerstream_desktop.service.store.store_faults import StoreFault
from powerstream_desktop.service.store.tables import Tables
from tests.unit.service.cloud.stage import Computer, tell, tell_two
from tests.unit.service.store.rows import NOW
from tests.unit.service.vod.stage import until

ONE, TWO = "replay-one", "replay-two"
TEN_YEARS_S = 315_360_000.0


async def kept(computer: Computer, asset_id: str) -> Kept:
    found = await computer.library.store.read(lambda tables: load_kept(tables, asset_id))
    assert found is not None
    return found


def test_an_edit_is_stamped_by_the_stores_clock(tmp_path: Path) -> None:
    async def story(one: Computer) -> None:
        await one.shared(ONE, title="Evening")
        one.courier.clock_offset_s = TEN_YEARS_S  # this computer's clock is ten years behind
        await one.edit(ONE, title="From the past")
        await until(lambda: is_told(one, "From the past"))
        assert (await kept(one, ONE)).manifest.title.stamp.wall_ms == to_ms(NOW) + TEN_YEARS_S * 1000

    tell(tmp_path, story)


async def is_told(computer: Computer, title: str) -> bool:
    row = await kept(computer, ONE)
    return row.manifest.title.value == title and not row.is_ahead


def test_a_replay_with_more_markers_than_can_be_told_keeps_no_other_back(tmp_path: Path) -> None:
    async def story(one: Computer, other: Computer) -> None:
        for asset_id in (ONE, TWO):
            await one.shared(asset_id, title="Evening")

        def mark(tables: Tables) -> None:
            for number in range(1001):
                tables.markers.add(Marker(id=f"m{number}", asset_id=ONE, offset_ms=number))

        await one.library.store.write(mark)
        one.library.vod.changed(ONE)
        await one.edit(TWO, title="Morning")
        await until(lambda: one.room.is_busy is False)
        other.room.sync(confirm=False)
        await until(lambda: other.knows(TWO, title="Morning"))
        assert await other.knows(ONE, title="Evening")

    tell_two(tmp_path, story)


def test_an_edit_that_cannot_be_noted_at_once_is_told_by_the_next_pass(tmp_path: Path) -> None:
    async def story(one: Computer) -> None:
        for asset_id in (ONE, TWO):
            await one.shared(asset_id, title="Evening")
        await until(lambda: not one.room.is_busy)
        failed: list[str] = []
        write = one.library.store.write

        async def write_but_once(job: Callable[[Tables], Any]) -> Any:
            name = getattr(job, "__qualname__", "")
            if "LibraryShelf.say" in name and not failed:
                failed.append(name)
                raise StoreFault("The disk does not answer.", hint="Check it.")
            return await write(job)

        one.library.store.write = write_but_once  # type: ignore[method-assign]
        await one.edit(ONE, title="Morning")
        await until(lambda: bool(failed) and not one.room.is_busy)
        one.library.vod.changed(TWO)
        await until(lambda: is_told(one, "Morning"))

    tell(tmp_path, story)
