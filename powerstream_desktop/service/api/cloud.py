"""The cloud: the store of replays, the queue of uploads, and what becomes of a replay's copies."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path

from powerstream_desktop.cloud.object_store.store_config import StoreCredentials
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.api.parts import APIParts, Parts
from powerstream_desktop.service.api.vod import asset_answer
from powerstream_desktop.service.api.wish_fields import Id, PathId
from powerstream_desktop.service.api.words_cloud import (
    CloudAnswer,
    CredentialsWish,
    HistoryAnswer,
    LoginWish,
    LostText,
    QueuedUpload,
    SyncWish,
    UploadsAnswer,
    VerifyWish,
)
from powerstream_desktop.service.api.words_trial import ServerTrialAnswer, StoreWish, TrialAnswer
from powerstream_desktop.service.api.words_vod import AssetAnswer
from powerstream_desktop.service.settings.cloud_options import CloudOptions
from powerstream_desktop.service.settings.kinds import WrongValueError
from powerstream_desktop.service.settings.settings import OPTIONS
from powerstream_desktop.service.store.cloud_notes import LostText as KeptText
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.uploads import CopyWish

router = APIRouter(prefix="/api", tags=["cloud"])

_TEXTS: Final = frozenset({"title", "description"})
_NOT_SETTINGS: Final = frozenset({"access_key_id", "secret_access_key", "session_token"})
AssetId = Annotated[Id, Path(alias="assetId")]
Number = Annotated[int, Path(ge=1)]


@router.get("/cloud", summary="Tell how the store and the uploads stand")
async def get_cloud(parts: Parts) -> CloudAnswer:
    """Which store is one of the settings below `cloud.`; no answer holds its credentials."""
    return await _answer(parts)


@router.post("/cloud/test", summary="Try a store out")
async def test_cloud(parts: Parts, wish: StoreWish) -> TrialAnswer:
    """Writes, reads, lists and deletes an object of its own, and says of each step what came of it. Nothing is saved."""
    return TrialAnswer.of(await parts.cloud.test(_options(parts, wish), _keys(wish)))


@router.put("/cloud/credentials", summary="Keep what opens the store")
async def keep_cloud_credentials(parts: Parts, wish: CredentialsWish) -> CloudAnswer:
    """In the place where keys are kept. They are never told again."""
    await parts.cloud.keep_credentials(
        StoreCredentials(
            access_key_id=wish.access_key_id, secret=wish.secret_access_key, session_token=wish.session_token
        )
    )
    return await _answer(parts)


@router.delete("/cloud/credentials", summary="Forget what opens the store")
async def forget_cloud_credentials(parts: Parts) -> CloudAnswer:
    """Harmless if there are none. What is in the store stays there."""
    await parts.cloud.forget_credentials()
    return await _answer(parts)


@router.put("/cloud/backend", summary="Keep what opens the PowerStream server")
async def log_in_at_backend(parts: Parts, wish: LoginWish) -> CloudAnswer:
    """At the address of the settings. Replays are told to it once their copies are verified. 409 if no server was chosen."""
    await parts.cloud.log_in(wish.access_token, wish.refresh_token)
    return await _answer(parts)


@router.delete("/cloud/backend", summary="Forget what opens the PowerStream server")
async def log_out_at_backend(parts: Parts) -> CloudAnswer:
    """Harmless if there is nothing. What the server knows it goes on to know."""
    await parts.cloud.log_out()
    return await _answer(parts)


@router.post("/cloud/backend/test", summary="Ask the PowerStream server whether it can be told of replays")
async def test_backend(parts: Parts) -> ServerTrialAnswer:
    """Nothing is changed there. 409 if no server was chosen."""
    return ServerTrialAnswer.of(await parts.cloud.try_server())


@router.post("/cloud/pause", summary="Stop all uploads")
async def pause_cloud(parts: Parts) -> CloudAnswer:
    """Within a second, and until they are resumed, also after a restart. What was sent is not sent again."""
    await parts.cloud.pause()
    return await _answer(parts)


@router.post("/cloud/resume", summary="Let uploads go on")
async def resume_cloud(parts: Parts) -> CloudAnswer:
    """Those that met a trouble are tried at once."""
    await parts.cloud.resume()
    return await _answer(parts)


@router.post("/cloud/sync", summary="Compare all edits with those of other computers", status_code=202)
async def sync_cloud(parts: Parts, wish: SyncWish) -> CloudAnswer:
    """Answers at once; it is over when `isComparing` is false again, and came to its end if `syncedAt` is another one then. It is done by itself too, after every edit and every few minutes."""
    parts.cloud.sync(confirm=wish.confirm)
    return await _answer(parts)


@router.get("/cloud/uploads", summary="List uploads that are not done")
async def list_uploads(parts: Parts) -> UploadsAnswer:
    """The next one first."""
    return UploadsAnswer(uploads=tuple(map(QueuedUpload.of, await parts.cloud.uploads())))


@router.post("/cloud/uploads/{assetId}/first", summary="Upload this replay before all others")
async def put_upload_first(parts: Parts, asset_id: AssetId) -> UploadsAnswer:
    """404 if it is not in the queue."""
    await parts.cloud.put_first(asset_id)
    return await list_uploads(parts)


@router.post("/vod/{id}/upload", summary="Upload a replay", status_code=202)
async def upload_asset(parts: Parts, asset_id: PathId) -> AssetAnswer:
    """It waits its turn. Harmless if it is on its way or there already; one that met a trouble is tried at once."""
    await parts.cloud.upload(asset_id)
    return await asset_answer(parts, asset_id)


@router.delete("/vod/{id}/upload", summary="Do without the upload of a replay")
async def cancel_upload(parts: Parts, asset_id: PathId) -> AssetAnswer:
    """What was sent of it is removed from the store. One that is done stays as it is."""
    await parts.cloud.cancel(asset_id)
    return await asset_answer(parts, asset_id)


@router.post("/vod/{id}/evict", summary="Give up the file of a replay for space", status_code=202)
async def evict_asset(parts: Parts, asset_id: PathId) -> AssetAnswer:
    """Only after the copy in the cloud was verified once more, in pieces; the replay's `sync` tells if it was not done, and why.

    It waits its turn, also over a restart. 409 if there is no verified copy, or the replay is pinned.
    """
    await parts.cloud.evict(asset_id)
    return await asset_answer(parts, asset_id)


@router.post("/vod/{id}/verify", summary="Look at the copy of a replay in the cloud", status_code=202)
async def verify_copy(parts: Parts, asset_id: PathId, wish: VerifyWish) -> AssetAnswer:
    """The replay's `sync` tells what came of it: `verifiedAt`, or the trouble if the copy is gone or holds other bytes. 409 if there is none.

    One that was found to be bad is uploaded again where its file is: `POST /api/vod/{id}/upload`.
    """
    await parts.cloud.verify(asset_id, is_full=wish.full)
    return await asset_answer(parts, asset_id)


@router.post("/vod/{id}/download", summary="Bring the file of a replay back", status_code=202)
async def download_asset(parts: Parts, asset_id: PathId) -> AssetAnswer:
    """It waits its turn, also over a restart, and is verified before it is taken. 409 if there is no copy in the cloud, or the file is here."""
    await parts.cloud.download(asset_id)
    return await asset_answer(parts, asset_id)


@router.delete("/vod/{id}/evict", summary="Keep the file of a replay after all")
async def cancel_evict(parts: Parts, asset_id: PathId) -> AssetAnswer:
    """Harmless if nobody wanted it given up, or it is gone already."""
    await parts.cloud.cancel_copy(asset_id, CopyWish.EVICT)
    return await asset_answer(parts, asset_id)


@router.delete("/vod/{id}/download", summary="Do without the file of a replay")
async def cancel_download(parts: Parts, asset_id: PathId) -> AssetAnswer:
    """What has come of it is removed. Harmless if nobody wanted it, or it is there already."""
    await parts.cloud.cancel_copy(asset_id, CopyWish.DOWNLOAD)
    return await asset_answer(parts, asset_id)


@router.delete("/vod/{id}/verify", summary="Do without the look at the copy of a replay")
async def cancel_verify(parts: Parts, asset_id: PathId) -> AssetAnswer:
    """Of either kind. What is known of the copy stays as it was. Harmless if nobody wanted it, or it is over already."""
    for wish in (CopyWish.VERIFY, CopyWish.VERIFY_FULLY):
        await parts.cloud.cancel_copy(asset_id, wish)
    return await asset_answer(parts, asset_id)


@router.get("/vod/{id}/history", summary="List texts of a replay that lost against others")
async def get_asset_history(parts: Parts, asset_id: PathId) -> HistoryAnswer:
    """Two computers had edited the same field; the later edit stands, and the other is kept here."""

    def read(tables: Tables) -> tuple[KeptText, ...]:
        tables.assets.get(asset_id)
        return tables.cloud.lost_texts(asset_id)

    return HistoryAnswer(texts=tuple(map(LostText.of, await parts.store.read(read))))


@router.post("/vod/{id}/history/{number}/restore", summary="Take back a text that had lost")
async def restore_asset_text(parts: Parts, asset_id: PathId, number: Number) -> AssetAnswer:
    """As an edit of now; the text that stands until then is not lost, if it was synced."""

    def restore(tables: Tables) -> None:
        asset, lost = tables.assets.get(asset_id), tables.cloud.lost_text(asset_id, number)
        if lost.field not in _TEXTS:
            raise UserError("This cannot be taken back here.", hint="Edit the replay instead.")
        tables.assets.put(replace(asset, **{lost.field: lost.value}))  # type: ignore[arg-type]

    await parts.store.write(restore)
    parts.library.vod.changed(asset_id)
    return await asset_answer(parts, asset_id)


async def _answer(parts: APIParts) -> CloudAnswer:
    return CloudAnswer.of(await parts.cloud.standing())


def _options(parts: APIParts, wish: StoreWish) -> CloudOptions:
    """Return the options of a store that is to be tried; what cannot be one is refused as the settings do."""
    changes: dict[str, Any] = {}
    for key, value in wish:
        if value is None or key in _NOT_SETTINGS:
            continue
        option = OPTIONS[f"cloud.{key}"]
        try:
            changes[key] = option.declared.kind.read(value)
        except WrongValueError as error:
            raise UserError(f"The setting {option.name} {error}.", hint=option.declared.help) from None
    return replace(parts.owner.settings.settings.cloud, **changes)


def _keys(wish: StoreWish) -> StoreCredentials | None:
    if wish.access_key_id is None:
        return None
    secret = wish.secret_access_key or Secret("")
    return StoreCredentials(access_key_id=wish.access_key_id, secret=secret, session_token=wish.session_token)
