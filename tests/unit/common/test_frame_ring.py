from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from powerstream_desktop.common.errors import BugError, SystemFault
from powerstream_desktop.common.frame_layout import FrameLayout
from powerstream_desktop.common.frame_ring import FrameRingReader, FrameRingWriter
from powerstream_desktop.common.frame_ring_file import PAGE_BYTES, create_ring_file, open_ring_file
from powerstream_desktop.common.frame_ring_folder import generations

SMALL = FrameLayout.bgr(4, 2)
LARGE = FrameLayout.program(200, 100)


def copied(layout: FrameLayout, pixels: memoryview) -> tuple[FrameLayout, bytes]:
    return layout, bytes(pixels)


def write(ring: FrameRingWriter, layout: FrameLayout, value: int, stamp_s: float = 0.0) -> None:
    ring.slot(layout)[:] = bytes([value]) * layout.size_bytes
    ring.commit(stamp_s, now_s=stamp_s)


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[FrameRingWriter]:
    with closing(FrameRingWriter(tmp_path, "camera-1")) as writer:
        yield writer


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[FrameRingReader]:
    with closing(FrameRingReader(tmp_path, "camera-1")) as reader:
        yield reader


def test_there_is_nothing_to_take_before_the_first_picture(
    writer: FrameRingWriter, reader: FrameRingReader
) -> None:
    assert reader.take(copied) is None
    writer.slot(SMALL)
    assert reader.take(copied) is None
    assert reader.heartbeat_s == 0.0


def test_a_picture_is_taken_once_with_its_shape_and_its_time(
    writer: FrameRingWriter, reader: FrameRingReader
) -> None:
    write(writer, SMALL, 7, stamp_s=12.5)
    taken = reader.take(copied)
    assert taken is not None
    assert (taken.number, taken.stamp_s, taken.value) == (1, 12.5, (SMALL, b"\7" * 24))
    assert reader.take(copied) is None


def test_a_slow_reader_gets_the_newest_picture(writer: FrameRingWriter, reader: FrameRingReader) -> None:
    for value in range(1, 9):
        write(writer, SMALL, value)
    taken = reader.take(copied)
    assert taken is not None
    assert taken.value[1] == b"\10" * 24


def test_a_reader_keeps_a_picture_while_two_more_are_written(
    writer: FrameRingWriter, reader: FrameRingReader
) -> None:
    write(writer, SMALL, 1)

    def slowly(_layout: FrameLayout, pixels: memoryview) -> bytes:
        write(writer, SMALL, 2)
        write(writer, SMALL, 3)
        return bytes(pixels)

    taken = reader.take(slowly)
    assert taken is not None
    assert (taken.value, reader.torn) == (b"\1" * 24, 0)


def test_a_picture_that_was_overwritten_while_it_was_copied_is_not_returned(
    writer: FrameRingWriter, reader: FrameRingReader
) -> None:
    write(writer, SMALL, 1)
    disturbances = iter([True, False])

    def slowly(_layout: FrameLayout, pixels: memoryview) -> bytes:
        if next(disturbances):
            write(writer, SMALL, 2)
            write(writer, SMALL, 3)
            writer.slot(SMALL)[:] = b"\4" * 24  # not committed
        return bytes(pixels)

    taken = reader.take(slowly)
    assert taken is not None
    assert (taken.value, taken.number, reader.torn) == (b"\3" * 24, 3, 1)


def test_a_reader_that_is_overtaken_again_and_again_gives_up_for_this_time(
    writer: FrameRingWriter, reader: FrameRingReader
) -> None:
    write(writer, SMALL, 1)

    def too_slowly(_layout: FrameLayout, _pixels: memoryview) -> None:
        for value in (1, 2, 3):
            write(writer, SMALL, value)

    assert reader.take(too_slowly) is None
    assert reader.torn == 4
    assert reader.take(copied) is not None


def test_a_larger_picture_gets_a_larger_file_and_the_reader_follows(
    writer: FrameRingWriter, reader: FrameRingReader, tmp_path: Path
) -> None:
    write(writer, SMALL, 1)
    assert reader.take(copied) is not None
    write(writer, LARGE, 2)
    assert generations(tmp_path, "camera-1") == [2]
    taken = reader.take(copied)
    assert taken is not None
    assert taken.value == (LARGE, b"\2" * LARGE.size_bytes)
    write(writer, SMALL, 3)
    assert generations(tmp_path, "camera-1") == [2]
    again = reader.take(copied)
    assert again is not None
    assert again.value[0] == SMALL


def test_the_reader_follows_to_the_writer_that_takes_a_dead_ones_place(
    writer: FrameRingWriter, reader: FrameRingReader, tmp_path: Path
) -> None:
    write(writer, SMALL, 1)
    assert reader.take(copied) is not None
    second = FrameRingWriter(tmp_path, "camera-1")
    write(second, SMALL, 2)
    taken = reader.take(copied)
    assert taken is not None
    assert taken.value[1] == b"\2" * 24
    writer.close()  # as late as can be: the file of the other one stays
    assert generations(tmp_path, "camera-1") == [2]
    second.close()


def test_a_picture_is_made_only_while_somebody_watches(
    writer: FrameRingWriter, reader: FrameRingReader
) -> None:
    assert not writer.is_watched(0.0)
    writer.slot(SMALL)
    assert not writer.is_watched(0.0)
    reader.watch(5.0)
    reader.watch(3.0)
    assert writer.is_watched(4.9)
    assert not writer.is_watched(5.0)
    write(writer, LARGE, 2)
    assert writer.is_watched(4.9)
    writer.close()
    assert not writer.is_watched(4.9)


def test_the_writers_signs_of_life_are_seen(writer: FrameRingWriter, reader: FrameRingReader) -> None:
    seen = [reader.heartbeat_s]
    write(writer, SMALL, 1, stamp_s=3.0)
    reader.take(copied)
    seen.append(reader.heartbeat_s)
    writer.beat(4.0)
    seen.append(reader.heartbeat_s)
    assert seen == [None, 3.0, 4.0]


def test_a_ring_that_was_closed_has_no_file_and_no_new_picture(
    writer: FrameRingWriter, reader: FrameRingReader, tmp_path: Path
) -> None:
    write(writer, SMALL, 1)
    assert reader.take(copied) is not None
    write(writer, SMALL, 2)
    writer.close()
    assert list(tmp_path.iterdir()) == []
    assert reader.take(copied) is not None, "what was written before the end may still be taken"
    assert reader.take(copied) is None
    reader.close()
    assert reader.take(copied) is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has access lists instead")
def test_only_this_user_can_read_a_ring(writer: FrameRingWriter, tmp_path: Path) -> None:
    write(writer, SMALL, 1)
    (path,) = tmp_path.iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.stat().st_size == PAGE_BYTES * 4


def test_a_file_that_cannot_be_removed_does_not_keep_the_writer(
    writer: FrameRingWriter, reader: FrameRingReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows keeps a file as long as somebody has it mapped."""

    def refuse(path: Path) -> None:
        raise PermissionError(13, "somebody has it", str(path))

    write(writer, SMALL, 1)
    assert reader.take(copied) is not None
    with monkeypatch.context() as held:
        held.setattr(Path, "unlink", refuse)
        write(writer, LARGE, 2)
        assert sorted(generations(tmp_path, "camera-1")) == [1, 2]
        assert reader.take(copied) is not None
    writer.close()
    assert generations(tmp_path, "camera-1") == []


def test_an_array_over_a_slot_may_outlive_the_ring(writer: FrameRingWriter) -> None:
    held = memoryview(writer.slot(SMALL))
    held[:] = b"\5" * 24
    writer.commit(0.0, now_s=0.0)
    write(writer, LARGE, 2)
    assert bytes(held) == b"\5" * 24
    writer.close()
    assert bytes(held) == b"\5" * 24


def test_a_folder_that_is_not_there_is_a_fault_with_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(SystemFault, match="no room for pictures"):
        FrameRingWriter(tmp_path / "gone", "camera-1").slot(SMALL)
    reader = FrameRingReader(tmp_path / "gone", "camera-1")
    assert reader.take(copied) is None


@pytest.mark.parametrize("name", ["", "../x", "A", "a.b", "a" * 65])
def test_a_rings_name_cannot_lead_out_of_its_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(BugError, match="cannot be called"):
        FrameRingWriter(tmp_path, name)


def test_committing_what_was_never_begun_is_our_own_fault(writer: FrameRingWriter) -> None:
    with pytest.raises(BugError, match="never begun"):
        writer.commit(0.0, now_s=0.0)


@pytest.mark.parametrize("content", [b"", b"\0" * 100, b"\0" * (4 * PAGE_BYTES)], ids=len)
def test_a_file_that_is_not_finished_is_no_ring(
    tmp_path: Path, reader: FrameRingReader, content: bytes
) -> None:
    (tmp_path / "camera-1.1.ring").write_bytes(content)
    assert open_ring_file(tmp_path, "camera-1", 1) is None
    assert reader.take(copied) is None


@given(words=st.lists(st.integers(-(2**63), 2**63 - 1), min_size=10, max_size=10), data=st.data())
def test_whatever_a_slot_says_of_itself_the_reader_stays_within_it(
    tmp_path_factory: pytest.TempPathFactory, words: list[int], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("ring")
    file = create_ring_file(folder, "camera-1", 1, SMALL.size_bytes)
    plausible = [1, 24, 1, 4, 2, 1, 1, 12, 0, 0]
    mixed = [data.draw(st.sampled_from(pair)) for pair in zip(words, plausible, strict=True)]
    mixed[0] = 2  # the mark of a whole picture
    file._words[32:42] = memoryview(
        b"".join(word.to_bytes(8, sys.byteorder, signed=True) for word in mixed)
    ).cast("q")
    file._words[2] = 1
    reader = FrameRingReader(folder, "camera-1")
    taken = reader.take(copied)
    if taken is not None:
        layout, pixels = taken.value
        assert len(pixels) == layout.size_bytes <= file.capacity
    reader.close()
    file.close()


class RingModel(RuleBasedStateMachine):
    """Writers come, write, die and are replaced; the reader has the newest picture or nothing, never another."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(os.fspath(_folders.pop()))
        self.writers = [FrameRingWriter(self.folder, "model")]
        self.reader = FrameRingReader(self.folder, "model")
        self.value = 0
        self.newest: tuple[FrameLayout, bytes] | None = None
        self.may_be_gone = False
        """A file was begun anew, and with the old one its last picture may have gone."""

    @rule(layout=st.sampled_from([SMALL, LARGE, FrameLayout.bgr(60, 40)]))
    def write(self, layout: FrameLayout) -> None:
        self.value = self.value % 255 + 1
        write(self.writers[-1], layout, self.value)
        self.newest = (layout, bytes([self.value]) * layout.size_bytes)
        self.may_be_gone = False

    @rule()
    def begin_only(self) -> None:
        self.may_be_gone = True
        self.writers[-1].slot(SMALL)[:] = b"\0" * SMALL.size_bytes

    @rule()
    def replace_the_writer(self) -> None:
        self.writers.append(FrameRingWriter(self.folder, "model"))

    @rule()
    def take(self) -> None:
        taken = self.reader.take(copied)
        assert (taken.value if taken is not None else None) in (
            (self.newest, None) if self.may_be_gone else (self.newest,)
        )
        self.newest = None

    def teardown(self) -> None:
        for writer in self.writers:
            writer.close()
        self.reader.close()
        assert generations(self.folder, "model") == []


_folders: list[Path] = []


def test_the_reader_never_sees_anything_but_the_newest_whole_picture(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    class Bound(RingModel):
        def __init__(self) -> None:
            _folders.append(tmp_path_factory.mktemp("model"))
            super().__init__()

    run_state_machine_as_test(Bound)


def test_a_reader_finds_a_writer_that_begins_anew_after_one_that_ended_well(
    tmp_path: Path, writer: FrameRingWriter, reader: FrameRingReader
) -> None:
    write(writer, SMALL, 7)
    assert reader.take(copied) is not None
    writer.close()
    assert reader.take(copied) is None
    second = FrameRingWriter(tmp_path, "camera-1")
    write(second, SMALL, 8)
    taken = reader.take(copied)
    assert taken is not None
    assert taken.value == (SMALL, b"\10" * 24)
    second.close()
    reader.close()


def leave_behind(folder: Path, name: str) -> None:
    """Do what a writer does that is killed: its file stays, and nobody has it open."""
    create_ring_file(folder, name, 1, SMALL.size_bytes).close()


def test_who_begins_a_ring_clears_away_what_dead_writers_left(
    tmp_path: Path, writer: FrameRingWriter
) -> None:
    with closing(FrameRingWriter(tmp_path, "camera-2")) as living:
        write(living, SMALL, 1)
        leave_behind(tmp_path, "camera-3")
        leave_behind(tmp_path, "preview")
        write(writer, SMALL, 2)
        assert {path.name for path in tmp_path.iterdir()} == {"camera-1.1.ring", "camera-2.1.ring"}


def test_what_is_no_finished_ring_is_not_cleared_away(tmp_path: Path, writer: FrameRingWriter) -> None:
    """Another writer may be making it this moment."""
    others = {"camera-2.1.ring": b"", "camera-3.1.ring": b"\0" * PAGE_BYTES, "notes.ring": b"x"}
    for name, content in others.items():
        (tmp_path / name).write_bytes(content)
    write(writer, SMALL, 1)
    assert {path.name for path in tmp_path.iterdir()} == {"camera-1.1.ring", *others}


def test_a_reader_whose_dead_ring_another_one_cleared_away_follows_to_the_next_writer(
    tmp_path: Path, reader: FrameRingReader
) -> None:
    leave_behind(tmp_path, "camera-1")
    assert reader.take(copied) is None
    with closing(FrameRingWriter(tmp_path, "camera-2")) as other:
        write(other, SMALL, 1)
    assert generations(tmp_path, "camera-1") == []
    with closing(FrameRingWriter(tmp_path, "camera-1")) as successor:
        write(successor, SMALL, 2)
        taken = reader.take(copied)
    assert taken is not None
    assert taken.value[1] == b"\2" * 24
