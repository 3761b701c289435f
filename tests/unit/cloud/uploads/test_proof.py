"""Whether an object is the file, by what the store says (reliability_security.md 4.4)."""

from __future__ import annotations

import dataclasses
import hashlib
import random
from typing import Any

import pytest

from powerstream_desktop.cloud.object_store.stored_words import PartReceipt, StoredObject
from powerstream_desktop.cloud.uploads.proof import RANGE_BYTES, Proof, parts_to_read, ranges_to_read, weigh
from tests.unit.cloud.uploads.records import PART_BYTES, film, hashed

FILM = film(2 * PART_BYTES + 1)
PIECES = [FILM[:PART_BYTES], FILM[PART_BYTES : 2 * PART_BYTES], FILM[2 * PART_BYTES :]]
MD5S = [hashlib.md5(piece).hexdigest() for piece in PIECES]
BARE = hashed(FILM)
RECORD = dataclasses.replace(
    BARE, receipts=tuple(PartReceipt(number=number, etag=MD5S[number - 1]) for number in (3, 1, 2))
)
COMPOSITE = hashlib.sha256(b"".join(map(bytes.fromhex, BARE.part_sha256s))).hexdigest() + "-3"
ETAG = hashlib.md5(b"".join(map(bytes.fromhex, MD5S))).hexdigest() + "-3"


def seen(**changes: Any) -> StoredObject:
    words: dict[str, Any] = {
        "key": "k",
        "size_bytes": len(FILM),
        "etag": "opaque",
        "changed_at": 0.0,
        "metadata": {"ps-sha256": BARE.sha256},
        **changes,
    }
    return StoredObject(**words)


@pytest.mark.parametrize(
    ("changes", "proof"),
    [
        ({"checksum": COMPOSITE}, Proof.GOOD),
        ({"checksum": BARE.sha256}, Proof.GOOD),
        ({"checksum": COMPOSITE, "metadata": {}}, Proof.GOOD),
        ({"etag": ETAG}, Proof.GOOD),
        ({}, Proof.UNPROVEN),
        ({"metadata": {}}, Proof.UNPROVEN),
        ({"etag": hashlib.md5(FILM).hexdigest()}, Proof.UNPROVEN),
        ({"etag": "0" * 32 + "-3"}, Proof.UNPROVEN),
        ({"checksum": "0" * 64 + "-9"}, Proof.UNPROVEN),
        ({"checksum": COMPOSITE, "size_bytes": len(FILM) - 1}, Proof.OTHER),
        ({"checksum": COMPOSITE, "metadata": {"ps-sha256": "0" * 64}}, Proof.OTHER),
        ({"checksum": "0" * 64 + "-3", "etag": ETAG}, Proof.OTHER),
        ({"checksum": "0" * 64}, Proof.OTHER),
    ],
)
def test_an_object_is_weighed(changes: dict[str, Any], proof: Proof) -> None:
    assert weigh(RECORD, seen(**changes), etags_are_md5=True) is proof


def test_etags_prove_nothing_where_they_are_no_hashes_of_what_was_sent() -> None:
    assert weigh(RECORD, seen(etag=ETAG), etags_are_md5=False) is Proof.UNPROVEN


def test_etags_prove_the_whole_where_each_part_has_its_checksum() -> None:
    checked = tuple(
        dataclasses.replace(each, checksum=BARE.part_sha256s[each.number - 1]) for each in RECORD.receipts
    )
    record = dataclasses.replace(RECORD, receipts=checked)
    assert weigh(record, seen(etag=ETAG), etags_are_md5=False) is Proof.GOOD


def test_without_all_receipts_the_etag_proves_nothing() -> None:
    record = dataclasses.replace(RECORD, receipts=RECORD.receipts[:2])
    assert weigh(record, seen(etag=ETAG), etags_are_md5=True) is Proof.UNPROVEN


def test_the_first_the_last_and_three_ranges_by_chance_are_read() -> None:
    size = 10_000_000_000
    ranges = ranges_to_read(size, random.Random(1))
    assert len(ranges) == 5
    assert ranges[0] == (0, RANGE_BYTES)
    assert ranges[-1] == (size - RANGE_BYTES, RANGE_BYTES)
    assert ranges != ranges_to_read(size, random.Random(2))


def test_of_a_short_object_all_is_read_once() -> None:
    assert ranges_to_read(5000, random.Random(1)) == ((0, 5000),)
    assert parts_to_read(1, random.Random(1)) == (1,)


def test_parts_to_read_hold_the_first_and_the_last() -> None:
    numbers = parts_to_read(9000, random.Random(3))
    assert numbers[0] == 1
    assert numbers[-1] == 9000
    assert len(numbers) == 5
