"""What is said of the cloud."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Final

from pydantic import Field

from powerstream_desktop.service.api.wish_fields import SecretText, TokenText
from powerstream_desktop.service.api.words import Answer, Wish, Words
from powerstream_desktop.service.api.words_sync import SyncState, Trouble
from powerstream_desktop.service.cloud import cloud_standing as kept
from powerstream_desktop.service.cloud.cloud_standing import CloudState
from powerstream_desktop.service.store import cloud_notes
from powerstream_desktop.service.store.uploads import UploadTrouble

_MAX_KEY_ID: Final = 256
KeyId = Annotated[str, Field(min_length=1, max_length=_MAX_KEY_ID, pattern=r"^[!-~]+$")]


class CloudProgress(Words):
    """What is going on."""

    asset_id: str
    state: SyncState
    bytes_done: int
    bytes_total: int
    kbps: int
    seconds_left: int | None
    """Null while that cannot be told."""

    @classmethod
    def of(cls, progress: kept.Progress) -> CloudProgress:
        """Return progress in the API's words."""
        return cls(
            asset_id=progress.asset_id,
            state=SyncState(progress.state.value),
            bytes_done=progress.bytes_done,
            bytes_total=progress.bytes_total,
            kbps=progress.kbps,
            seconds_left=progress.seconds_left,
        )


class CloudQuestion(Words):
    """Something that is not done before somebody has said yes: `POST /api/cloud/sync` with `confirm`."""

    code: str
    sentence: str
    count: int
    """Replays that it concerns."""


class RefusedReplay(Words):
    """A replay that the PowerStream server does not take as it is."""

    asset_id: str
    title: str
    trouble: Trouble


class CloudServer(Words):
    """How it stands with the PowerStream server."""

    address: str
    has_token: bool
    """Something that opens it is kept."""
    untold: int
    """Replays that it is yet to be told of, or to forget."""
    trouble: Trouble | None
    """What hinders all of it; null for nothing."""
    refused: tuple[RefusedReplay, ...]
    """Replays that it does not take; the first 20."""
    refused_count: int
    only_there: int
    """Replays that it lists and this library does not know."""
    missing: int
    """Replays that the store does not have any more, and of which no file is here."""
    compared_at: datetime | None
    """When the lists were last compared; null if they never were since the start."""

    @classmethod
    def of(cls, server: kept.ServerStanding | None) -> CloudServer | None:
        """Return it in the API's words."""
        if server is None:
            return None
        return cls(
            address=server.address,
            has_token=server.has_token,
            untold=server.untold,
            trouble=Trouble.of(server.trouble),
            refused=tuple(
                RefusedReplay(asset_id=each.asset_id, title=each.title, trouble=_trouble(each.trouble))
                for each in server.refused
            ),
            refused_count=server.refused_count,
            only_there=server.only_there,
            missing=server.missing,
            compared_at=server.compared_at,
        )


def _trouble(trouble: UploadTrouble) -> Trouble:
    return Trouble(code=trouble.code, sentence=trouble.sentence, remedy=trouble.remedy)


class CloudAnswer(Answer):
    """How the store and the uploads stand."""

    state: CloudState
    place: str
    """The store in a few words; empty for none."""
    has_credentials: bool
    waiting: int
    """Uploads that are not done."""
    failed: int
    """Those of them that met a trouble; they are tried again."""
    bytes_left: int
    synced: int
    """Replays that are here and in the cloud."""
    cloud_only: int
    """Replays that are in the cloud alone."""
    current: CloudProgress | None
    trouble: Trouble | None
    """What hinders all uploads; null for nothing."""
    questions: tuple[CloudQuestion, ...]
    synced_at: datetime | None
    """When all edits were last compared with those of other computers."""
    is_comparing: bool
    """They are compared now, or are about to be."""
    server: CloudServer | None
    """The PowerStream server; null if none was chosen."""

    @classmethod
    def of(cls, standing: kept.CloudStanding) -> CloudAnswer:
        """Return how it stands in the API's words."""
        return cls(
            state=standing.state,
            place=standing.place,
            has_credentials=standing.has_credentials,
            waiting=standing.waiting,
            failed=standing.failed,
            bytes_left=standing.bytes_left,
            synced=standing.synced,
            cloud_only=standing.cloud_only,
            current=None if standing.current is None else CloudProgress.of(standing.current),
            trouble=Trouble.of(standing.trouble),
            questions=tuple(
                CloudQuestion(code=each.code, sentence=each.sentence, count=each.count)
                for each in standing.questions
            ),
            synced_at=standing.synced_at,
            is_comparing=standing.is_comparing,
            server=CloudServer.of(standing.server),
        )


class QueuedUpload(Words):
    """An upload that is not done."""

    asset_id: str
    title: str
    state: SyncState
    bytes_done: int
    bytes_total: int
    seconds_left: int | None
    """Of the one that is going on; null while that cannot be told."""
    trouble: Trouble | None

    @classmethod
    def of(cls, upload: kept.QueuedUpload) -> QueuedUpload:
        """Return an upload in the API's words."""
        return cls(
            asset_id=upload.asset_id,
            title=upload.title,
            state=SyncState(upload.state.value),
            bytes_done=upload.bytes_done,
            bytes_total=upload.bytes_total,
            seconds_left=upload.seconds_left,
            trouble=Trouble.of(upload.trouble),
        )


class UploadsAnswer(Answer):
    """Uploads that are not done, the next one first."""

    uploads: tuple[QueuedUpload, ...]


class CredentialsWish(Wish):
    """What opens the store."""

    access_key_id: KeyId
    secret_access_key: SecretText
    session_token: TokenText | None = None


class LoginWish(Wish):
    """What opens the PowerStream server."""

    access_token: TokenText
    refresh_token: TokenText | None = None
    """Gets a new pair when the other one ends; null where the server gives none."""


class SyncWish(Wish):
    """A pass over all manifests."""

    confirm: bool = False
    """Say yes to the questions that there are."""


class VerifyWish(Wish):
    """How thoroughly a copy is looked at."""

    full: bool = False
    """Read all of its bytes; otherwise what the store says of it and some of its bytes are compared."""


class LostText(Words):
    """A text that an edit on another computer has replaced."""

    number: int
    field: str
    """Such as `title`."""
    value: str
    device: str
    """Whose text it was."""
    written_at: datetime
    lost_at: datetime

    @classmethod
    def of(cls, lost: cloud_notes.LostText) -> LostText:
        """Return a text in the API's words."""
        return cls(
            number=lost.number,
            field=lost.field,
            value=lost.value,
            device=lost.device,
            written_at=lost.written_at,
            lost_at=lost.lost_at,
        )


class HistoryAnswer(Answer):
    """Texts of a replay that lost against others, the newest first."""

    texts: tuple[LostText, ...]


def cloud_event(standing: kept.CloudStanding) -> dict[str, Any]:
    """Return what the topic ``sync`` says: what ``GET /api/cloud`` does."""
    words = CloudAnswer.of(standing).model_dump(mode="json", by_alias=True)
    del words["ok"]
    return words
