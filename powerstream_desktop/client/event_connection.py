"""One connection on which the service tells what happens. The only place that knows how it is made.

It is made of the standard library's own HTTP, because that hands out its socket: so another thread can end the waiting at once.
"""

from __future__ import annotations

import http.client
import socket
import threading
from typing import Final
from urllib.parse import urlsplit

from powerstream_desktop.client.address import Address
from powerstream_desktop.client.errors import error_of
from powerstream_desktop.client.patience import Mishap
from powerstream_desktop.client.wire import CONNECT_S, MishapError
from powerstream_desktop.common.errors import BugError

PATH: Final = "/api/events"
SILENCE_S: Final = 8.0
"""The service says something every 3 s. Whoever shows a green light for longer than this knows it from nobody any more."""
_PIECE_BYTES: Final = 64 * 1024
_MAX_REFUSAL_BYTES: Final = 64 * 1024


class EventConnection:
    """A connection; ``close`` ends it. All but ``cut`` on one thread.

    Args:
        address: where to.
        last_id: behind which event to begin; empty for how everything stands.
        silence_s: after how long without a byte it is dead.
    """

    def __init__(self, address: Address, last_id: str, silence_s: float = SILENCE_S) -> None:
        parts = urlsplit(address.url)
        make = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._http = make(parts.hostname or "", parts.port, timeout=CONNECT_S)
        self._address = address
        self._last_id = last_id
        self._silence_s = silence_s
        self._response: http.client.HTTPResponse | None = None
        self._guard = threading.Lock()
        self._socket: socket.socket | None = None  # under the guard: cut() shuts it down on another thread
        self._is_cut = False  # under the guard

    def open(self) -> None:
        """Connect, and return once the service has agreed.

        Raises:
            MishapError: it cannot be reached, or has broken off.
            RefusedError, ServiceFault, ServiceBugError, BadAnswerError: it refuses.
        """
        self._connect()
        try:
            self._http.request("GET", PATH, headers=self._headers())
            response = self._http.getresponse()
            if response.status != 200:
                raise error_of(response.status, response.read(_MAX_REFUSAL_BYTES))
        except (OSError, http.client.HTTPException) as error:
            raise MishapError(Mishap.CUT, type(error).__name__) from None
        self._response = response

    def next_piece(self) -> bytes:
        """Return what has come, waiting for some; empty when the service has ended it, or it was cut.

        Raises:
            MishapError: it broke, or was silent for too long.
        """
        if self._response is None:
            raise BugError("Events were waited for before the connection was open.")
        try:
            return self._response.read1(_PIECE_BYTES)
        except TimeoutError:
            raise MishapError(Mishap.SILENCE, "not a byte for too long") from None
        except (OSError, http.client.HTTPException) as error:
            raise MishapError(Mishap.CUT, type(error).__name__) from None

    def cut(self) -> None:
        """End the waiting of whoever waits in ``open`` or ``next_piece``, at once. From any thread."""
        with self._guard:
            self._is_cut = True
            if self._socket is not None:
                _shut_down(self._socket)

    def close(self) -> None:
        """Let go of the connection."""
        with self._guard:
            self._socket = None
        if self._response is not None:
            self._response.close()
        self._http.close()

    def _connect(self) -> None:
        try:
            self._http.connect()
        except OSError as error:
            raise MishapError(Mishap.NOT_REACHED, type(error).__name__) from None
        connected: socket.socket = self._http.sock
        connected.settimeout(self._silence_s)
        with self._guard:
            self._socket = connected
            if self._is_cut:
                _shut_down(connected)

    def _headers(self) -> dict[str, str]:
        headers = {"Accept": "text/event-stream", "Cache-Control": "no-store"} | self._address.authorization
        if self._last_id.isascii() and self._last_id.isprintable() and self._last_id:
            headers["Last-Event-ID"] = self._last_id
        return headers


def _shut_down(connected: socket.socket) -> None:
    try:
        connected.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # the other side was quicker
