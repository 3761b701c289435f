"""The file that begins as fragments and ends as an ordinary MP4."""

from __future__ import annotations

import struct

from powerstream_desktop.common.mp4_boxes import box_header
from powerstream_desktop.recording.hybrid_file import HybridFile
from powerstream_desktop.recording.safe_file import SafeFile
from powerstream_desktop.recording.truth_watch import FileFacts
from tests.unit.recording.fakes import FakeDisk, Synced, Written
from tests.unit.recording.mp4 import FORMAT, fragment, header, track, traf

HEAD = FORMAT + header(track(1, ticks_per_s=16_000))
FRAGMENT = fragment(traf(1, 0, [(33, 4)], columns=0x300), media=b"abcd")
MEDIA_BYTES = 2**30


def kinds(content: bytes) -> list[bytes]:
    found, position = [], 0
    while position < len(content):
        size, kind = struct.unpack_from(">I4s", content, position)
        found.append(kind)
        position += size
    return found


class VastDisk:
    """Remembers the small writes only."""

    def __init__(self) -> None:
        self.written: list[Written] = []

    def write_at(self, data: memoryview, position: int) -> int:
        if len(data) < 1024:
            self.written.append(Written(position, bytes(data)))
        return len(data)

    def flush_to_disk(self, *, data_only: bool) -> None:
        """Nothing is kept."""

    def facts(self) -> FileFacts:
        return FileFacts(size_bytes=2**62, is_there=True)

    def close(self) -> None:
        """Nothing is open."""


def test_while_it_is_written_it_is_fragments_behind_two_empty_boxes() -> None:
    disk = FakeDisk()
    file = HybridFile(SafeFile(disk))
    assert file.write(HEAD + FRAGMENT) == len(HEAD + FRAGMENT)
    assert file.write(FRAGMENT) == len(FRAGMENT)
    assert kinds(disk.content()) == [b"ftyp", b"free", b"free", b"moov", b"moof", b"mdat", b"moof", b"mdat"]


def test_at_the_end_it_is_one_box_of_media_and_the_index() -> None:
    disk = FakeDisk()
    file = HybridFile(SafeFile(disk))
    file.write(HEAD + FRAGMENT)
    fragments = disk.content()
    file.finish()
    content = disk.content()
    assert kinds(content) == [b"ftyp", b"free", b"mdat", b"moov"]
    assert content[52 : len(fragments)] == fragments[52:]


def test_the_index_is_durable_before_it_counts() -> None:
    disk = FakeDisk()
    file = HybridFile(SafeFile(disk))
    file.write(HEAD + FRAGMENT)
    file.finish()
    barrier, patch = disk.trace[-2:]
    assert isinstance(barrier, Synced)
    assert isinstance(patch, Written)
    assert patch.data[4:] == b"mdat"


def test_a_file_without_a_frame_stays_as_it_is() -> None:
    disk = FakeDisk()
    HybridFile(SafeFile(disk)).finish()
    assert disk.trace == []


def test_a_file_beyond_4_gib_gets_a_size_of_64_bits_over_both_empty_boxes() -> None:
    disk = VastDisk()
    safe = SafeFile(disk)
    file = HybridFile(safe)
    file.write(HEAD + FRAGMENT)
    block = bytes(2**20)
    for _ in range(5):
        file.write(box_header(b"mdat", MEDIA_BYTES))
        for _ in range(MEDIA_BYTES // len(block)):
            file.write(block)
    end = safe.size
    assert end > 2**32
    file.finish()
    patch = disk.written[-1]
    assert patch == Written(36, struct.pack(">I4sQ", 1, b"mdat", end - 36))
