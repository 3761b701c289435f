"""A camera in the network: JPEG pictures over HTTP on loopback, which stalls, dies, comes back and changes size when told."""

from __future__ import annotations

import base64
import contextlib
import socket
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, Self

from powerstream_desktop.common.clock import monotonic
from tests.e2e.support.ports import LOOPBACK
from tests.integration.camera.numbered_jpegs import NUMBERS, numbered_jpegs

_BOUNDARY: Final = "next-picture"


class NetworkCamera:
    """Sends numbered pictures to everybody who asks.

    Args:
        size: width and height of the pictures.
        fps: pictures a second.
        login: ``user:password`` to ask for; empty for none.
    """

    def __init__(self, size: tuple[int, int], *, fps: float = 30.0, login: str = "") -> None:
        numbered_jpegs(*size)  # made before anybody waits for them
        self._fps = fps
        self._login = login
        self._changed = threading.Condition()  # guards what follows
        self._size = size
        self._stalls = self._repeats = self._ends = False
        self.sent_s: dict[int, float] = {}
        """When the newest picture of each number was sent."""
        self._connections: list[socket.socket] = []
        self._server: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None
        self.port = 0

    def __enter__(self) -> Self:
        self.come()
        return self

    def __exit__(self, *exc: object) -> None:
        self.die()

    @property
    def url(self) -> str:
        """Where it is found; stays the same when it dies and comes back."""
        login = f"{self._login}@" if self._login else ""
        return f"http://{login}{LOOPBACK}:{self.port}/video"

    def come(self) -> None:
        """Begin to answer."""
        self._ends = False
        self._server = _Server(self, self.port)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="network-camera"
        )
        self._thread.start()

    def die(self) -> None:
        """Drop everybody and answer no more."""
        with self._changed:
            self._ends = True
            for connection in self._connections:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            self._connections.clear()
            self._changed.notify_all()
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._thread.join()
            self._server.server_close()
            self._server = None

    def stall(self) -> None:
        """Keep the connections and send nothing."""
        self._set(stalls=True)

    def repeat(self) -> None:
        """Send the same picture again and again."""
        self._set(repeats=True)

    def go_on(self) -> None:
        """Send new pictures again."""
        self._set()

    def resize(self, width: int, height: int) -> None:
        """Send pictures of another size from now on."""
        numbered_jpegs(width, height)
        with self._changed:
            self._size = (width, height)

    def _set(self, *, stalls: bool = False, repeats: bool = False) -> None:
        with self._changed:
            self._stalls, self._repeats = stalls, repeats
            self._changed.notify_all()

    def is_allowed(self, authorization: str) -> bool:
        """Check what a request says of itself."""
        wanted = "Basic " + base64.b64encode(self._login.encode()).decode()
        return not self._login or authorization == wanted

    def serve(self, handler: BaseHTTPRequestHandler) -> None:
        """Send pictures until told to end; called on a thread of each connection."""
        with self._changed:
            self._connections.append(handler.connection)
        number, due_s = 0, monotonic()
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._ends, max(0.0, due_s - monotonic()))
                self._changed.wait_for(lambda: self._ends or not self._stalls)
                if self._ends:
                    return
                number = number if self._repeats else (number + 1) % NUMBERS
                jpeg = numbered_jpegs(*self._size)[number]
            due_s = max(due_s + 1 / self._fps, monotonic())
            head = f"--{_BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
            self.sent_s[number] = monotonic()
            try:
                handler.wfile.write(head.encode() + jpeg + b"\r\n")
            except OSError:
                return


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True
    allow_reuse_address = True

    def __init__(self, camera: NetworkCamera, port: int) -> None:
        self.camera = camera
        super().__init__((LOOPBACK, port), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        if not self.server.camera.is_allowed(self.headers.get("Authorization", "")):
            self.send_response(HTTPStatus.UNAUTHORIZED)
            self.send_header("WWW-Authenticate", 'Basic realm="camera"')
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", f"multipart/x-mixed-replace; boundary={_BOUNDARY}")
        self.end_headers()
        self.server.camera.serve(self)

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""
