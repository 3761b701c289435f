"""A session bus of a test's own, where nothing is started by asking for it and everybody may own any name."""

from __future__ import annotations

import shutil
import socket
import tempfile
from pathlib import Path
from typing import Final, Self

from tests.e2e.support.processes import TestProcess
from tests.e2e.support.waiting import wait_until

PROGRAM: Final = "dbus-daemon"
START_S: Final = 45.0
_CONFIGURATION: Final = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class SessionBus:
    """A bus that listens when this returns.

    Attributes:
        home: folder of its own, removed at the end, with a short path: so must be that of a socket.
        address: for clients.
        process: the bus itself.
    """

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="bus-"))
        path = self.home / "bus"
        self.address = f"unix:path={path}"
        configuration = self.home / "bus.conf"
        configuration.write_text(_CONFIGURATION.format(socket=path))
        self.process = TestProcess(
            [PROGRAM, "--nofork", f"--config-file={configuration}"], name="dbus", folder=self.home
        )
        wait_until(
            lambda: not self.process.running or _listens(path), what="the session bus", timeout_s=START_S
        )
        assert self.process.running, self.process.log_tail()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End it and remove its folder."""
        self.process.stop()
        shutil.rmtree(self.home, ignore_errors=True)


def _listens(path: Path) -> bool:
    """The file is there before anybody takes a connection."""
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            return False
    return True
