"""The way into the service of this home: finds it, or starts it, and hands out clients. Blocks; never on the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Protocol

from powerstream_desktop.client.address import HomeAddress
from powerstream_desktop.client.client import Client
from powerstream_desktop.client.starting import find_or_start
from powerstream_desktop.common.paths import Paths


class Door(Protocol):
    """Hands out clients; from any thread."""

    def client(self) -> Client:
        """Return a client for the calling thread, of a service that was there a moment ago.

        Raises:
            PowerStreamError: there is none, and none could be started.
        """
        ...

    def look_again(self) -> None:
        """Find the service once more, or start another, because the one that was found is gone; errors as with ``client``."""
        ...


class HomeDoor:
    """The service of this user's home. However many threads come, one finds or starts it, and the others wait for that.

    Args:
        paths: the home.
        find: finds or starts it.
    """

    def __init__(self, paths: Paths, find: Callable[[Paths], object] = find_or_start) -> None:
        self._paths = paths
        self._find = find
        self._guard = threading.Lock()
        self._was_found = False  # under the guard

    def client(self) -> Client:
        """See ``Door``."""
        with self._guard:
            if not self._was_found:
                self._look()
        return Client(HomeAddress(runtime=self._paths.runtime), was_found=True)

    def look_again(self) -> None:
        """See ``Door``."""
        with self._guard:
            self._look()

    def _look(self) -> None:
        self._was_found = False
        self._find(self._paths)
        self._was_found = True
