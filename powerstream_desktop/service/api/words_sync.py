"""How far a replay is on its way to the cloud."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from powerstream_desktop.service.api.words import Words
from powerstream_desktop.service.cloud.cloud_standing import Progress
from powerstream_desktop.service.cloud.kept_uploads import verified_at
from powerstream_desktop.service.store.uploads import CopyWish, Upload, UploadState, UploadTrouble


class SyncState(StrEnum):
    """How far a replay is on its way to the cloud."""

    LOCAL = "local"
    """It is on this computer only, and nobody has asked for more."""
    WAITING = "waiting"
    HASHING = "hashing"
    UPLOADING = "uploading"
    VERIFYING = "verifying"
    SYNCED = "synced"
    """A verified copy exists."""
    EVICTED = "evicted"
    """... and no file is here: it was given up for space, or it was recorded on another computer."""
    DOWNLOADING = "downloading"
    CANCELLING = "cancelling"
    FAILED = "failed"
    """It met a trouble, and is tried again."""
    ELSEWHERE = "elsewhere"
    """No file is here, and its only copy lies in a store that is not the one of the settings."""


class Trouble(Words):
    """What hinders."""

    code: str
    """For scripts."""
    sentence: str
    remedy: str
    """What to do; may be empty."""

    @classmethod
    def of(cls, trouble: UploadTrouble | None) -> Trouble | None:
        """Return a trouble in the API's words."""
        if trouble is None:
            return None
        return cls(code=trouble.code, sentence=trouble.sentence, remedy=trouble.remedy)


class Sync(Words):
    """How far a replay is on its way to the cloud."""

    state: SyncState
    bytes_done: int
    bytes_total: int
    seconds_left: int | None
    """Null while that cannot be told."""
    trouble: Trouble | None
    wanted: CopyWish | None
    """What was asked for of its copies, and is not done yet: its file is to be given up or brought back, or the copy to be looked at."""
    verified_at: datetime | None = None
    """When its copy was last looked at and found good; null for never, by this computer."""

    @classmethod
    def of(cls, upload: Upload | None) -> Sync:
        """Return how far an upload is, as it was last written down."""
        if upload is None or upload.state is UploadState.CANCELLED:
            return cls(
                state=SyncState.LOCAL,
                bytes_done=0,
                bytes_total=0,
                seconds_left=None,
                trouble=None,
                wanted=None,
            )
        return cls(
            state=SyncState(upload.state.value),
            bytes_done=upload.bytes_done,
            bytes_total=upload.bytes_total,
            seconds_left=None,
            trouble=Trouble.of(upload.trouble),
            wanted=upload.wanted,
            verified_at=verified_at(upload),
        )

    def with_progress(self, progress: Progress) -> Sync:
        """Return the same with the figures of this moment."""
        return self.model_copy(
            update={
                "state": SyncState(progress.state.value),
                "bytes_done": progress.bytes_done,
                "bytes_total": progress.bytes_total,
                "seconds_left": progress.seconds_left,
            }
        )
