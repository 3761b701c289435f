"""A real nginx with the RTMP module: an ingest that records what it gets, refuses, pushes on, dies and comes back."""

from __future__ import annotations

import http.client
import os
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tests.e2e.support.ports import LOOPBACK, accepts, free_port
from tests.e2e.support.processes import TestProcess
from tests.e2e.support.waiting import wait_until

BINARY = Path("/usr/sbin/nginx")
MODULES = Path("/usr/lib/nginx/modules")
START_S = 45.0

_CONFIG = """\
load_module {modules}/ngx_rtmp_module.so;
{user}daemon off;
worker_processes 1;
pid {run}/nginx.pid;
error_log stderr info;
events {{ worker_connections 256; }}
rtmp {{
    access_log off;
    server {{
        listen {host}:{port};
        chunk_size {chunk_size};
        max_message 16M;
        application live {{
            live on;
            {record}
            {pushes}
        }}
        application denied {{
            live on;
            deny publish all;
        }}
    }}
}}
http {{
    access_log off;
    error_log stderr warn;
    client_body_temp_path {run}/body;
    proxy_temp_path {run}/proxy;
    fastcgi_temp_path {run}/fastcgi;
    uwsgi_temp_path {run}/uwsgi;
    scgi_temp_path {run}/scgi;
    server {{
        listen {host}:{stat_port};
        location /stat {{ rtmp_stat all; }}
    }}
}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamStat:
    """What nginx says of one stream that is being published to it."""

    name: str
    bytes_in: int
    publishing: bool


class NginxRtmp:
    """One nginx-rtmp on loopback ports of its own; ``live`` takes every publisher, ``denied`` hangs up on each.

    Args:
        folder: existing folder for configuration, logs and recordings.
        name: tells several servers of one test apart.
        record: write every stream of ``live`` to an FLV file, one per publish.
        pushes: URLs ``rtmp://host:port/app/name`` to which ``live`` pushes whatever it gets.
        chunk_size: nginx's outgoing chunk size; 4096 is its default.
    """

    def __init__(
        self,
        folder: Path,
        *,
        name: str = "nginx",
        record: bool = True,
        pushes: Sequence[str] = (),
        chunk_size: int = 4096,
    ) -> None:
        self.name = name
        self.port = free_port()
        self._stat_port = free_port()
        self._folder = folder / name
        self._folder.mkdir()
        self._record = record
        self._pushes = tuple(pushes)
        self._chunk_size = chunk_size
        self._runs = 0
        self.process = self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()

    @property
    def server_url(self) -> str:
        """Server URL without a key, as an endpoint has it."""
        return f"rtmp://{LOOPBACK}:{self.port}/live"

    @property
    def denied_server_url(self) -> str:
        """Server URL of the application that refuses every publisher by hanging up."""
        return f"rtmp://{LOOPBACK}:{self.port}/denied"

    def url(self, stream: str) -> str:
        """URL of one stream, for players and publishers."""
        return f"{self.server_url}/{stream}"

    def kill(self) -> None:
        """``kill -9`` master and worker at once; returns when nobody listens any more, for a worker takes a moment to die."""
        self.process.kill()
        wait_until(lambda: not accepts(self.port), what=f"{self.name} to be gone", timeout_s=START_S)

    def stop(self) -> None:
        """End it; connections are dropped."""
        self.process.stop()

    def restart(self) -> None:
        """Start it again on the same port; it must have been stopped or killed."""
        assert not self.process.running, f"{self.name} still runs"
        self.process = self._start()

    def recordings(self, stream: str) -> list[Path]:
        """FLV files of one stream, oldest first; a new file begins at each publish."""
        found = self._folder.glob(f"run-*/{stream}-*.flv")
        return sorted(found, key=lambda path: path.stat().st_mtime_ns)

    def streams(self) -> dict[str, StreamStat]:
        """Ask nginx which streams of ``live`` it knows now, by name."""
        with closing(http.client.HTTPConnection(LOOPBACK, self._stat_port, timeout=5)) as connection:
            connection.request("GET", "/stat", headers={"Connection": "close"})
            tree = ET.fromstring(connection.getresponse().read())
        return {
            stat.name: stat
            for stat in map(_stream_stat, tree.iterfind("./server/application[name='live']/live/stream"))
        }

    def wait_for_streams(self, names: Sequence[str], *, timeout_s: float) -> None:
        """Wait until each of these streams is being published and has brought bytes."""

        def all_flow() -> bool:
            known = self.streams()
            return all(name in known and known[name].publishing and known[name].bytes_in for name in names)

        wait_until(all_flow, what=f"{', '.join(names)} at {self.name}", timeout_s=timeout_s)

    def _start(self) -> TestProcess:
        self._runs += 1
        run = self._folder / f"run-{self._runs}"
        run.mkdir()
        config = run / "nginx.conf"
        config.write_text(self._config(run))
        process = TestProcess(
            [BINARY, "-e", "stderr", "-p", run, "-c", config],
            name=f"{self.name}-{self._runs}",
            folder=self._folder,
        )
        try:
            process.wait_for_line("start worker process", timeout_s=START_S)
            wait_until(lambda: accepts(self.port), what=f"{self.name} to listen", timeout_s=START_S)
        except BaseException:
            process.stop()
            raise
        return process

    def _config(self, run: Path) -> str:
        record = f"record all; record_path {run}; record_unique on;" if self._record else "record off;"
        return _CONFIG.format(
            modules=MODULES,
            # A root master would drop its worker to nobody, who cannot write into a private temporary folder.
            user="user root;\n" if os.geteuid() == 0 else "",
            run=run,
            host=LOOPBACK,
            port=self.port,
            stat_port=self._stat_port,
            chunk_size=self._chunk_size,
            record=record,
            pushes=" ".join(f"push {url};" for url in self._pushes),
        )


def _stream_stat(element: ET.Element) -> StreamStat:
    return StreamStat(
        name=element.findtext("name", ""),
        bytes_in=int(element.findtext("bytes_in", "0")),
        publishing=element.find("publishing") is not None,
    )
