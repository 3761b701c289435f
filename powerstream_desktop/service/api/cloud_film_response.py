"""A film that is in the cloud only as an answer, in the pieces in which it comes from there: none is fetched before the one before is sent."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncGenerator

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.service.api.byte_range import ByteRange
from powerstream_desktop.service.api.ranged_response import RangedResponse
from powerstream_desktop.service.cloud.cloud_films import CloudFilm

logger = logging.getLogger(__name__)


class CloudFilmResponse(RangedResponse):
    """Sends it, or the part that was asked for.

    Args:
        film: what to send.
        media_type: of it.
    """

    def __init__(self, film: CloudFilm, media_type: str) -> None:
        super().__init__(film.size_bytes, media_type, etag=f'"{film.sha256}"')
        self._film = film

    async def _content(self, wanted: ByteRange) -> AsyncGenerator[bytes, None]:
        try:
            async with contextlib.aclosing(self._film.read(wanted.start, wanted.length)) as pieces:
                async for piece in pieces:
                    yield piece
        except PowerStreamError as error:
            logger.info("A film from the cloud breaks off: %s", error)
