"""The FLV container: the same tags however the bytes are cut, and writing them again reads the same.

``python -m tests.fuzz.flv_file`` writes the seeds anew.
"""

from __future__ import annotations

import contextlib

from powerstream_desktop.rtmp.errors import ProtocolError
from powerstream_desktop.rtmp.flv.file import FLVReader, FLVTag, FLVWriter
from tests.fuzz.harness import CORPUS

SEEDS = {
    "f16-header": "464c5601050000000900000000",
    "f17-audio-tag": "464c56010500000009000000000800000302030401000000af01210000000e",
    "metadata-headers-frames": "464c5601050000000900000000120000580000000000000002000a6f6e4d657461446174610800000004000864757261"
    "74696f6e000000000000000000000577696474680040940000000000000007656e636f64657202000178000866696c65"
    "73697a65000000000000000000000009000000630900001d0000000000000017000000000142c01effe100096742c01e"
    "da0280bfe501000468ce3c80000000280800000400000000000000af0011900000000f0900000b000000000000001701"
    "000050000000026588000000160800000300001500000000af01210000000e0900000b000021000000002701ffffd800"
    "000002419a00000016",
    "empty-tags": "464c560105000000090000000008000000000000000000000000000b09000000ffffffff0000000000000b1f00000000"
    "0001000000000000000b",
    "longer-header": "464c5601050000000c616263000000000800000302030401000000af01210000000e",
    "encrypted": "464c56010500000009000000002800000302030401000000af0121",
    "too-large": "464c560105000000090000000012ffffff00000000000000",
    "wrong-sizes": "464c56010500000009ffffffff0800000302030401000000af0121ffffffff0800000302030401000000af0121ffffff"
    "ff",
    "not-flv": "474554202f20485454502f312e310d0a",
    "version-2": "464c5602050000000900000000",
    "header-size": "464c560105ffffffff",
    "cut-tag": "464c56010500000009000000000900000a00000000000000aabb",
    "empty": "",
}


def fuzz_one(data: bytes) -> None:
    """Read ``data`` whole and in pieces, whose size the first byte chooses."""
    whole = parse(data)
    assert _read(data, data[0] % 37 + 1 if data else 1) == whole
    writer = FLVWriter(has_video=True, has_audio=True)
    again = writer.header() + b"".join(writer.tag(tag) for tag in whole)
    assert _read(again, len(again)) == whole


def parse(data: bytes) -> list[FLVTag]:
    """The tags, read at once."""
    return _read(data, len(data) + 1)


def _read(data: bytes, piece_size: int) -> list[FLVTag]:
    reader = FLVReader()
    tags: list[FLVTag] = []
    with contextlib.suppress(ProtocolError):
        for start in range(0, len(data), piece_size):
            tags += reader.feed(data[start : start + piece_size])
    return tags


def write_seeds() -> None:
    """Writes the seeds to the corpus."""
    folder = CORPUS / "flv_file"
    folder.mkdir(parents=True, exist_ok=True)
    for name, digits in SEEDS.items():
        (folder / name).write_bytes(bytes.fromhex(digits))


if __name__ == "__main__":
    write_seeds()
