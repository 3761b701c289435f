"""A recording that a crash left is finished where it lies: no crash while that happens makes it worse."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from powerstream_desktop.recording import left_behind
from powerstream_desktop.recording.left_behind import recover_left_behind
from powerstream_desktop.recording.recovery import look_into
from powerstream_desktop.recording.safe_file import SafeFile
from powerstream_desktop.rtmp.packet import MediaKind
from tests.integration.recording.clips import X264_B_FRAMES, play
from tests.integration.recording.damage import cut_off
from tests.integration.recording.traced_file import TracedFile, crash_states
from tests.unit.recording.fakes import FakeDisk, Synced, Written, replayed

TORN_END = bytes(8) + b"of a fragment that never counted" * 50


def frames(content: bytes) -> dict[MediaKind, list[bytes]]:
    return {kind: track.bodies for kind, track in play(content).items()}


def steps_of(path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Written | Synced]:
    """Recover a recording, and return what was written to it."""
    disk = FakeDisk()
    with monkeypatch.context() as patch:
        patch.setattr(
            left_behind,
            "open_existing",
            lambda each: SafeFile(TracedFile(each, disk), size=each.stat().st_size),
        )
        assert recover_left_behind(path, look_into) is not None
    return disk.trace


@pytest.mark.parametrize("torn", [b"", TORN_END], ids=["whole", "torn end"])
@pytest.mark.parametrize("options", [(), X264_B_FRAMES], ids=["plain", "B-frames"])
def test_after_a_crash_at_any_write_it_plays_as_it_did_and_the_next_start_finishes_it(
    options: tuple[tuple[str, str], ...], torn: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = cut_off(options=options) + torn
    path = tmp_path / "show.recording.mp4"
    path.write_bytes(content)
    steps = steps_of(path, monkeypatch)
    assert any(isinstance(step, Synced) for step in steps[:-1]), "the index and the patch need a barrier"
    whole = frames(content)
    copied = 0
    again = tmp_path / "again"
    again.mkdir()
    for number, state in enumerate(_without_impossible(crash_states(steps), len(content))):
        crashed = replayed([Written(0, content), *state])
        assert frames(crashed) == whole
        left = again / f"{number}.recording.mp4"
        left.write_bytes(crashed)
        found = recover_left_behind(left, look_into)
        assert found is not None
        if found.original is not None:  # the eight bytes that come last were torn: that counts as damage
            copied += 1
            assert found.original.read_bytes() == crashed
        now = found.part.path.read_bytes()
        assert now[48:52] == b"mdat"
        assert frames(now) == whole
    assert copied <= struct.calcsize(">Q")


def _without_impossible(states: list[list[Written | Synced]], size: int) -> list[list[Written | Synced]]:
    """Leave out torn patches: eight bytes within one sector reach the disk together (``test_write_trace``)."""

    def is_torn_patch(step: Written | Synced) -> bool:
        return isinstance(step, Written) and step.position < size and len(step.data) != struct.calcsize(">Q")

    return [state for state in states if not any(map(is_torn_patch, state))]
