"""A client for the whole studio page."""

from __future__ import annotations

from typing import Any

from powerstream_desktop.client.endpoints import Endpoint
from tests.unit.desktop.studio.studio_words import StudioClient, devices


class PageClient(StudioClient):
    """Stands in for the client, also where the cards for sound and destinations ask.

    Attributes:
        known: the endpoints.
    """

    def __init__(self) -> None:
        super().__init__()
        self.endpoints = _Room(lambda: self.known)
        self.found = devices()
        self.known: tuple[Endpoint, ...] = ()

    def watch_levels(self, is_watched: bool) -> None:
        """See ``client.studio.Studio``."""

    def stats(self) -> dict[str, Any]:
        """See ``client.computer.Computer``."""
        return {"recordingRoom": None}


class _Room:
    """A room of the client of which only everything is asked."""

    def __init__(self, everything: Any) -> None:
        self.all = everything
