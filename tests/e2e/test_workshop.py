"""The workshop's processes: what they are kept from, what their limits do, and that the service outlives all of it."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.common.errors import BugError, SystemFault, UserError
from powerstream_desktop.library.workshop.jobs import LOOK, Job
from powerstream_desktop.library.workshop.workshop import Workshop
from tests.e2e.support.live_broadcast import is_running
from tests.e2e.support.waiting import wait_until
from tests.integration.library.drawn_films import Film, make_film

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(300)]

on_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="what is given up differs from system to system"
)


def escaping(name: str) -> tuple[str, ...]:
    """Return a media process whose table has the work of ``media_escapes`` under the name ``probe``."""
    table = {"probe": f"tests.e2e.support.media_escapes:{name}"}
    code = f"from powerstream_desktop.library.workshop.child import main; main({table!r})"
    return (sys.executable, "-c", code)


def run(work: Callable[[Workshop], Coroutine[Any, Any, Any]], command: tuple[str, ...] = ()) -> Any:
    async def main() -> Any:
        workshop = Workshop(command)
        try:
            return await work(workshop)
        finally:
            await workshop.aclose()

    return asyncio.run(main())


def attempt(name: str, file: Path, folder: Path | None = None, **request: Any) -> dict[str, Any]:
    job = Job(kind="probe", file=file, folder=folder, request=request, limits=replace(LOOK, file_bytes=1000))
    return dict(run(lambda workshop: workshop.run(job), escaping(name)).words)


@pytest.fixture
def film(tmp_path: Path) -> Path:
    return make_film(tmp_path / "film.mp4", Film(seconds=2))


def test_every_kind_of_work_comes_back_from_its_process(film: Path, tmp_path: Path) -> None:
    made = tmp_path / "pictures"
    made.mkdir()

    async def all_of_it(workshop: Workshop) -> None:
        facts = await workshop.probe(film)
        assert (facts.width, facts.height, facts.video_codec) == (320, 180, "h264")
        pictures = await workshop.pictures(film, made)
        assert pictures.thumbnail.read_bytes()[:3] == pictures.strip.read_bytes()[:3] == b"\xff\xd8\xff"
        waveform = await workshop.waveform(film)
        assert len(waveform.peaks) > 90
        assert max(waveform.peaks) > 200
        verification = await workshop.verify(film)
        assert verification.is_good

    run(all_of_it)


def test_a_refusal_comes_back_in_its_own_words(tmp_path: Path) -> None:
    text = tmp_path / "diary.mp4"
    text.write_text("Dear diary")
    with pytest.raises(UserError, match="is a text, not a video"):
        run(lambda workshop: workshop.probe(text))


def test_a_film_that_is_gone_is_said_to_be(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"There is no file gone\.mp4"):
        run(lambda workshop: workshop.probe(tmp_path / "gone.mp4"))


@on_linux
def test_a_media_process_has_no_network_and_starts_nothing(film: Path) -> None:
    words = attempt("reach_out", film)
    assert words == dict.fromkeys(words, "PermissionError")
    assert {"socket", "unix socket", "fork", "other program", "signal to the parent"} <= words.keys()


@on_linux
def test_a_media_process_reads_its_file_and_writes_into_its_folder_and_nowhere_else(
    film: Path, tmp_path: Path
) -> None:
    secret, folder = tmp_path / "secret.txt", tmp_path / "work"
    secret.write_text("the key")
    folder.mkdir()
    words = attempt("look_around", film, folder, secret=str(secret), beside=str(tmp_path / "beside"))
    if not words.pop("is_confined"):
        pytest.skip("this kernel has no Landlock")
    assert words == {
        "own file": "",
        "own folder": "",
        "secret": "PermissionError",
        "passwd": "PermissionError",
        "beside": "PermissionError",
        "own file written": "PermissionError",
        "link": "PermissionError",
    }
    assert [path.name for path in folder.iterdir()] == ["made"]


@on_linux
def test_a_media_process_gets_so_much_memory_and_writes_so_long_a_file_and_no_more(
    film: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    words = attempt("use_up", film, folder)
    assert words == {"memory": "MemoryError", "long file": "OSError", "many files": "OSError"}
    assert (folder / "long").stat().st_size <= 1000


def test_a_process_that_takes_too_long_is_killed_and_waited_for(film: Path) -> None:
    job = Job(kind="probe", file=film, limits=replace(LOOK, patience_s=1.5))
    with pytest.raises(UserError, match="took too long"):
        run(lambda workshop: workshop.run(job), escaping("hang"))


@on_linux
def test_a_process_that_spins_is_ended_by_its_own_limit(film: Path) -> None:
    job = Job(kind="probe", file=film, limits=replace(LOOK, processor_s=1, patience_s=240.0))
    with pytest.raises(UserError, match="breaks what reads it"):
        run(lambda workshop: workshop.run(job), escaping("spin"))


def test_a_process_that_crashes_is_the_fault_of_its_file(film: Path) -> None:
    with pytest.raises(UserError, match="breaks what reads it"):
        run(lambda workshop: workshop.run(Job(kind="probe", file=film, limits=LOOK)), escaping("crash"))


@pytest.mark.allow_warning_logs
def test_work_that_fails_unexpectedly_is_a_fault_of_ours(film: Path) -> None:
    with pytest.raises(BugError):
        run(lambda workshop: workshop.run(Job(kind="probe", file=film, limits=LOOK)), escaping("fail"))


@pytest.mark.parametrize("name", ["babble", "say_nonsense"])
def test_a_process_that_talks_nonsense_is_not_believed(film: Path, name: str) -> None:
    with pytest.raises(BugError):
        run(lambda workshop: workshop.run(Job(kind="probe", file=film, limits=LOOK)), escaping(name))


def test_a_job_that_is_cancelled_leaves_no_process(film: Path, tmp_path: Path) -> None:
    sign = tmp_path / "work"
    sign.mkdir()

    async def cancelled(workshop: Workshop) -> int:
        begun = asyncio.Event()
        pids: list[int] = []

        def progress(_: float) -> None:
            pids.append(int((sign / "pid").read_text()))
            begun.set()

        limits = replace(LOOK, file_bytes=1000)
        task = asyncio.ensure_future(
            workshop.run(Job(kind="probe", file=film, folder=sign, limits=limits), progress)
        )
        await asyncio.wait_for(begun.wait(), 60)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return pids[0]

    pid = run(cancelled, escaping("tell_pid_and_hang"))
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@on_linux
def test_a_process_dies_with_the_one_that_has_started_it(film: Path, tmp_path: Path) -> None:
    """Also one that hangs: nobody else would ever end it."""
    sign = tmp_path / "work"
    sign.mkdir()
    code = f"""
import asyncio
from dataclasses import replace
from pathlib import Path
from powerstream_desktop.library.workshop.jobs import LOOK, Job
from powerstream_desktop.library.workshop.workshop import Workshop
limits = replace(LOOK, file_bytes=1000)
job = Job(kind="probe", file=Path({str(film)!r}), folder=Path({str(sign)!r}), limits=limits)
asyncio.run(Workshop({escaping("tell_pid_and_hold_all")!r}).run(job))
"""
    parent = subprocess.Popen([sys.executable, "-c", code])
    try:
        pid = int(wait_until(lambda: _content(sign / "pid"), what="its number", timeout_s=60))
    finally:
        parent.kill()
        parent.wait()
    wait_until(lambda: not is_running(pid), what="its end", timeout_s=60)


def _content(file: Path) -> str:
    return file.read_text() if file.exists() else ""


def test_a_workshop_that_closes_ends_its_work(film: Path) -> None:
    async def closed(workshop: Workshop) -> None:
        task = asyncio.ensure_future(workshop.run(Job(kind="probe", file=film, limits=LOOK)))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        await workshop.aclose()
        with pytest.raises(SystemFault):
            await task
        with pytest.raises(SystemFault):
            await workshop.probe(film)

    run(closed, escaping("hang"))


def test_a_program_that_cannot_be_started_is_told_as_a_fault_of_the_system(film: Path) -> None:
    with pytest.raises(SystemFault, match="cannot be started"):
        run(lambda workshop: workshop.probe(film), (str(film.parent / "no-such-program"),))
