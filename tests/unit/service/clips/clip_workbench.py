"""A clip desk on a test's bench: a real store, and a cutter that does what the test says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from powerstream_desktop.library.clips.cut_request import DRAFT_NAME, CutRequest, CutResult
from powerstream_desktop.service.clips.clip import Clip
from powerstream_desktop.service.clips.clip_cutter import Cutter
from powerstream_desktop.service.clips.clip_desk import ClipDesk, ClipTools
from powerstream_desktop.service.clips.clip_states import ClipState
from powerstream_desktop.service.multistream.session_request import RunningSession
from powerstream_desktop.service.store.assets import Asset
from powerstream_desktop.service.store.store import Store
from tests.unit.service.store.rows import NOW, asset

PATIENCE_S = 20.0


@dataclass
class FakeCutter:
    """Writes a few bytes, when it is let."""

    sources: list[Path] = field(default_factory=list)
    requests: list[CutRequest] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)
    shares: tuple[float, ...] = ()
    refuses: Exception | None = None
    was_given_up: int = 0
    may_go_on: asyncio.Event = field(default_factory=asyncio.Event)
    has_begun: asyncio.Event = field(default_factory=asyncio.Event)

    async def cut(
        self, source: Path, folder: Path, request: CutRequest, on_progress: Callable[[float], None]
    ) -> CutResult:
        assert source.parent == folder.parent or not source.parent.exists()
        self.sources.append(source)
        self.requests.append(request)
        self.folders.append(folder)
        (folder / DRAFT_NAME).write_bytes(b"half")
        self.has_begun.set()
        for share in self.shares:
            on_progress(share)
        try:
            await self.may_go_on.wait()
        except asyncio.CancelledError:
            self.was_given_up += 1
            raise
        if self.refuses is not None:
            raise self.refuses
        (folder / DRAFT_NAME).write_bytes(b"whole clip")
        return CutResult(start_ms=request.start_ms - 100, end_ms=request.end_ms, size_bytes=10)


@dataclass
class Bench:
    """What a test works with."""

    desk: ClipDesk
    store: Store
    cutter: FakeCutter
    shows: Path
    spare: Path
    turned: list[tuple[str, ClipState]]
    progressed: list[float]
    clock: list[float]
    running: list[RunningSession | None]

    async def add(self, asset_id: str = "as1", **fields: object) -> Asset:
        """Put a replay with a file into the library."""
        file = self.shows / f"{asset_id}.mp4"
        file.write_bytes(b"film")
        values: dict[str, object] = {"file": str(file), "duration_ms": 60_000, **fields}
        row = asset(asset_id, **values)  # type: ignore[arg-type]
        return await self.store.write(lambda tables: tables.assets.put(row))

    async def over(self, clip: Clip) -> Clip:
        """Wait until a clip is over."""
        async with asyncio.timeout(PATIENCE_S):
            while True:
                [now] = [each for each in self.desk.all() if each.id == clip.id]
                if now.state not in (ClipState.QUEUED, ClipState.RUNNING):
                    return now
                await asyncio.sleep(0.005)


@asynccontextmanager
async def bench(folder: Path, cutter: Cutter | None = None) -> AsyncIterator[Bench]:
    """Give a desk whose data and films are in a folder, and that has clips cut by ``cutter``, or by one that obeys the test."""
    shows, spare = folder / "shows", folder / "spare"
    shows.mkdir()
    spare.mkdir()
    store = Store(folder / "data", wall_now=lambda: NOW)
    await store.start()
    turned: list[tuple[str, ClipState]] = []
    progressed: list[float] = []
    clock, running = [0.0], list[RunningSession | None]([None])
    fake = FakeCutter()
    desk = ClipDesk(
        ClipTools(
            store=store,
            add=lambda added: store.write(lambda tables: tables.assets.put(added)),
            cutter=cutter or fake,
            running=lambda: running[0],
            spare_folder=lambda: spare,
            turned=lambda clip: turned.append((clip.id, clip.state)),
            progressed=lambda clip: progressed.append(clip.progress),
            wall_now=lambda: NOW,
            clock=lambda: clock[0],
        ),
        settles_after_s=0.0,
    )
    desk.start()
    try:
        yield Bench(desk, store, fake, shows, spare, turned, progressed, clock, running)
    finally:
        await desk.aclose()
        await store.aclose()


def tell(folder: Path, story: Callable[[Bench], Awaitable[None]]) -> None:
    """Run a story at a desk of its own."""

    async def run() -> None:
        async with bench(folder) as desk:
            await story(desk)

    asyncio.run(run())
