"""Reads what a store answered, as botocore parsed it, into words of ours. Nothing in it is believed because it is there."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final, TypeVar

from powerstream_desktop.cloud.object_store.object_keys import is_good_key
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.object_store.stored_words import PendingUpload, StoredObject, StoredPart

MAX_WORD: Final = 4096
MAX_ETAG: Final = 256
"""Most are 32 characters long. Each part of an upload has one, and a record of 10,000 parts goes through a pipe in one line."""
MAX_PARTS: Final = 10_000
_PART_COUNT: Final = re.compile(r"-(\d{1,5})$")
_COMPOSITE: Final = re.compile(r"([A-Za-z0-9+/=]+)(-\d{1,5})?")

Marker = TypeVar("Marker")


def text(answer: Mapping[str, Any], name: str) -> str:
    """Return a word that must be there."""
    value = answer.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= MAX_WORD:
        raise senseless(f"no {name}")
    return value


def etag(answer: Mapping[str, Any]) -> str:
    """Return the ETag, without quotes."""
    found = text(answer, "ETag").removeprefix("W/").strip('"')
    if not 0 < len(found) <= MAX_ETAG:
        raise senseless("no ETag")
    return found


def checksum(answer: Mapping[str, Any]) -> str | None:
    """Return the SHA-256 in hexadecimal, with ``-`` and the number of parts where it is one of parts."""
    match = _COMPOSITE.fullmatch(str(answer.get("ChecksumSHA256") or ""))
    if match is None:
        return None
    try:
        return binascii.a2b_base64(match[1], strict_mode=True).hex() + (match[2] or "")
    except binascii.Error:
        return None


def stored_object(key: str, answer: Mapping[str, Any]) -> StoredObject:
    """Return an object of the answer to a question for it."""
    found = _listed(key, answer, size_name="ContentLength")
    count = _PART_COUNT.search(found.etag)
    return StoredObject(
        key=key,
        size_bytes=found.size_bytes,
        etag=found.etag,
        changed_at=found.changed_at,
        metadata={
            name.lower(): value
            for name, value in answer.get("Metadata", {}).items()
            if len(value) <= MAX_WORD
        },
        checksum=checksum(answer),
        parts=None if count is None else int(count[1]),
    )


def listing(answer: Mapping[str, Any], prefix: str) -> Iterator[StoredObject]:
    """Give the objects of one page, but those whose key nobody asked for or none of ours could be."""
    for each in answer.get("Contents", ()):
        key = each.get("Key", "")
        if key.startswith(prefix) and is_good_key(key):
            yield _listed(key, each, size_name="Size")


def _listed(key: str, said: Mapping[str, Any], *, size_name: str) -> StoredObject:
    return StoredObject(
        key=key, size_bytes=_size(said, size_name), etag=etag(said), changed_at=_moment(said, "LastModified")
    )


def parts(answer: Mapping[str, Any]) -> dict[int, StoredPart]:
    """Return the parts of one page by number. SeaweedFS lists a part that was sent again twice: the newer one counts."""
    said = sorted(answer.get("Parts", ()), key=lambda each: _moment(each, "LastModified"))
    found = (
        StoredPart(
            number=_size(each, "PartNumber"),
            size_bytes=_size(each, "Size"),
            etag=etag(each),
            checksum=checksum(each),
            changed_at=_moment(each, "LastModified"),
        )
        for each in said
    )
    return {part.number: part for part in found}


def pending(answer: Mapping[str, Any], prefix: str) -> Iterator[PendingUpload]:
    """Give the uploads of one page."""
    for each in answer.get("Uploads", ()):
        key = each.get("Key", "")
        if key.startswith(prefix) and is_good_key(key):
            yield PendingUpload(
                key=key, upload_id=text(each, "UploadId"), begun_at=_moment(each, "Initiated")
            )


def next_part(answer: Mapping[str, Any], *, than: int) -> int:
    """Return behind which part the next page begins, if that is further on."""
    marker = answer.get("NextPartNumberMarker")
    if not isinstance(marker, int) or not than < marker <= MAX_PARTS:
        raise senseless("a list of parts that does not get on")
    return marker


def further(marker: Marker, *, than: Marker) -> Marker:
    """Return the place where the next page begins, if it is another: a listing that does not get on would never end."""
    if marker == than:
        raise senseless("a listing that does not get on")
    return marker


def _size(said: Mapping[str, Any], name: str) -> int:
    value = said.get(name)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise senseless(f"no {name}")
    return value


def _moment(said: Mapping[str, Any], name: str) -> float:
    value = said.get(name)
    if not isinstance(value, datetime):
        raise senseless(f"no {name}")
    return value.timestamp()


def senseless(what: str) -> StoreTrouble:
    """Return the trouble of an answer that cannot be."""
    return StoreTrouble(TroubleCode.UNKNOWN, detail=f"the store's answer has {what}")
