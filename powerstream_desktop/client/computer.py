"""The service's computer: devices and figures."""

from __future__ import annotations

from dataclasses import dataclass

from powerstream_desktop.client.link import ServiceLink
from powerstream_desktop.client.reading import Words
from powerstream_desktop.client.request import SLOW_S, Request, path_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceProblem:
    """Why lists are empty that should not be.

    Attributes:
        kinds: whose lists these are: "screen", "window", "camera", "microphone", "desktop-sound", "output".
        title: one sentence, in the service's English.
    """

    kinds: tuple[str, ...]
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Devices:
    """What can be captured, recorded and played on.

    Attributes:
        problems: why lists are empty that should not be.
    """

    words: Words
    screens: tuple[Words, ...] = ()
    windows: tuple[Words, ...] = ()
    cameras: tuple[Words, ...] = ()
    microphones: tuple[Words, ...] = ()
    desktop_sounds: tuple[Words, ...] = ()
    outputs: tuple[Words, ...] = ()
    problems: tuple[DeviceProblem, ...] = ()

    def problems_of(self, kind: str) -> tuple[str, ...]:
        """Return why the list of a kind is empty, in sentences; none when nothing is wrong with it."""
        return tuple(problem.title for problem in self.problems if kind in problem.kinds)


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
