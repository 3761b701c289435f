"""Fuzz target: the AMF3 decoder, and that what it accepts can be written and read again.

``python -m tests.fuzz.amf3`` writes the seeds anew.
"""

from __future__ import annotations

from powerstream_desktop.rtmp import amf3
from powerstream_desktop.rtmp.amf_values import AMFValue
from powerstream_desktop.rtmp.errors import ProtocolError
from tests.fuzz.amf import check_size
from tests.fuzz.harness import CORPUS

SEEDS = {
    "n01-null": "01",
    "n02-double": "053ff8000000000000",
    "n03-string": "06076c697665",
    "n04-xml": "07093c612f3e",
    "n05-xml-document": "0b093c612f3e",
    "n06-date": "08014278bcfe568000" + "00",
    "v01-array-with-names": "09030361030105" + "3ff8000000000000",
    "v02-sealed-object": "0a230103610362" + "0302",
    "v03-traits-twice": "0905010a1303430361030a0102",
    "v04-array-collection": "0a0743666c65782e6d6573736167696e672e696f2e4172726179436f6c6c656374696f6e09030103",
    "v05-vector-int": "0d0500ffffffff00000007",
    "v06-vector-double": "0f03003ff8000000000000",
    "v07-vector-object": "10050003430103",
    "v08-dictionary": "1103000401060361",
    "v09-byte-array-twice": "0905010c03610c02",
    "v10-date-twice": "09050108013ff80000000000000802",
    "v11-string-twice": "090501060568690600",
    "v12-empty-sealed-name": "0a1b01010303610201",
    "v13-integer": "04bfffffff",
    "x01-bad-string-reference": "0604",
    "x02-bad-traits-reference": "0a05",
    "x03-bad-object-reference": "0a02",
    "x04-array-count": "09ffffffff01",
    "x05-vector-count": "0dffffffff00",
    "x06-sealed-count": "0affffffff01",
    "x07-cycle": "090301" + "0900",
    "x08-deep": "090301" * 40,
    "x09-dictionary-in-itself": "11030011000401",
    "x10-externalizable": "0a0743" + "610361",
    "x11-integer-cut": "04ffff",
}


def fuzz_one(data: bytes) -> None:
    """Raises only on a bug."""
    decoded = parse(data)
    if decoded is None:
        return
    value, pos = decoded
    assert 0 < pos <= len(data)
    check_size([value])
    payload = amf3.encode(value)
    assert amf3.encode(amf3.decode(payload)[0]) == payload


def parse(data: bytes) -> tuple[AMFValue, int] | None:
    """The first value and where it ends, None if there is none."""
    try:
        return amf3.decode(data)
    except ProtocolError:
        return None


def write_seeds() -> None:
    """Writes the seeds to the corpus."""
    folder = CORPUS / "amf3"
    folder.mkdir(parents=True, exist_ok=True)
    for name, digits in SEEDS.items():
        (folder / name).write_bytes(bytes.fromhex(digits))


if __name__ == "__main__":
    write_seeds()
