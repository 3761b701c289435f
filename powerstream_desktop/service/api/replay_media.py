"""What is made of replays for those who look through them: strips of pictures, and waveforms."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from powerstream_desktop.service.api.file_response import FileContentResponse, open_file
from powerstream_desktop.service.api.media import PICTURE_TYPES, answers
from powerstream_desktop.service.api.parts import Parts
from powerstream_desktop.service.api.wish_fields import PathId
from powerstream_desktop.service.api.words import Answer
from powerstream_desktop.service.api.words_vod import PATH
from powerstream_desktop.service.media.picture_folder import strip_name
from powerstream_desktop.service.store.store_faults import UnknownRecordError

router = APIRouter(prefix=f"{PATH}/{{id}}", tags=["media"])


class WaveformAnswer(Answer):
    """How loud a replay is."""

    per_second: float
    """Peaks for each second."""
    peaks: str
    """A byte each in base64: 0 for silence, 255 for full scale, in decibels between; none without sound."""


@router.get(
    "/strip",
    summary="Show a replay's strip",
    response_class=Response,
    responses=answers(PICTURE_TYPES[".jpg"]),
)
async def get_strip(parts: Parts, asset_id: PathId) -> FileContentResponse:
    """One JPEG of twelve pictures of 160x90 in a row, each of the middle of its twelfth.

    404 while it is not made, which is then done first; a `library` event tells when.
    """
    asset = await parts.store.read(lambda tables: tables.assets.get(asset_id))
    try:
        opened = await open_file(parts.pictures / strip_name(asset.id))
    except UnknownRecordError:
        parts.media.ask(asset.id)
        raise UnknownRecordError(
            "The strip of this replay is not made yet.", hint="It is made now; ask again in a moment."
        ) from None
    return FileContentResponse(opened, PICTURE_TYPES[".jpg"])


@router.get("/waveform", summary="Tell how loud a replay is")
async def get_waveform(parts: Parts, asset_id: PathId) -> WaveformAnswer:
    """404 while it is not measured, which is then done first; a `library` event tells when."""
    asset = await parts.store.read(lambda tables: tables.assets.get(asset_id))
    found = await parts.media.waveform(asset.id)
    if found is None:
        raise UnknownRecordError(
            "The sound of this replay is not measured yet.", hint="It is measured now; ask again in a moment."
        )
    per_second, peaks = found
    return WaveformAnswer(per_second=per_second, peaks=peaks)
