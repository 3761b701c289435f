"""Letting other devices in, and putting them out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Final

from fastapi import APIRouter, Path
from fastapi.responses import Response
from pydantic import Field

from powerstream_desktop.service.access import refusal
from powerstream_desktop.service.access.pairing import CODE_DIGITS, PairingState
from powerstream_desktop.service.access.scope import Scope
from powerstream_desktop.service.access.token_record import PairedDevice
from powerstream_desktop.service.access.tokens import MAX_NAME_CHARACTERS
from powerstream_desktop.service.api.parts import APIParts, Parts
from powerstream_desktop.service.api.words import Answer, ErrorAnswer, Wish, Word, Words
from powerstream_desktop.service.store.store_faults import UnknownRecordError

router = APIRouter(prefix="/api/access", tags=["access"])

_WRONG_CODE: Final[dict[int | str, dict[str, Any]]] = {
    403: {"model": ErrorAnswer, "description": "The code is wrong, or worth nothing any more."}
}


class PairingWish(Wish):
    """What the device that comes may do."""

    scope: Word[Scope] = Scope.CONTROL
    """Read or control; admin is for this computer alone."""


class PairWish(Wish):
    """What a device shows to be let in."""

    code: Annotated[str, Field(min_length=1, max_length=2 * CODE_DIGITS)]
    """As the window shows it."""
    name: Annotated[
        str,
        Field(
            min_length=1, max_length=MAX_NAME_CHARACTERS, pattern=r"^[^\x00-\x1f\x7f]*\S[^\x00-\x1f\x7f]*$"
        ),
    ]
    """What its owner calls it."""


class PairingAnswer(Answer):
    """How pairing stands."""

    state: PairingState
    seconds_left: int
    """Until the code is worth nothing; 0 unless pairing is open."""


class PairingCode(PairingAnswer):
    """Pairing is open."""

    code: str
    """To be typed on the other device; told this once."""


class PairedDeviceFacts(Words):
    """A device that was let in."""

    id: str
    name: str
    scope: Scope
    paired_at: datetime
    expires_at: datetime


class PairedAnswer(Answer):
    """A device was let in."""

    token: str
    """Told this once; to be sent as ``Authorization: Bearer``."""
    device: PairedDeviceFacts


class PairedDevices(Answer):
    """All devices that were let in, the oldest first."""

    devices: tuple[PairedDeviceFacts, ...]


@router.post(
    "/pair",
    summary="Be let in, by the code that the window shows",
    responses=_WRONG_CODE,
    response_model=PairedAnswer,
)
async def pair_device(wish: PairWish, parts: Parts) -> PairedAnswer | Response:
    """Open: needs the code instead of a token. Three wrong codes make it worthless."""
    paired = await parts.access.pair(wish.code, wish.name)
    if paired is None:
        wrong = refusal.WRONG_CODE
        return Response(wrong.body(), wrong.status, media_type="application/json")
    return PairedAnswer(token=paired.token.reveal(), device=_device(paired.device))


@router.get("/pairing", summary="Tell how pairing stands")
async def get_pairing(parts: Parts) -> PairingAnswer:
    """The code itself is told only to who opens the pairing."""
    return _pairing(parts)


@router.post("/pairing", summary="Let one device in, for two minutes")
async def open_pairing(wish: PairingWish, parts: Parts) -> PairingCode:
    """Makes an earlier code worthless."""
    code = parts.access.open_pairing(wish.scope)
    status = parts.access.pairing
    return PairingCode(state=status.state, seconds_left=round(status.seconds_left), code=code.reveal())


@router.delete("/pairing", summary="Let nobody in any more")
async def close_pairing(parts: Parts) -> PairingAnswer:
    """Harmless when it was not open."""
    parts.access.close_pairing()
    return _pairing(parts)


@router.get("/devices", summary="List the devices that were let in")
async def list_paired_devices(parts: Parts) -> PairedDevices:
    """Their tokens are told to nobody."""
    return PairedDevices(devices=tuple(map(_device, parts.access.devices)))


@router.delete("/devices/{id}", summary="Put a device out")
async def remove_paired_device(device_id: Annotated[str, Path(alias="id")], parts: Parts) -> Answer:
    """Its token is worth nothing from this moment on."""
    if not await parts.access.put_out(device_id):
        raise UnknownRecordError("There is no such device.", hint="Reload the list of devices.")
    return Answer()


@router.post("/rotate", summary="Sign tokens with a new key")
async def rotate_signing_key(parts: Parts) -> Answer:
    """Tokens that were given out stay good until they end."""
    await parts.access.rotate()
    return Answer()


def _pairing(parts: APIParts) -> PairingAnswer:
    status = parts.access.pairing
    return PairingAnswer(state=status.state, seconds_left=round(status.seconds_left))


def _device(device: PairedDevice) -> PairedDeviceFacts:
    return PairedDeviceFacts(
        id=device.token_id,
        name=device.name,
        scope=device.scope,
        paired_at=datetime.fromtimestamp(device.paired_at_s, UTC),
        expires_at=datetime.fromtimestamp(device.expires_at_s, UTC),
    )
