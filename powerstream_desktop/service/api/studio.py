"""The studio: what is seen and heard, and everything that changes it. The engine has the last word on each change."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from typing import Any, Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import Field, model_validator

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.engine.control.commands import ListDevices
from powerstream_desktop.engine.control.sound_commands import Mute, SetGain
from powerstream_desktop.engine.mixer.settings import MAX_GAIN_DB, MIN_GAIN_DB
from powerstream_desktop.service.api.frozen_wishes import value_of
from powerstream_desktop.service.api.parts import Parts
from powerstream_desktop.service.api.studio_document import DEVICES_ANSWER, SCHEMAS, STUDIO_ANSWER
from powerstream_desktop.service.api.studio_names import with_ids
from powerstream_desktop.service.api.studio_wishes import WISHES, StudioWish
from powerstream_desktop.service.api.words import Answer, Wish
from powerstream_desktop.service.api.words_studio import studio_words, told

router = APIRouter(prefix="/api", tags=["studio"])

_LAST_WORD: Final = "What the engine refuses is refused in its words, and changes nothing."


class AudioWish(Wish):
    """What becomes of a channel; what is not said stays as it is."""

    channel: str
    """Its id or its name."""
    is_muted: bool | None = None
    gain_db: float | None = Field(default=None, ge=MIN_GAIN_DB, le=MAX_GAIN_DB, allow_inf_nan=False)

    @model_validator(mode="after")
    def _says_something(self) -> AudioWish:
        if self.is_muted is None and self.gain_db is None:
            raise ValueError("Give isMuted, gainDb or both")
        return self


def _answers(schema: dict[str, Any]) -> dict[int | str, dict[str, Any]]:
    return {200: {"description": "As it is now.", "content": {"application/json": {"schema": schema}}}}


@router.get(
    "/studio",
    summary="Tell what the studio shows and plays",
    responses=_answers(STUDIO_ANSWER),
    response_class=JSONResponse,
)
async def get_studio(parts: Parts) -> JSONResponse:
    """What no engine has told yet is null; every change starts one, and so does a wish to watch."""
    return JSONResponse({"ok": True, **studio_words(parts.studio)})


@router.get(
    "/devices",
    summary="List what can be captured, recorded and played on",
    responses=_answers(DEVICES_ANSWER),
    response_class=JSONResponse,
)
async def get_devices(parts: Parts) -> JSONResponse:
    """Asks the engine, which is started for it."""
    await parts.studio.send(ListDevices())
    devices = told(parts.studio.devices)
    if devices is None:
        raise SystemFault("The engine ended before it told which devices there are.", hint="Try again.")
    return JSONResponse({"ok": True, "devices": devices})


@router.post("/studio/audio", summary="Mute a channel, let it be heard again, move its fader")
async def change_audio(wish: AudioWish, parts: Parts) -> Answer:
    """The short form for scripts; ``audio/channel`` changes everything else of a channel."""
    if wish.is_muted is not None:
        mute = Mute(channel=wish.channel, is_muted=wish.is_muted)
        await parts.studio.send(await with_ids(mute, "channel", parts.studio))
    if wish.gain_db is not None:
        gain = SetGain(channel=wish.channel, gain_db=wish.gain_db)
        await parts.studio.send(await with_ids(gain, "channel", parts.studio))
    return Answer()


def _route(wish: StudioWish) -> Callable[..., Awaitable[Answer]]:
    async def obey(request: Request, parts: Parts) -> Answer:
        command = value_of(wish.command, await request.body())
        if wish.named:
            command = await with_ids(command, wish.named, parts.studio)
        await parts.studio.send(command)
        return Answer()

    return obey


def _words(wish: StudioWish) -> tuple[str, str]:
    """Return summary and description of a route: what the engine's own document says of the command."""
    said = inspect.cleandoc(wish.command.__doc__ or "").replace("``", "`").partition("Attributes:")[0]
    first, _, rest = " ".join(said.split()).partition(". ")
    named = f"For `{wish.named}` a name will do, if only one has it." if wish.named else ""
    return first.rstrip("."), " ".join(filter(None, (rest, named, _LAST_WORD)))


def _body(wish: StudioWish) -> dict[str, Any]:
    schema = SCHEMAS.reference(wish.command, without_type=True)
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


for _wish in WISHES:
    router.add_api_route(
        f"/studio/{_wish.path}",
        _route(_wish),
        methods=["POST"],
        name=_wish.name,
        summary=_words(_wish)[0],
        description=_words(_wish)[1],
        openapi_extra=_body(_wish),
        response_model=Answer,
    )
