"""The stage of one e2e test: starts what the test asks for and clears everything away afterwards, last first."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from tests.e2e.support import nginx, xvfb
from tests.e2e.support.fake_ingest import Behaviour, FakeIngest
from tests.e2e.support.nginx import NginxRtmp
from tests.e2e.support.processes import TestProcess
from tests.e2e.support.proxy import FaultProxy
from tests.e2e.support.tls import Authority, Certificate, TlsIngest
from tests.e2e.support.xvfb import Screen

T = TypeVar("T", bound=AbstractContextManager[Any])
V = TypeVar("V")


class Stage:
    """Owns the processes and servers of a test.

    Args:
        folder: the test's temporary folder; logs, configurations and recordings go there.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._cleared_away = ExitStack()
        self._processes: list[Callable[[], TestProcess]] = []

    @cached_property
    def authority(self) -> Authority:
        """The certificate authority of this test; add its ``environment`` to a process that shall trust it."""
        return Authority(self.folder)

    def process(self, argv: Sequence[str | Path], *, name: str, **options: Any) -> TestProcess:
        """Start a program; ``options`` are those of ``TestProcess``."""
        need(str(argv[0]))
        process = self.keep(TestProcess(argv, name=name, folder=self.folder, **options))
        self._processes.append(lambda: process)
        return process

    def nginx(self, name: str = "nginx", *, pushes: Sequence[str] = ()) -> NginxRtmp:
        """Start a recording nginx-rtmp."""
        need(str(nginx.BINARY))
        server = self.keep(NginxRtmp(self.folder, name=name, pushes=pushes))
        self._processes.append(lambda: server.process)
        return server

    def screen(self, *, size: tuple[int, int] = (1280, 720), moving_fps: float = 30) -> Screen:
        """Start a virtual screen with something moving on it."""
        need(xvfb.BINARY)
        screen = self.keep(Screen(self.folder, size=size, moving_fps=moving_fps))
        self._processes.append(lambda: screen.server)
        return screen

    def proxy(self, target_port: int) -> FaultProxy:
        """Start a proxy that can spoil connections to a loopback port."""
        return self.keep(FaultProxy(target_port))

    def fake_ingest(self, behaviour: Behaviour) -> FakeIngest:
        """Start an ingest that treats every publisher like this."""
        return self.keep(FakeIngest(behaviour))

    def tls_ingest(self, certificate: Certificate, *, target_port: int) -> TlsIngest:
        """Start TLS in front of a plain server on a loopback port."""
        return self.keep(TlsIngest(self.authority, certificate, target_port=target_port))

    def publish(
        self, url: str, *, name: str = "publisher", options: Mapping[str, str] | None = None
    ) -> TestProcess:
        """Publish ffmpeg's own moving test picture (320x180, 30 fps, a key frame a second) with a tone until stopped."""
        picture = "testsrc=s=320x180:r=30"
        command = ["ffmpeg", "-hide_banner", "-nostdin", "-v", "error", "-re", "-f", "lavfi", "-i", picture]
        command += ["-re", "-f", "lavfi", "-i", "sine=r=48000", "-c:v", "libx264", "-preset", "ultrafast"]
        command += ["-pix_fmt", "yuv420p", "-g", "30", "-c:a", "aac", "-ac", "2"]
        for option, value in (options or {}).items():
            command += [option, value]
        return self.process([*command, "-f", "flv", url], name=name)

    def log_tails(self) -> str:
        """Return the last lines of every process, for the report of a failed test."""
        return "\n\n".join(process().log_tail() for process in self._processes)

    def close(self) -> None:
        """Clear everything away, last first; called by the fixture."""
        self._cleared_away.close()

    def keep(self, thing: T) -> T:
        """Enter a server; it is left when the stage is cleared away."""
        self._cleared_away.enter_context(thing)
        return thing

    def enter(self, context: AbstractContextManager[V]) -> V:
        """Enter a context whose value is what is wanted; it is left when the stage is cleared away."""
        return self._cleared_away.enter_context(context)


def need(program: str) -> None:
    """Fail with a sentence when a program that the e2e tests drive is not installed."""
    assert shutil.which(program), f"{program} is missing; `python3 installer/bootstrap.py test` installs it"
