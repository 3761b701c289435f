"""A client's room of the cloud, whose answers a test gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from powerstream_desktop.client.cloud import (
    CloudProgress,
    CloudQuestion,
    CloudStanding,
    LostText,
    QueuedUpload,
)
from powerstream_desktop.client.errors import ConflictError

STANDING = CloudStanding(words={}, state="idle", place="s3.example.com/shows", has_credentials=True, synced=3)
PROGRESS = CloudProgress(
    asset_id="as1", state="uploading", bytes_done=41, bytes_total=100, kbps=8000, seconds_left=720
)
QUESTION = CloudQuestion(
    code="many_deletions",
    sentence="Many replays that were removed here would be removed on all computers. Remove them?",
    count=20,
)


@dataclass
class FakeCloud:
    """``client.cloud``."""

    standing_now: CloudStanding = STANDING
    asked: list[str] = field(default_factory=list)
    lost: tuple[LostText, ...] = ()
    refuses: set[str] = field(default_factory=set)
    on_take_back: Callable[[str, int], None] = lambda _asset_id, _number: None

    def standing(self) -> CloudStanding:
        self.asked.append("standing")
        return self.standing_now

    def pause(self) -> CloudStanding:
        self.standing_now = replace(self.standing_now, state="paused")
        return self.standing_now

    def resume(self) -> CloudStanding:
        self.standing_now = replace(self.standing_now, state="working")
        return self.standing_now

    def sync(self, *, confirm: bool = False) -> CloudStanding:
        self.asked.append(f"sync {confirm}")
        self.standing_now = replace(self.standing_now, questions=())
        return self.standing_now

    def upload(self, asset_id: str) -> None:
        self._do("upload", asset_id)

    def cancel(self, asset_id: str) -> None:
        self._do("cancel", asset_id)

    def put_first(self, asset_id: str) -> tuple[QueuedUpload, ...]:
        self._do("first", asset_id)
        return ()

    def evict(self, asset_id: str) -> None:
        self._do("evict", asset_id)

    def download(self, asset_id: str) -> None:
        self._do("download", asset_id)

    def cancel_evict(self, asset_id: str) -> None:
        self._do("cancel evict", asset_id)

    def cancel_download(self, asset_id: str) -> None:
        self._do("cancel download", asset_id)

    def verify(self, asset_id: str, *, full: bool = False) -> None:
        self._do("verify", asset_id)

    def history(self, asset_id: str) -> tuple[LostText, ...]:
        self.asked.append(f"history {asset_id}")
        return self.lost

    def take_back(self, asset_id: str, number: int) -> None:
        self.asked.append(f"take_back {asset_id} {number}")
        self.lost = ()
        self.on_take_back(asset_id, number)

    def _do(self, deed: str, asset_id: str) -> None:
        if asset_id in self.refuses:
            raise ConflictError("This replay is pinned.", status=409, code="conflict", hint="Unpin it first.")
        self.asked.append(f"{deed} {asset_id}")
