"""Fuzz target: the AMF0 decoder, AMF3 inside it included, and that what it accepts can be written and read again.

``python -m tests.fuzz.amf`` writes the seeds anew.
"""

from __future__ import annotations

from collections.abc import Iterator

from powerstream_desktop.rtmp import amf0
from powerstream_desktop.rtmp.amf_values import AMFDictionary, AMFValue
from powerstream_desktop.rtmp.errors import ProtocolError
from powerstream_desktop.rtmp.limits import DEFAULT_LIMITS
from tests.fuzz.harness import CORPUS

MAX_REWRITTEN_SIZE = 20_000
"""Above it a name of bytes that are not UTF-8 can grow past AMF0's 65535 when it is written again."""

SEEDS = {
    "a01-number": "003ff0000000000000",
    "a03-true": "0101",
    "a04-string": "0200046c697665",
    "a05-object": "0300036170700200046c697665000009",
    "a07-undefined": "06",
    "a08-ecma-count-too-small": "080000000000057769647468004064000000000000000673746572656f0101000009",
    "a09-ecma-count-too-large": "080000000e00086475726174696f6e000000000000000000000009",
    "a10-strict-array": "0a000000020200046176303102000468766331",
    "a11-date": "0b4278bcfe568000000000",
    "a12-long-string": "0c00000003616263",
    "a13-typed-object": "10000143000161003ff0000000000000000009",
    "a14-reference": "0300017803000009000179070001000009",
    "a15-amf3-string-then-null": "110605686905",
    "a17-amf3-integers": "1104ff7f1104818000",
    "a18-amf3-object": "110a0b0103610301",
    "a19-xml": "0f000000043c612f3e",
    "m1-result": "0200075f726573756c7400401000000000000005003ff0000000000000",
    "m2-publish-start": "0200086f6e537461747573000000000000000000050300056c6576656c0200067374617475730004636f6465"
    "0200174e657453747265616d2e5075626c6973682e5374617274000b6465736372697074696f6e0200105374617274207075626c697368"
    "696e67000009",
    "m4-sample-access": "0200117c52746d7053616d706c6541636365737301010101",
    "m6-play": "020004706c6179004010000000000000050200046b65793100c09f400000000000",
    "x01-strict-count": "0affffffff",
    "x02-ecma-count": "08ffffffff",
    "x03-string-size": "02ffff61",
    "x04-long-string-size": "0cffffffff",
    "x05-nested-objects": "03000161" * 40,
    "x06-bad-reference": "07ffff",
    "x07-cycle": "030001780700000000" + "09",
    "x08-byte-array-size": "110cffffffff",
    "x09-amf3-array-count": "1109ffffffff",
    "x10-externalizable": "110a070143",
    "x11-lone-end": "09",
    "x12-text-not-utf8": "02000361ff62",
    "x13-empty-name": "030000010100016105000009",
    "x14-end-cut-off": "0300016105",
    "x15-doubling": "0a0000000205050a000000020700000700000a00000002070001070001",
}


def fuzz_one(data: bytes) -> None:
    """Raises only on a bug."""
    values = parse(data)
    if values is None:
        return
    check_size(values)
    if len(data) <= MAX_REWRITTEN_SIZE:
        payload = amf0.encode(*values)
        assert amf0.encode(*amf0.decode_all(payload)) == payload


def parse(data: bytes) -> list[AMFValue] | None:
    """The values of a payload, None if it is none."""
    try:
        return amf0.decode_all(data)
    except ProtocolError:
        return None


def check_size(values: list[AMFValue]) -> None:
    """A decoded value keeps the limits, however its references are followed."""
    count = 0
    waiting = [(value, 0) for value in values]
    while waiting:
        value, depth = waiting.pop()
        count += 1
        assert count <= DEFAULT_LIMITS.amf_values
        assert depth <= DEFAULT_LIMITS.amf_depth
        waiting.extend((child, depth + 1) for child in children(value))


def children(value: AMFValue) -> Iterator[AMFValue]:
    """The values directly inside a container."""
    match value:
        case AMFDictionary():
            for key, item in value:
                yield key
                yield item
        case dict():
            yield from value.values()
        case list():
            yield from value


def write_seeds() -> None:
    """Writes the seeds to the corpus."""
    folder = CORPUS / "amf"
    folder.mkdir(parents=True, exist_ok=True)
    for name, digits in SEEDS.items():
        (folder / name).write_bytes(bytes.fromhex(digits))


if __name__ == "__main__":
    write_seeds()
