"""A client for the whole studio page."""

from __future__ import annotations

from typing import Any

from powerstream_desktop.client.endpoints import Endpoint
from powerstream_desktop.client.settings import AllSettings, Setting
from tests.unit.desktop.studio.studio_words import StudioClient, devices


class PageClient(StudioClient):
    """Stands in for the client, also where the cards for sound and destinations ask.

    Attributes:
        values: the settings by their names.
        known: the endpoints.
    """

    def __init__(self) -> None:
        super().__init__()
        self.endpoints = _Room(lambda: self.known)
        self.settings = _Room(self._all_settings)
        self.found = devices()
        self.values: dict[str, Any] = {
            "video.size": "1920x1080",
            "video.fps": 30,
            "hotkeys.scene_1": "Ctrl+Alt+W",
        }
        self.known: tuple[Endpoint, ...] = ()

    def watch_levels(self, is_watched: bool) -> None:
        """See ``client.studio.Studio``."""

    def stats(self) -> dict[str, Any]:
        """See ``client.computer.Computer``."""
        return {"recordingRoom": None}

    def _all_settings(self) -> AllSettings:
        return AllSettings(
            words={},
            settings=tuple(
                Setting(
                    words={"value": value, "default": value}, name=name, help="", type="line", effect="now"
                )
                for name, value in self.values.items()
            ),
        )


class _Room:
    """A room of the client of which only everything is asked."""

    def __init__(self, everything: Any) -> None:
        self.all = everything
