"""Whether the service is there, and what is on air."""

from __future__ import annotations

from fastapi import APIRouter

from powerstream_desktop.service.api.parts import Parts
from powerstream_desktop.service.api.words_live import Health, LiveStatus, live_status

router = APIRouter(prefix="/api/live", tags=["live"])


@router.get("/health", summary="Tell that the service is there")
async def get_health(parts: Parts) -> Health:
    """Open: needs no token."""
    return Health(version=parts.version)


@router.get("/status", summary="Tell what is on air")
async def get_live_status(parts: Parts) -> LiveStatus:
    """Open: needs no token, and tells no key and no address."""
    return live_status(parts.multistream.running)
