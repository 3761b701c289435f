"""The programs that are measured: each takes one publisher and sends the stream on to N destinations.

Every peer is set up as its own manual says, in the form that costs it least:

- nginx-rtmp: one worker, one ``push`` per destination, the module's default chunk size; and once more with the large
  chunk size that PowerStream uses, which saves nginx most of its system calls.
- ffmpeg: one process that listens and copies to N outputs. (``-f tee`` over the same outputs costs within 2 % the same.)
- PowerStream: ``powerstream relay`` exactly as a user starts it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, Self

from tests.e2e.support.nginx import NginxRtmp
from tests.e2e.support.ports import LOOPBACK, accepts, free_port
from tests.e2e.support.processes import TestProcess
from tests.e2e.support.waiting import wait_until

START_S = 20.0
LARGE_CHUNK = 60_000


@dataclass(frozen=True, slots=True)
class Running:
    """A peer that is ready for its publisher."""

    process: TestProcess
    publish_url: str

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.process.stop()


class Peer(Protocol):
    """One way to relay a stream."""

    @property
    def name(self) -> str:
        """Short name, as it stands in the table."""

    def start(self, folder: Path, server_url: str, streams: Sequence[str]) -> Running:
        """Start it with one destination per stream name below ``server_url``."""


@dataclass(frozen=True, slots=True)
class NginxPush:
    """nginx-rtmp with static pushes."""

    name: str = "nginx-rtmp"
    chunk_size: int = 4096

    def start(self, folder: Path, server_url: str, streams: Sequence[str]) -> Running:
        pushes = [f"{server_url}/{stream}" for stream in streams]
        server = NginxRtmp(folder, name="peer", record=False, pushes=pushes, chunk_size=self.chunk_size)
        return Running(server.process, server.url("program"))


@dataclass(frozen=True, slots=True)
class FfmpegOutputs:
    """ffmpeg as a server that copies to N outputs."""

    name: str = "ffmpeg"

    def start(self, folder: Path, server_url: str, streams: Sequence[str]) -> Running:
        port = free_port()
        url = f"rtmp://{LOOPBACK}:{port}/live/program"
        command = ["ffmpeg", "-hide_banner", "-nostdin", "-v", "error", "-listen", "1", "-i", url]
        for stream in streams:
            command += ["-map", "0:v", "-map", "0:a", "-c", "copy", "-f", "flv", f"{server_url}/{stream}"]
        process = TestProcess(command, name="peer", folder=folder)
        # It takes one connection only, so its port must not be probed by connecting.
        wait_until(lambda: _listens(port), what="ffmpeg to listen", timeout_s=START_S)
        return Running(process, url)


@dataclass(frozen=True, slots=True)
class PowerStreamRelay:
    """Our own relay, by its command line.

    Attributes:
        key: the ingest key that external encoders publish with.
    """

    name: str = "PowerStream"
    key: str = "program"

    def start(self, folder: Path, server_url: str, streams: Sequence[str]) -> Running:
        port = free_port()
        destinations = folder / "destinations.json"
        destinations.write_text(
            json.dumps([{"name": name, "platform": "custom", "serverUrl": server_url, "streamKey": name} for name in streams])
        )
        process = TestProcess(
            [
                *(sys.executable, "-m", "powerstream_desktop", "relay", "--json"),
                *("--listen", f"{LOOPBACK}:{port}", "--destinations", destinations),
            ],
            name="peer",
            folder=folder,
            env={"POWERSTREAM_HOME": str(folder / "home"), "PYTHONPATH": str(Path(__file__).parents[2])},
        )
        wait_until(lambda: accepts(port), what=f"powerstream relay to listen\n{process.log_tail()}", timeout_s=START_S)
        return Running(process, f"rtmp://{LOOPBACK}:{port}/live/{self.key}")


def _listens(port: int) -> bool:
    listening = f"{port:04X} 00000000:0000 0A"
    return listening in Path("/proc/net/tcp").read_text()
