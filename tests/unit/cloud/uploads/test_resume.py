"""What need not be sent again: the store's list is the truth."""

from __future__ import annotations

import dataclasses
import hashlib

import pytest

from powerstream_desktop.cloud.object_store.stored_words import StoredPart
from powerstream_desktop.cloud.uploads.part_plan import Part
from powerstream_desktop.cloud.uploads.resume import agreed_parts
from tests.unit.cloud.uploads.records import PART_BYTES, film, hashed, receipts

FILM = film(3 * PART_BYTES - 5)
RECORD = hashed(FILM)


def listed(
    number: int, *, checksum: str | None = "right", etag: str = "", size_bytes: int = PART_BYTES
) -> StoredPart:
    right = RECORD.part_sha256s[number - 1] if number <= 3 else "0" * 64
    said = right if checksum == "right" else checksum
    return StoredPart(number=number, size_bytes=size_bytes, etag=etag or f"etag-{number}", checksum=said)


def md5_of(part: Part) -> str:
    return hashlib.md5(FILM[part.first : part.first + part.size_bytes]).hexdigest()


def never(part: Part) -> str:
    pytest.fail(f"part {part.number} was read")


def test_parts_with_the_right_checksum_are_not_sent_again_even_if_they_were_not_kept() -> None:
    agreed = agreed_parts(RECORD, [listed(1), listed(3, size_bytes=PART_BYTES - 5)], never)
    assert agreed == receipts(RECORD, 1, 3)


def test_what_was_kept_keeps_its_order_so_that_a_change_of_it_is_short() -> None:
    record = dataclasses.replace(RECORD, receipts=receipts(RECORD, 2, 1))
    assert agreed_parts(record, [listed(1), listed(2)], never) == receipts(RECORD, 2, 1)


@pytest.mark.parametrize(
    "there",
    [
        listed(1, size_bytes=PART_BYTES - 1),
        listed(1, checksum="0" * 64),
        listed(4),
        listed(1, checksum=None, etag="another"),
        listed(2, checksum=None, etag=hashlib.md5(b"another").hexdigest()),
    ],
)
def test_a_part_that_differs_is_sent_again(there: StoredPart) -> None:
    record = dataclasses.replace(RECORD, receipts=receipts(RECORD, 1))
    assert agreed_parts(record, [there], md5_of) == ()


def test_a_kept_part_that_the_store_does_not_list_is_sent_again() -> None:
    record = dataclasses.replace(RECORD, receipts=receipts(RECORD, 1, 2))
    assert agreed_parts(record, [listed(2)], never) == receipts(RECORD, 2)


def test_a_store_without_checksums_is_believed_by_the_etag_that_it_gave_us() -> None:
    record = dataclasses.replace(RECORD, receipts=receipts(RECORD, 1))
    assert len(agreed_parts(record, [listed(1, checksum=None)], never)) == 1


def test_a_part_that_was_sent_but_not_kept_is_known_by_its_md5() -> None:
    md5 = hashlib.md5(FILM[PART_BYTES : 2 * PART_BYTES]).hexdigest()
    (agreed,) = agreed_parts(RECORD, [listed(2, checksum=None, etag=md5)], md5_of)
    assert (agreed.number, agreed.etag) == (2, md5)
