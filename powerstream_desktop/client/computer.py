"""The service's computer: devices and figures."""

from __future__ import annotations

from dataclasses import dataclass

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
    """The routes ``/api/devices`` and ``/api/stats``. Errors are those of ``ServiceLink.ask``."""

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
