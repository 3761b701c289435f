"""The key for external encoders, told to who sits at this computer (ADR 0019)."""

from __future__ import annotations

from fastapi import APIRouter

from powerstream_desktop.service.api.parts import Parts
from powerstream_desktop.service.api.words import Answer, Wish

router = APIRouter(prefix="/api/access/ingest-key", tags=["access"])


class IngestKeyWish(Wish):
    """Which key is meant."""

    renew: bool = False
    """Make another one: the one before opens nothing any more."""


class IngestKeyAnswer(Answer):
    """What is typed into an external encoder."""

    server_url: str
    """For its "server" field."""
    ingest_key: str
    """For its "stream key" field. Of this computer's own, and no platform's."""


@router.post("", summary="Tell the key for external encoders")
async def tell_ingest_key(parts: Parts, wish: IngestKeyWish) -> IngestKeyAnswer:
    """Good for broadcasts that were given no key of their own. 409 if it shall be renewed while an encoder may be using it."""
    access = await parts.multistream.encoder_access(renews=wish.renew)
    return IngestKeyAnswer(server_url=access.server_url, ingest_key=access.key.reveal())
