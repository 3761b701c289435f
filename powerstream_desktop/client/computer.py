"""The service's computer: devices, figures, settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from powerstream_desktop.client.link import ServiceLink
from powerstream_desktop.client.reading import Words
from powerstream_desktop.client.request import SLOW_S, Request, path_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Devices:
    """What can be captured, recorded and played on.

    Attributes:
        problems: why a list is empty that should not be, in sentences.
    """

    words: Words
    screens: tuple[Words, ...] = ()
    windows: tuple[Words, ...] = ()
    cameras: tuple[Words, ...] = ()
    microphones: tuple[Words, ...] = ()
    desktop_sounds: tuple[Words, ...] = ()
    outputs: tuple[Words, ...] = ()
    problems: tuple[str, ...] = ()


class Computer:
    """The routes ``/api/devices``, ``/api/stats`` and ``/api/settings``. Errors are those of ``ServiceLink.ask``."""

    def __init__(self, link: ServiceLink) -> None:
        self._link = link

    def devices(self) -> Devices:
        """Return the devices; the engine is asked, and started for it."""
        return self._link.read(
            Request(method="GET", path=path_of("devices"), read_s=SLOW_S), Devices, "devices"
        )

    def stats(self) -> Words:
        """Return the figures of service and engine, in the API's own words."""
        return self._link.ask(Request(method="GET", path=path_of("stats")))

    def settings(self) -> Words:
        """Return the settings, in the API's own words."""
        return self._link.ask(Request(method="GET", path=path_of("settings")))

    def change_settings(self, changes: Mapping[str, Any]) -> Words:
        """Change settings, and return all of them; what is not given stays."""
        request = Request(method="PATCH", path=path_of("settings"), body=dict(changes), is_repeatable=True)
        return self._link.ask(request)
