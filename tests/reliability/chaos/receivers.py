"""Who gets the broadcast of the soak: three ingests of our own, which know every picture, an nginx-rtmp and an ffmpeg.

Each tells when it was last brought something, by a source that our program has no part in. A foreign one that is frozen cannot:
its kernel goes on taking bytes until it has no more room, and from the other end that looks like a server that reads.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol

from tests.e2e.support.arrivals import Picture, Visit
from tests.e2e.support.fake_ingest import Behaviour, FakeIngest
from tests.e2e.support.nginx import NginxRtmp
from tests.e2e.support.ports import LOOPBACK, free_port
from tests.e2e.support.processes import TestProcess
from tests.e2e.support.proxy import FaultProxy
from tests.e2e.support.stage import Stage, need


class Receiver(Protocol):
    """One destination's other end.

    Attributes:
        name: of its endpoint.
        server_url: of its endpoint.
    """

    name: str
    server_url: str

    def fed_s(self) -> float | None:
        """Return when it was last brought media, on the monotonic clock; 0 while it never was, None if it cannot tell."""
        ...


class OwnReceiver:
    """An ingest of ours, behind a door that can be spoilt, or without one.

    Args:
        stage: what it runs on.
        name: of its endpoint.
        has_door: put a proxy in front of it.

    Attributes:
        ingest: notes what arrives.
        door: the proxy.
    """

    def __init__(self, stage: Stage, name: str, *, has_door: bool) -> None:
        self.name = name
        self.ingest: FakeIngest = stage.fake_ingest(Behaviour.ACCEPT)
        self._door: FaultProxy | None = stage.proxy(self.ingest.port) if has_door else None
        self.server_url = self.ingest.server_url if self._door is None else self._door.server_url

    @property
    def door(self) -> FaultProxy:
        """What stands in front of it."""
        assert self._door is not None, f"{self.name} has no door"
        return self._door

    @property
    def visits(self) -> Sequence[Visit]:
        """Every connection, oldest first."""
        return self.ingest.visits

    @property
    def pictures(self) -> list[Picture]:
        """Everything that arrived, oldest first."""
        return [picture for visit in tuple(self.visits) for picture in tuple(visit.pictures)]

    def fed_s(self) -> float:
        """Return when the newest picture arrived."""
        for visit in reversed(tuple(self.visits)):
            if visit.pictures:
                return visit.pictures[-1].at_s
        return 0.0


class NginxReceiver:
    """An nginx-rtmp that writes down what it gets, which tells when that was."""

    def __init__(self, stage: Stage, name: str) -> None:
        self.name = name
        self.nginx: NginxRtmp = stage.nginx(name)
        self._is_frozen = False
        self.server_url = self.nginx.server_url

    def fed_s(self) -> float | None:
        """Return when it last wrote to a file of the newest run; older ones are cleared away. None while it is frozen."""
        if self._is_frozen:
            return None
        files = self.nginx.recordings("*")
        for outworn in files[:-1]:
            outworn.unlink()
        return _changed_s(files[-1]) if files else 0.0

    def kill(self) -> None:
        """End it as a crash does."""
        self.nginx.kill()

    def come_back(self) -> None:
        """Start it again at the same port."""
        self.nginx.restart()

    def freeze(self) -> None:
        """Let it hang, its connections open."""
        self._is_frozen = True
        self.nginx.process.suspend()

    def thaw(self) -> None:
        """Let it go on."""
        self.nginx.process.resume()
        self._is_frozen = False


class FfmpegReceiver:
    """ffmpeg as a server for one publisher at a time; ``tend`` starts another one when it has ended."""

    _PICTURES: Final = "progress"

    def __init__(self, stage: Stage, name: str) -> None:
        need("ffmpeg")
        self.name = name
        self._stage = stage
        self._port = free_port()
        self._runs = 0
        self._is_frozen = False
        self.server_url = f"rtmp://{LOOPBACK}:{self._port}/live"
        self.process = self._start()

    def fed_s(self) -> float | None:
        """Return when it last said that it had got further; None while it looks at what it is brought, or is frozen."""
        if self._is_frozen:
            return None
        told = self._progress
        return _changed_s(told) if told.exists() and told.stat().st_size else None

    def tend(self) -> None:
        """Start it again if it has ended."""
        if not self.process.running:
            self.process = self._start()

    def kill(self) -> None:
        """End it as a crash does."""
        self.process.kill()

    def freeze(self) -> None:
        """Let it hang, its connection open."""
        self._is_frozen = True
        self.process.suspend()

    def thaw(self) -> None:
        """Let it go on."""
        self.process.resume()
        self._is_frozen = False

    @property
    def _progress(self) -> Path:
        return self._stage.folder / f"{self.name}-{self._runs}.progress"

    def _start(self) -> TestProcess:
        self._runs += 1
        command: list[str | Path] = ["ffmpeg", "-hide_banner", "-nostdin", "-v", "error"]
        command += ["-probesize", "100000", "-analyzeduration", "200000"]
        command += ["-listen", "1", "-i", self.server_url, "-c", "copy", "-f", "null"]
        command += ["-progress", self._progress, "-"]
        return self._stage.process(command, name=f"{self.name}-{self._runs}")


def _changed_s(path: Path) -> float:
    """Return when a file was last written to, on the monotonic clock; 0 if it is gone."""
    try:
        age_s = time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0.0
    return time.monotonic() - age_s
