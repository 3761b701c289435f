"""Whether other devices of the network can come, where, and by which certificate they know this computer."""

from __future__ import annotations

from fastapi import APIRouter

from powerstream_desktop.service.api.parts import Parts
from powerstream_desktop.service.api.words import Answer

router = APIRouter(prefix="/api/access/lan", tags=["access"])


class LANAnswer(Answer):
    """How the door to the network stands. The settings ``lan.api`` and ``lan.port`` open and close it."""

    is_wanted: bool
    """The settings say so."""
    is_open: bool
    urls: tuple[str, ...]
    """Where devices come to, by each name and address of this computer."""
    fingerprint: str
    """SHA-256 of the certificate, for the device to compare; empty before there is one."""
    trouble: str
    """Why it is not open although it is wanted, and what to do; empty otherwise."""


@router.get("", summary="Tell whether the network is let in")
async def get_lan(parts: Parts) -> LANAnswer:
    """With what a device must compare before it sends the pairing code."""
    state = parts.owner.lan.state
    return LANAnswer(
        is_wanted=state.is_wanted,
        is_open=state.is_open,
        urls=state.urls,
        fingerprint=state.fingerprint,
        trouble=state.trouble,
    )
