"""An ingest that understands Enhanced RTMP: FFmpeg 8 as PyAV brings it, as a server for one publisher."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.support.clients import PYAV, Command
from tests.e2e.support.live_broadcast import Target, environment
from tests.e2e.support.media import Media
from tests.e2e.support.ports import LOOPBACK, free_port
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until

START_S = 45.0
END_S = 15.0
TCP_TABLE = Path("/proc/net/tcp")
TCP_LISTEN = "0A"


class PyAVIngest:
    """Takes one publisher, and keeps what it sends.

    Attributes:
        target: for a destinations file.
    """

    def __init__(self, stage: Stage) -> None:
        self._kept = stage.folder / "pyav-ingest.json"
        port = free_port()
        self.target = Target("pyav", f"rtmp://{LOOPBACK}:{port}/live", "key-of-pyav")
        url = f"{self.target.server_url}/{self.target.key}"
        command: Command = [*PYAV, "listen", url, self._kept]
        self._process = stage.process(command, name="pyav-ingest", env=environment(stage.folder))
        wait_until(lambda: _is_listened_on(port), what="the ingest of PyAV to listen", timeout_s=START_S)

    def arrived(self) -> Media:
        """Return what has come, once the publisher has ended."""
        assert self._process.wait_for_exit(timeout_s=END_S) == 0, self._process.log_tail()
        return Media.from_json(self._kept.read_text())


def _is_listened_on(port: int) -> bool:
    """Look without knocking: the first connection is the only one that is served."""
    rows = (line.split() for line in TCP_TABLE.read_text().splitlines()[1:])
    return any(row[3] == TCP_LISTEN and int(row[1].rpartition(":")[2], 16) == port for row in rows)
