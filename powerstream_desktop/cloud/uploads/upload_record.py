"""All that is known of an upload: what the service keeps on disk, and what the courier is given to go on from.

It can be written whole, or as the change that one step made (``record_changes``): an upload of 60 GB has thousands of parts, and
each is kept when it is in the store.
"""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import Any, Final, Self

from powerstream_desktop.cloud.object_store.stored_words import PartReceipt
from powerstream_desktop.cloud.uploads.part_plan import MAX_PARTS, PartPlan
from powerstream_desktop.cloud.uploads.upload_states import UploadEvent, UploadState, next_state
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.frozen_json import MalformedError, from_json, to_json

_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_ASSET_ID: Final = re.compile(r"[0-9A-Za-z-]{8,64}")
_SUFFIX: Final = re.compile(r"\.[0-9a-z]{1,8}")
_MAX_TEXT: Final = 2048
_MAX_SENTENCE: Final = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadTrouble:
    """Why an upload could not go on.

    Attributes:
        code: a short word of the kind of trouble.
        sentence: what happened.
        remedy: what to do about it; empty if it goes away by itself.
    """

    code: str
    sentence: str
    remedy: str

    @classmethod
    def of(cls, error: PowerStreamError) -> Self:
        """Return an error as it is kept."""
        code = str(getattr(error, "code", error.fault.value))
        return cls(code=code[:40], sentence=error.title[:_MAX_SENTENCE], remedy=error.hint[:_MAX_SENTENCE])


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadRecord:
    """An upload. Times are milliseconds since 1970.

    Attributes:
        asset_id: of the replay.
        suffix: of its file, with the dot, in lower case.
        key: of the object; empty until the file has been read.
        size_bytes: of the file; 0 until it has been read.
        mark: of the file when it was read (``file_mark``); empty before.
        sha256: of the whole file, in hexadecimal digits; empty before.
        part_bytes: length of every part but the last.
        part_sha256s: of the parts, in their order.
        upload_id: of the store's upload; None when there is none.
        is_shared: parts of it were there before we sent any: another machine may be at it, and only the store's clean-up ends it.
        receipts: parts that are in the store, in the order in which they came there.
        etag: of the object once it has been seen.
        attempt: failures since the last part that was taken.
        next_try_at_ms: not to be tried before.
        trouble: what it failed of last; None when it is not failed.
        is_doubted: an object of this content that is there already was found to be none: all its bytes are read before it is believed.
        checked_at_ms, checked_level: when and how thoroughly it was last looked at because somebody asked; 0 for never.
        verified_at_ms, level: when and how thoroughly the object was last proven (1-3); 0 for never.
    """

    asset_id: str
    suffix: str
    state: UploadState = UploadState.WAITING
    key: str = ""
    size_bytes: int = 0
    mark: str = ""
    sha256: str = ""
    part_bytes: int = 0
    part_sha256s: tuple[str, ...] = ()
    upload_id: str | None = None
    is_shared: bool = False
    receipts: tuple[PartReceipt, ...] = ()
    etag: str = ""
    attempt: int = 0
    next_try_at_ms: int = 0
    trouble: UploadTrouble | None = None
    verified_at_ms: int = 0
    level: int = 0
    is_doubted: bool = False
    checked_at_ms: int = 0
    checked_level: int = 0

    def __post_init__(self) -> None:
        _check(self.asset_id, _ASSET_ID, "assetId")
        _check(self.suffix, _SUFFIX, "suffix")
        for name in ("size_bytes", "part_bytes", "attempt", "next_try_at_ms"):
            if getattr(self, name) < 0:
                raise MalformedError(name, "must not be negative")
        if not 0 <= self.level <= 3 or not 0 <= self.checked_level <= 3:
            raise MalformedError("level", "must be 0 to 3")
        if self.verified_at_ms < 0 or self.checked_at_ms < 0:
            raise MalformedError("verified_at_ms", "must not be negative")
        if self.sha256 or self.part_sha256s:
            _check(self.sha256, _SHA256, "sha256")
        if len(self.part_sha256s) not in {0, len(self.plan)}:
            raise MalformedError("part_sha256s", "must hold one hash for each part")
        if len(self.receipts) > MAX_PARTS or max(map(len, self._texts)) > _MAX_TEXT:
            raise MalformedError("", "is longer than any upload")

    @classmethod
    def of_cloud(cls, *, asset_id: str, key: str, size_bytes: int, sha256: str) -> Self:
        """Return the record of a replay that another machine has brought: there is no local file."""
        _, dot, ending = key.rpartition(".")
        return cls(
            asset_id=asset_id,
            suffix=f"{dot}{ending}",
            state=UploadState.EVICTED,
            key=key,
            size_bytes=size_bytes,
            sha256=sha256,
        )

    @property
    def _texts(self) -> tuple[str, ...]:
        return self.key, self.etag, self.mark, self.upload_id or ""

    @property
    def plan(self) -> PartPlan:
        """The parts; none before the file has been read."""
        return PartPlan(size_bytes=self.size_bytes, part_bytes=self.part_bytes)

    @property
    def sent_bytes(self) -> int:
        """How much is in the store."""
        if self.state in _WHOLE:
            return self.size_bytes
        plan = self.plan
        return sum(plan.part(each.number).size_bytes for each in self.receipts)

    def after(self, event: UploadEvent, **changes: Any) -> Self:
        """Return the upload after an event, with what the event made known.

        Raises:
            BugError: the event is impossible in this state.
        """
        return dataclasses.replace(self, state=next_state(self.state, event), **changes)


_WHOLE: Final = frozenset(
    {
        UploadState.COMPLETED,
        UploadState.VERIFIED,
        UploadState.REGISTERED,
        UploadState.ACKNOWLEDGED,
        UploadState.EVICTED,
    }
)


def record_to_words(record: UploadRecord) -> dict[str, Any]:
    """Return a record as JSON takes it."""
    words: dict[str, Any] = to_json(record)
    return words


def record_from_words(words: object) -> UploadRecord:
    """Return the record that was written so.

    Raises:
        MalformedError: it is none.
    """
    record: UploadRecord = from_json(UploadRecord, words)
    return record


def _check(text: str, wanted: re.Pattern[str], where: str) -> None:
    if not wanted.fullmatch(text):
        raise MalformedError(where, "is none")
