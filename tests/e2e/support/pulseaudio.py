"""A PulseAudio server of a test's own, without hardware: a sink that plays to nobody and a source that hums."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Self

from tests.e2e.support.processes import TestProcess
from tests.e2e.support.waiting import wait_until

BINARY = "pulseaudio"
START_S = 45.0
SINE_HZ = 440
SINE_AMPLITUDE = 0.5
"""What module-sine makes. (module-sine-source delivers two seconds at a time, as no microphone does.)"""

_SCRIPT = """\
load-module module-native-protocol-unix socket={socket} auth-anonymous=1
load-module module-null-sink sink_name=desk rate=48000 norewinds=1 sink_properties=device.description=Desk
load-module module-null-sink sink_name=porch rate=44100 norewinds=1 sink_properties=device.description=Porch
load-module module-null-sink sink_name=room rate=44100 norewinds=1 sink_properties=device.description=Room
load-module module-sine sink=room frequency={hz} rate=44100
load-module module-remap-source source_name=hum master=room.monitor source_properties=device.description=Hum
set-default-sink desk
set-default-source hum
"""


class PulseAudio:
    """One server on a socket of its own; ``environment`` leads a client there.

    Args:
        folder: existing folder for logs.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._runs = 0
        # A socket's path must be short; a test's folder may not be.
        self._home = Path(tempfile.mkdtemp(prefix="pulse-"))
        self.socket = self._home / "native"
        self.environment = {
            "PULSE_SERVER": f"unix:{self.socket}",
            "PULSE_COOKIE": str(self._home / "cookie"),
            "PULSE_RUNTIME_PATH": str(self._home),
            "PULSE_STATE_PATH": str(self._home),
            "XDG_RUNTIME_DIR": str(self._home),
            "HOME": str(self._home),
        }
        self.process = self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def kill(self) -> None:
        """``kill -9``."""
        self.process.kill()

    def restart(self) -> None:
        """Start it again on the same socket; it must have been killed."""
        assert not self.process.running, "the server still runs"
        self.process = self._start()

    def control(self, *arguments: str) -> str:
        """Run ``pactl`` and return what it says."""
        self._runs += 1
        with TestProcess(
            ["pactl", *arguments], name=f"pactl-{self._runs}", folder=self._folder, env=self.environment
        ) as pactl:
            wait_until(lambda: not pactl.running, what="pactl", timeout_s=START_S)
            assert pactl.exit_code == 0, pactl.log_tail()
            return pactl.out

    def close(self) -> None:
        """End it and remove what it left."""
        self.process.stop()
        shutil.rmtree(self._home, ignore_errors=True)

    def _start(self) -> TestProcess:
        self._runs += 1
        self.socket.unlink(missing_ok=True)
        script = self._folder / f"pulse-{self._runs}.pa"
        script.write_text(_SCRIPT.format(socket=self.socket, hz=SINE_HZ))
        command: list[str | Path] = [BINARY, "-n", "-F", script, "--daemonize=no", "--exit-idle-time=-1"]
        command += ["--use-pid-file=no", "--disable-shm=yes", "--log-target=stderr"]
        process = TestProcess(command, name=f"pulse-{self._runs}", folder=self._folder, env=self.environment)
        try:
            wait_until(
                lambda: not process.running or self.socket.exists(), what="a socket", timeout_s=START_S
            )
            assert process.running, process.log_tail()
        except BaseException:
            process.stop()
            raise
        return process
