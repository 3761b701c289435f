"""What must never be broken (reliability_security.md 4.2), said in code where it could be. I4 is the tests' to show.

These are assertions: whoever meets one has a bug, and nothing has been deleted, told or sent yet.
"""

from __future__ import annotations

from typing import Final

from powerstream_desktop.cloud.uploads.object_keys import asset_folder, manifest_place
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.upload_states import IN_THE_CLOUD, UploadState
from powerstream_desktop.cloud.uploads.verdict import Verdict
from powerstream_desktop.common.errors import BugError

FRESH_MS: Final = 10 * 60 * 1000
"""So old a look at the object may be when the local file is given up."""
LEAST_LEVEL: Final = 2
"""So thorough it must have been."""


def assert_may_give_up_file(
    record: UploadRecord, verdict: Verdict, *, local_sha256: str, now_ms: int
) -> None:
    """I1: bytes of a recording go only if a verified copy of the same content exists now. That the user asked is the caller's to know.

    Args:
        record: of the upload.
        verdict: of the last look at the object.
        local_sha256: of the local file, read just now.
        now_ms: milliseconds since 1970.

    Raises:
        BugError: the file must stay.
    """
    _assert(record.state is UploadState.ACKNOWLEDGED, "I1", f"is {record.state.value}")
    _assert(verdict.is_good and verdict.level >= LEAST_LEVEL, "I1", "its copy is not proven")
    _assert(0 <= now_ms - verdict.at_ms <= FRESH_MS, "I1", "its copy was not looked at just now")
    _assert(bool(record.sha256) and local_sha256 == record.sha256, "I1", "its copy is of other content")


def assert_delete_was_asked_for(key: str, *, prefix: str, asset_id: str) -> None:
    """I2: what is deleted in the store belongs to the replay that the user named.

    Raises:
        BugError: it does not.
    """
    is_its = key.startswith(asset_folder(prefix, asset_id)) or key == manifest_place(prefix, asset_id)
    _assert(bool(asset_id) and is_its, "I2", "the object is not this replay's")


def assert_may_be_told(record: UploadRecord) -> None:
    """I3: others are told about an object only after it is complete and verified.

    Raises:
        BugError: it is not.
    """
    _assert(record.state in IN_THE_CLOUD, "I3", f"is {record.state.value}")
    _assert(
        record.level > 0 and record.verified_at_ms > 0 and bool(record.sha256), "I3", "was never verified"
    )


def _assert(holds: bool, invariant: str, why: str) -> None:
    if not holds:
        raise BugError(
            "Something was about to be done to a replay that must never be.", detail=f"{invariant}: {why}"
        )
