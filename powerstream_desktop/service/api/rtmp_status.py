"""How the broadcast that runs stands, with all its destinations."""

from __future__ import annotations

from fastapi import APIRouter

from powerstream_desktop.service.api.parts import Parts
from powerstream_desktop.service.api.words_rtmp import RTMPStatus, rtmp_status

router = APIRouter(prefix="/api/rtmp/status", tags=["live"])


@router.get("", summary="Tell how every destination stands")
async def get_rtmp_status(parts: Parts) -> RTMPStatus:
    """Of all broadcasts that run; there is one at most."""
    return rtmp_status(parts.multistream.running)
