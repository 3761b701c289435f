"""The client: everything the service can do, by rooms."""

from __future__ import annotations

from typing import Self
from urllib.parse import quote

from powerstream_desktop.client.access import Access
from powerstream_desktop.client.address import HomeAddress, Whereabouts
from powerstream_desktop.client.assets import ReplayFilm
from powerstream_desktop.client.catalogue import Platforms, Profiles, Stations
from powerstream_desktop.client.clips import Clips
from powerstream_desktop.client.cloud_room import Cloud
from powerstream_desktop.client.computer import Computer
from powerstream_desktop.client.endpoints import Endpoints
from powerstream_desktop.client.errors import ServiceGoneError
from powerstream_desktop.client.event_stream import EventStream
from powerstream_desktop.client.keys import Keys
from powerstream_desktop.client.library import Library
from powerstream_desktop.client.link import Sender, ServiceLink
from powerstream_desktop.client.live import Live
from powerstream_desktop.client.patience import PATIENCE_S
from powerstream_desktop.client.preflight import Preflight
from powerstream_desktop.client.sessions import Sessions
from powerstream_desktop.client.settings import Settings
from powerstream_desktop.client.starting import find_or_start
from powerstream_desktop.client.studio import Studio
from powerstream_desktop.client.wire import Wire
from powerstream_desktop.common.paths import Paths


class Client:
    """Asks the service. For one thread at a time: whoever has several makes one for each, which costs next to nothing.

    Each call blocks until there is an answer. A service that was killed and is started again costs the delay, and nothing else:
    what may be said twice is said again; what may not raises ``ServiceGoneError`` with ``has_changed``.

    Args:
        whereabouts: knows where the service is: ``HomeAddress`` for this user's, ``KnownAddress`` for another computer's.
        patience_s: how long a service that was there is waited for.
        was_found: a service was there a moment ago: should it have died since, another is waited for.
        sender: sends requests; by default over HTTP.
    """

    def __init__(
        self,
        whereabouts: Whereabouts,
        *,
        patience_s: float = PATIENCE_S,
        was_found: bool = False,
        sender: Sender | None = None,
    ) -> None:
        self._whereabouts = whereabouts
        self._link = link = ServiceLink(
            whereabouts, sender or Wire(), patience_s=patience_s, was_found=was_found
        )
        self.live = Live(link)
        self.endpoints = Endpoints(link)
        self.profiles = Profiles(link)
        self.stations = Stations(link)
        self.platforms = Platforms(link)
        self.preflight = Preflight(link)
        self.sessions = Sessions(link)
        self.studio = Studio(link)
        self.library = Library(link)
        self.clips = Clips(link)
        self.cloud = Cloud(link)
        self.access = Access(link)
        self.computer = Computer(link)
        self.settings = Settings(link)
        self.keys = Keys(link)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def events(self, topics: frozenset[str] | None = None) -> EventStream:
        """Return what happens from now on; it has connections of its own, and may be iterated on another thread.

        Args:
            topics: such as ``live``, ``destinations``, ``studio``; None for all.
        """
        return EventStream(self._whereabouts, topics)

    def playlist_url(self, slug: str) -> str:
        """Return where players of this computer find the running broadcast; it holds no token. Asks nobody.

        Args:
            slug: of its station; ``-`` for a broadcast of no station.

        Raises:
            ServiceGoneError: no service runs.
        """
        address = self._whereabouts.address()
        if address is None:
            raise ServiceGoneError("PowerStream's service is not running.", hint="Start PowerStream.")
        return f"{address.url}/live/{quote(slug, safe='')}/index.m3u8"

    def film_place(self, film: ReplayFilm) -> str:
        """Return the file of a film, or the whole address where players of this computer find it. Asks nobody.

        Raises:
            ServiceGoneError: no service runs.
        """
        if film.file is not None:
            return film.file
        address = self._whereabouts.address()
        if address is None:
            raise ServiceGoneError("PowerStream's service is not running.", hint="Start PowerStream.")
        return f"{address.url}{film.url}"

    def close(self) -> None:
        """Close the connections."""
        self._link.close()


def client_of_home(paths: Paths) -> Client:
    """Return a client of this user's service, which is started if none runs. Blocks for 20 seconds at most.

    Raises:
        ServiceGoneError: it did not come up.
        SystemFault: a folder cannot be made, or ``service.json`` cannot be trusted.
    """
    find_or_start(paths)
    return Client(HomeAddress(runtime=paths.runtime), was_found=True)
