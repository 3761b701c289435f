"""A folder served by HTTP on loopback, with the page of ``browser`` beside it."""

from __future__ import annotations

import json
import threading
from functools import partial
from http import HTTPStatus
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any, Self

from tests.e2e.support.ports import LOOPBACK

PAGE = Path(__file__).with_name("mse_player.html")
PAGE_PATH = "/player"


class FolderServer:
    """Serves the files of a folder, one request after the other, and collects what the page tells of itself.

    Args:
        folder: which.
    """

    def __init__(self, folder: Path) -> None:
        self.reports: list[dict[str, Any]] = []
        handler = partial(_Handler, self.reports, directory=str(folder))
        self._server = HTTPServer((LOOPBACK, 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever, name="folder server")
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def url(self, path: str) -> str:
        """Return the address of a file, or of the page."""
        return f"http://{LOOPBACK}:{self._server.server_port}/{path.removeprefix('/')}"


class _Handler(SimpleHTTPRequestHandler):
    timeout = 0.3  # browsers open connections in advance and say nothing

    def __init__(self, reports: list[dict[str, Any]], *args: Any, **options: Any) -> None:
        self._reports = reports
        super().__init__(*args, **options)

    def do_GET(self) -> None:
        if self.path != PAGE_PATH:
            super().do_GET()
            return
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE.read_bytes())

    def do_POST(self) -> None:
        self._reports.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(HTTPStatus.NO_CONTENT)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing: what matters is in the reports."""
