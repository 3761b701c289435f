"""A service on loopback that answers as a test wants it to, down to the byte; hand-written, because it must be able to lie."""

from __future__ import annotations

import json
import socket
import socketserver
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

from powerstream_desktop.client.address import Address, KnownAddress
from powerstream_desktop.common.secrets import Secret

TOKEN = "token-of-this-run-canaryKQ7"
PATIENCE_S = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes = field(repr=False)

    @property
    def words(self) -> Any:
        return json.loads(self.body)


Answer = Callable[[Asked, socket.socket], bool]
"""Sends something; returns whether the connection may serve another request."""


def http(status: int, body: bytes, *headers: str) -> bytes:
    head = [
        f"HTTP/1.1 {status} x",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        *headers,
    ]
    return "\r\n".join([*head, "", ""]).encode() + body


def fine(**fields: Any) -> Answer:
    return sends(http(200, json.dumps({"ok": True} | fields).encode()))


def refuses(
    status: int, code: str, message: str = "It cannot be.", hint: str = "Do something else."
) -> Answer:
    error = {"code": code, "message": message, "hint": hint}
    return sends(http(status, json.dumps({"ok": False, "error": error}).encode()))


def sends(data: bytes, *, then_closes: bool = False) -> Answer:
    def answer(_: Asked, connection: socket.socket) -> bool:
        connection.sendall(data)
        return not then_closes

    return answer


def resets(_: Asked, connection: socket.socket) -> bool:
    """Hang up without a word."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    return False


class ScriptedService:
    """``with`` starts it and ends it. Answers are used up in turn; the last one serves for ever."""

    def __init__(self, *answers: Answer) -> None:
        self._answers = list(answers)
        self._lock = threading.Lock()
        self.asked: list[Asked] = []
        self.connections = 0
        self.released = threading.Event()  # set at the end: whoever holds an answer back lets go
        service = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                service._serve(self.request)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = False
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._open: list[socket.socket] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def address(self) -> Address:
        return Address(url=self.url, token=Secret(TOKEN))

    @property
    def known(self) -> KnownAddress:
        return KnownAddress(known=self.address)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.released.set()
        self._server.shutdown()
        with self._lock:
            for connection in self._open:
                try:
                    connection.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue
        self._server.server_close()
        self._thread.join()

    def _serve(self, connection: socket.socket) -> None:
        with self._lock:
            self.connections += 1
            self._open.append(connection)
        connection.settimeout(PATIENCE_S)
        try:
            while (asked := _read(connection)) is not None:
                with self._lock:
                    self.asked.append(asked)
                    answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
                if not answer(asked, connection):
                    return
        except OSError:
            return
        finally:
            with self._lock:
                self._open.remove(connection)


def _read(connection: socket.socket) -> Asked | None:
    data = b""
    while b"\r\n\r\n" not in data:
        piece = connection.recv(65536)
        if not piece:
            return None
        data += piece
    head, _, body = data.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    while len(body) < int(headers.get("content-length", "0")):
        body += connection.recv(65536)
    return Asked(method=method, path=path, headers=headers, body=body)
