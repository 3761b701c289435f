"""Markers: moments of the broadcast that runs."""

from __future__ import annotations

from fastapi import APIRouter

from powerstream_desktop.service.api.parts import Parts
from powerstream_desktop.service.api.wish_fields import Title
from powerstream_desktop.service.api.words import Wish
from powerstream_desktop.service.api.words_sessions import Marker, MarkerAnswer

router = APIRouter(prefix="/api/markers", tags=["live"])


class MarkerWish(Wish):
    """A marker to set now."""

    label: Title = ""
    """For people; may be empty."""


@router.post("", summary="Mark this moment", status_code=201)
async def add_marker(parts: Parts, wish: MarkerWish) -> MarkerAnswer:
    """409 while no broadcast runs."""
    return MarkerAnswer(marker=Marker.of(await parts.multistream.mark(wish.label)))
