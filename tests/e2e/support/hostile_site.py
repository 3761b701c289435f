"""A site that means harm: serves a page that tries every route of an API, and takes down what it reports."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from tests.e2e.support.ports import LOOPBACK

PAGE = Path(__file__).parent / "hostile_page.html"
REPORT = "/report"
_READ_SIZE = 65_536
_QUIET_S = 20.0

Route = tuple[str, str]
"""Method and path."""


class HostileSite:
    """Listens on loopback; each connection has a thread, because a browser opens few.

    Args:
        routes: what its page tries.
        host: address to listen on.
        port: to listen on; 0 for any free one.
        leads_to: the port of loopback to which its name leads once the page is loaded, as a name server would have it that changes
            its mind (DNS rebinding): what a browser sends then is passed on byte for byte.

    Attributes:
        report: what the page said at its end; written by a thread of the site.
        passed_on: connections that were led elsewhere.
    """

    def __init__(
        self, routes: Sequence[Route], *, host: str = LOOPBACK, port: int = 0, leads_to: int | None = None
    ) -> None:
        self.report: dict[str, Any] | None = None
        self.passed_on = 0
        self._page = PAGE.read_text("utf-8").replace("ROUTES;", f"{json.dumps(routes)};").encode()
        self._leads_to = leads_to
        self._listener = socket.create_server((host, port))
        self.port: int = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept, name="hostile-site", daemon=True)]
        self._threads[0].start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)  # closing alone wakes nobody
        self._listener.close()
        for thread in self._threads:
            thread.join(_QUIET_S)

    @property
    def report_url(self) -> str:
        """Where the page tells how it went."""
        return f"http://{LOOPBACK}:{self.port}{REPORT}"

    def _accept(self) -> None:
        with suppress(OSError):  # it is over
            while True:
                connection, _ = self._listener.accept()
                thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
                self._threads.append(thread)
                thread.start()

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(_QUIET_S)
        with connection, suppress(OSError):
            data = b""
            while b"\r\n\r\n" not in data:
                if not (part := connection.recv(_READ_SIZE)):
                    return  # opened in advance, and not needed
                data += part
            head, _, body = data.partition(b"\r\n\r\n")
            path = head.split(b" ", 2)[1].decode()
            if path == REPORT:
                self._take_report(connection, head, body)
            elif path == "/" or self._leads_to is None:
                kind = b"text/html" if path == "/" else b"text/plain"
                connection.sendall(_answer(kind, self._page))
            else:
                self._pass_on(connection, data, self._leads_to)

    def _take_report(self, connection: socket.socket, head: bytes, body: bytes) -> None:
        length = int(head.lower().partition(b"content-length:")[2].split()[0])
        while len(body) < length and (part := connection.recv(_READ_SIZE)):
            body += part
        connection.sendall(_answer(b"text/plain", b""))
        self.report = json.loads(body)

    def _pass_on(self, connection: socket.socket, data: bytes, port: int) -> None:
        self.passed_on += 1
        with socket.create_connection((LOOPBACK, port)) as there:
            there.settimeout(_QUIET_S)
            there.sendall(data)
            back = threading.Thread(target=_copy, args=(there, connection), daemon=True)
            back.start()
            _copy(connection, there)
            back.join(_QUIET_S)


def _answer(kind: bytes, body: bytes) -> bytes:
    return b"HTTP/1.1 200 OK\r\nContent-Type: " + kind + b"\r\nConnection: close\r\n\r\n" + body


def _copy(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(_READ_SIZE):
            sink.sendall(data)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)
