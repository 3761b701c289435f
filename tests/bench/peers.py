"""The programs that are measured: each takes one publisher and sends the stream on to N destinations.

Every peer runs in the form that costs it least, and the whole of what it needs is counted:

- nginx-rtmp: one worker, one ``push`` per destination, the module's default chunk size; and once more with chunks of
  60,000 bytes, which spares nginx two thirds of its system calls.
- ffmpeg: one process that copies to N outputs through its ``tee`` muxer, playing from an nginx-rtmp that takes the
  publisher. Listening by itself (``-listen 1``) ffmpeg costs half as much again as both together, because it makes
  encoders send chunks of 128 bytes.
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

PROJECT = Path(__file__).resolve().parents[2]
START_S = 20.0
DEFAULT_CHUNK_SIZE = 4096
LARGE_CHUNK_SIZE = 60_000
STREAM = "program"
INGEST_KEY = "program-key"


@dataclass(frozen=True, slots=True)
class Running:
    """A peer that is ready for its publisher: all its processes, first the one that feeds the destinations."""

    processes: tuple[TestProcess, ...]
    publish_url: str

    @property
    def pids(self) -> tuple[int, ...]:
        """The roots of its process trees."""
        return tuple(process.pid for process in self.processes)

    def log_tails(self) -> str:
        """Return the last lines of all its processes."""
        return "\n".join(process.log_tail() for process in self.processes)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        for process in self.processes:
            process.stop()


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

    name: str = "nginx-rtmp push"
    chunk_size: int = DEFAULT_CHUNK_SIZE

    def start(self, folder: Path, server_url: str, streams: Sequence[str]) -> Running:
        """Start nginx; it pushes as soon as somebody publishes."""
        pushes = [f"{server_url}/{stream}" for stream in streams]
        server = NginxRtmp(folder, name="peer", record=False, pushes=pushes, chunk_size=self.chunk_size)
        return Running((server.process,), server.url(STREAM))


@dataclass(frozen=True, slots=True)
class FfmpegOutputs:
    """ffmpeg that copies from an nginx-rtmp to N outputs."""

    name: str = "ffmpeg -c copy"

    def start(self, folder: Path, server_url: str, streams: Sequence[str]) -> Running:
        """Start both; ffmpeg waits as a player until somebody publishes."""
        ingest = NginxRtmp(folder, name="ingest", record=False)
        outputs = "|".join(f"[f=flv]{server_url}/{stream}" for stream in streams)
        command = ["ffmpeg", "-hide_banner", "-nostdin", "-v", "error", "-i", ingest.url(STREAM)]
        command += ["-map", "0:v", "-map", "0:a", "-c", "copy", "-f", "tee", outputs]
        ffmpeg = TestProcess(command, name="peer", folder=folder)
        return Running((ffmpeg, ingest.process), ingest.url(STREAM))


@dataclass(frozen=True, slots=True)
class PowerStreamRelay:
    """Our own relay, by its command line."""

    name: str = "PowerStream"

    def start(self, folder: Path, server_url: str, streams: Sequence[str]) -> Running:
        """Start ``powerstream relay`` with a home of its own."""
        port = free_port()
        destinations = folder / "destinations.json"
        destinations.write_text(
            json.dumps(
                [
                    {"name": name, "platform": "custom", "serverUrl": server_url, "streamKey": name}
                    for name in streams
                ]
            )
        )
        config = folder / "home" / "config"
        config.mkdir(parents=True, mode=0o700)
        (config / "ingest.key").write_text(INGEST_KEY)
        command = [sys.executable, "-m", "powerstream_desktop", "relay", "--json"]
        command += ["--listen", f"{LOOPBACK}:{port}", "--destinations", str(destinations)]
        home = {"POWERSTREAM_HOME": str(folder / "home"), "PYTHONPATH": str(PROJECT)}
        process = TestProcess(command, name="peer", folder=folder, env=home)
        wait_until(
            lambda: accepts(port) or not process.running,
            what="powerstream relay to listen",
            timeout_s=START_S,
        )
        assert process.running, process.log_tail()
        return Running((process,), f"rtmp://{LOOPBACK}:{port}/live/{INGEST_KEY}")
