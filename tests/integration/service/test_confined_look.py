"""What a crash left is looked into by a confined process, and a file that breaks it costs nothing else."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import pytest

from powerstream_desktop.common.errors import BugError, UserError
from powerstream_desktop.library.workshop.workshop import Workshop
from powerstream_desktop.recording.finding import INDEX_NAME, NEW_NAME, FileState, Finding
from powerstream_desktop.recording.left_behind import recover_left_behind
from powerstream_desktop.service.multistream.confined_look import ConfinedLook
from tests.integration.recording.clips import play
from tests.integration.recording.damage import cut_off, finished

_Found = TypeVar("_Found")


def looked(ask: Callable[[ConfinedLook], _Found], command: Sequence[str] = ()) -> _Found:
    """Ask on a thread while the workshop's loop runs."""

    async def run() -> _Found:
        workshop = Workshop(command)
        try:
            return await asyncio.to_thread(ask, ConfinedLook(workshop, asyncio.get_running_loop()))
        finally:
            await workshop.aclose()

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("content", "state", "made"),
    [
        (cut_off(), FileState.LACKS_INDEX, [INDEX_NAME]),
        (finished(), FileState.PLAYS, []),
        (finished()[: len(finished()) // 2], FileState.DAMAGED, [NEW_NAME]),
        (bytes(5_000), FileState.NOTHING, []),
    ],
    ids=["cut off", "finished", "damaged", "nothing"],
)
def test_it_finds_what_there_is_and_makes_what_is_missing(
    content: bytes, state: FileState, made: list[str], tmp_path: Path
) -> None:
    path, folder = tmp_path / "show.mp4", tmp_path / "made"
    path.write_bytes(content)
    folder.mkdir()
    found = looked(lambda look: look(path, folder))
    assert found.state is state
    assert found.size_bytes == len(content)
    assert [each.name for each in folder.iterdir()] == made
    assert path.read_bytes() == content


def test_a_recording_is_made_whole_by_it(tmp_path: Path) -> None:
    path = tmp_path / "show.recording.mp4"
    path.write_bytes(cut_off())
    left = looked(lambda look: recover_left_behind(path, look))
    assert left is not None
    assert left.part.path == tmp_path / "show.mp4"
    assert left.part.path.read_bytes()[48:52] == b"mdat"
    assert {kind: each.bodies for kind, each in play(left.part.path).items()} == {
        kind: each.bodies for kind, each in play(cut_off()).items()
    }


def test_a_file_that_breaks_the_process_stays_as_it_is_and_is_told(tmp_path: Path) -> None:
    path = tmp_path / "show.recording.mp4"
    path.write_bytes(cut_off())
    with pytest.raises(UserError, match="breaks what reads it"):
        looked(
            lambda look: recover_left_behind(path, look),
            (sys.executable, "-c", "import os, sys; sys.stdin.readline(); os._exit(9)"),
        )
    assert path.read_bytes() == cut_off()
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "answer",
    [
        "{}",
        '{"state":"plays","duration_s":-1.0,"size_bytes":SIZE,"skipped_bytes":0}',
        '{"state":"plays","duration_s":1.0,"size_bytes":5,"skipped_bytes":0}',
        '{"state":"great","duration_s":1.0,"size_bytes":SIZE,"skipped_bytes":0}',
    ],
)
def test_nonsense_is_not_believed(answer: str, tmp_path: Path) -> None:
    path = tmp_path / "show.recording.mp4"
    path.write_bytes(cut_off())
    said = answer.replace("SIZE", str(len(cut_off())))
    program = (
        "import json, sys; sys.stdin.readline();"
        "say = lambda each: print(json.dumps(each), flush=True);"
        "say({'type': 'begun', 'network': '', 'files': '', 'usage': ''});"
        f"say({{'type': 'done', 'result': {said!r}}}); sys.stdin.read()"
    )

    def ask(look: ConfinedLook) -> Finding:
        return look(path, tmp_path)

    with pytest.raises(BugError, match="nonsense"):
        looked(ask, (sys.executable, "-c", program))
