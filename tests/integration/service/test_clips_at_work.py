"""Clips from the wish to the replay: the desk, a confined process, a real film, and a recording that is being written."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from powerstream_desktop.library.clips.cut_request import ClipMode
from powerstream_desktop.library.workshop.workshop import Workshop
from powerstream_desktop.recording.options import Container, RecordingOptions
from powerstream_desktop.recording.recorder import Recorder
from powerstream_desktop.recording.states import RecordingState
from powerstream_desktop.service.clips.clip import ClipWish
from powerstream_desktop.service.clips.clip_cutter import WorkshopCutter
from powerstream_desktop.service.clips.clip_states import ClipState
from powerstream_desktop.service.multistream.session_request import RunningSession, SessionRequest
from tests.integration.library.stamped_film import FPS, watch, write_film
from tests.integration.recording.clips import packets_of
from tests.unit.service.api.running_session import running_session
from tests.unit.service.clips.clip_workbench import Bench, bench
from tests.unit.service.media.waiting import until
from tests.unit.service.store.rows import session

SECONDS = 8


@asynccontextmanager
async def at_work(folder: Path) -> AsyncIterator[Bench]:
    """Give a desk whose clips are really cut."""
    workshop = Workshop()
    try:
        async with bench(folder, WorkshopCutter(workshop)) as desk:
            desk.clock[0] = 100.0
            yield desk
    finally:
        await workshop.aclose()


def test_a_clip_of_a_replay_holds_exactly_what_was_wished_for(tmp_path: Path) -> None:
    async def story() -> None:
        async with at_work(tmp_path) as desk:
            replay = await desk.add()
            await asyncio.to_thread(write_film, Path(replay.file or ""), SECONDS)
            wish = ClipWish(start_ms=1233, end_ms=5000, mode=ClipMode.EXACT)
            done = await desk.over(await desk.desk.make("as1", wish))
            assert done.error is None
            clip = await desk.store.read(lambda tables: tables.assets.get(done.result_asset_id or ""))
            assert watch(Path(clip.file or "")).numbers == list(range(37, 150))
            assert desk.progressed
            assert sorted(each.suffix for each in desk.shows.iterdir()) == [".mp4", ".mp4"]

    asyncio.run(story())


def test_a_clip_that_is_given_up_leaves_neither_file_nor_process(tmp_path: Path) -> None:
    async def story() -> None:
        async with at_work(tmp_path) as desk:
            replay = await desk.add()
            await asyncio.to_thread(write_film, Path(replay.file or ""), 20)
            clip = await desk.desk.make("as1", ClipWish(start_ms=10, end_ms=19_000, centre_x=0.5))
            await until(lambda: desk.progressed)
            assert (await desk.desk.cancel(clip.id)).state is ClipState.CANCELLED
            assert [each.name for each in desk.shows.iterdir()] == ["as1.mp4"]

    asyncio.run(story())


@pytest.mark.parametrize("container", Container)
def test_the_last_seconds_on_air_are_saved_while_the_recording_goes_on_undisturbed(
    tmp_path: Path, container: Container
) -> None:
    tape = io.BytesIO()
    packets = packets_of(write_film(tape, SECONDS, container="flv").getvalue())

    async def story() -> None:
        async with at_work(tmp_path) as desk:
            recorder = Recorder(RecordingOptions(folder=desk.shows, container=container), name="Show")
            recorder.start()
            recorder.offer(packets[: len(packets) * 3 // 4])
            await until(lambda: recorder.snapshot().durable_s > SECONDS * 3 / 4 - 1.5)
            await desk.store.write(lambda tables: tables.sessions.begin(session("se1")))
            desk.running[0] = on_air(recorder)
            clip = await desk.desk.make_live(3.0)
            recorder.offer(packets[len(packets) * 3 // 4 :])
            done = await desk.over(clip)
            assert done.error is None
            result = await recorder.aclose()
            assert result.state is RecordingState.FINALISED
            assert result.path is not None
            assert watch(result.path).numbers == list(range(SECONDS * FPS))
            kept = await desk.store.read(lambda tables: tables.assets.get(done.result_asset_id or ""))
            numbers = [number or 0 for number in watch(Path(kept.file or "")).numbers]
            assert numbers == list(range(numbers[0], numbers[-1] + 1))
            assert 3 * FPS <= len(numbers) <= 5.2 * FPS

    asyncio.run(story())


def on_air(recorder: Recorder) -> RunningSession:
    running = running_session(SessionRequest(title="Evening"))
    return replace(running, broadcast=replace(running.broadcast, recording=recorder.snapshot()))
