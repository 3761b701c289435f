"""Those who are compared: each captures the same screen, encodes it with the same x264 settings and publishes it by RTMP.

- PowerStream: ``powerstream live`` exactly as a user starts it. Counted is the engine's process with its children; what the
  relay costs is measured by ``relay_bench``.
- ffmpeg: one process, ``-f x11grab … -c:v libx264``, with the mouse pointer and silence as ours has them, and the
  conversion of colours that it chooses by itself. How many threads x264 takes and whether it cuts pictures in slices is set
  to what our engine does; otherwise two libraries' habits would be compared.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, Protocol

from powerstream_desktop.common.paths import Paths
from powerstream_desktop.engine.slate import slate_path
from powerstream_desktop.platforms.endpoint import Rendition
from tests.bench.engine.busy_screen import BusyScreen
from tests.e2e.support.live_broadcast import LiveBroadcast, Target
from tests.e2e.support.processes import TestProcess
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import TimedOutError, wait_until

FPS: Final = 30
KEYFRAME_INTERVAL: Final = 2 * FPS
SLATE_S: Final = 15.0
"""How long to wait for the slate, which has the lowest priority: a machine that has no time for it is too busy anyhow."""
SETTLE_S: Final = 2.0
LOW: Final = "low"
NORMAL: Final = "normal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Encode:
    """What both are asked for: 30 pictures a second of the whole screen at a constant rate."""

    width: int
    height: int
    kbps: int
    latency: str = NORMAL

    @property
    def size(self) -> str:
        """As command lines take it."""
        return f"{self.width}x{self.height}"

    @property
    def name(self) -> str:
        """As it stands in the tables."""
        return f"{self.height}p{FPS}"


HD: Final = Encode(width=1280, height=720, kbps=4500)
FULL_HD: Final = Encode(width=1920, height=1080, kbps=6000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Capturing:
    """Somebody at work.

    Attributes:
        pid: of the process that captures and encodes.
        is_ready: whether everything is done that is none of a picture's cost.
        finish: ends it and waits; a dictionary of what it said of itself at last, empty if it says nothing.
    """

    pid: int
    is_ready: Callable[[], bool]
    finish: Callable[[], dict[str, Any]]

    def settle(self) -> None:
        """Wait until a measurement may begin."""
        with suppress(TimedOutError):
            wait_until(self.is_ready, what="a slate", timeout_s=SLATE_S)
        time.sleep(SETTLE_S)


class Capturer(Protocol):
    """One way to bring a screen to a server."""

    @property
    def name(self) -> str:
        """As it stands in the tables."""

    def start(
        self, stage: Stage, screen: BusyScreen, encode: Encode, server_url: str, stream: str
    ) -> Capturing:
        """Start it on a stage of its own."""


@dataclass(frozen=True, slots=True)
class PowerStreamLive:
    """Our own program, by its command line."""

    name: str = "PowerStream"

    def start(
        self, stage: Stage, screen: BusyScreen, encode: Encode, server_url: str, stream: str
    ) -> Capturing:
        """Start ``powerstream live`` and wait until its destination is live."""
        broadcast = LiveBroadcast(
            stage,
            [Target("sink", server_url, stream)],
            *("--source", "screen", "--display", screen.display, "--size", encode.size, "--fps", str(FPS)),
            *("--bitrate", str(encode.kbps), "--latency", encode.latency),
        )
        broadcast.wait_until_live()
        runtime = Paths.from_environment({"POWERSTREAM_HOME": str(broadcast.home)}).runtime
        slate = slate_path(runtime, Rendition.LANDSCAPE)

        def finish() -> dict[str, Any]:
            engine: dict[str, Any] = broadcast.statuses[-1]["engine"]
            assert broadcast.finish() == 0, broadcast.process.log_tail()
            return engine

        return Capturing(pid=broadcast.engine_pid(), is_ready=slate.exists, finish=finish)


@dataclass(frozen=True, slots=True)
class FfmpegGrab:
    """ffmpeg's x11grab.

    Attributes:
        threading: ``x264-params`` about threads and slices.
        with_sound: publish silence beside the picture. Without it ffmpeg never holds a picture back for a sound.
    """

    threading: str
    with_sound: bool = True
    name: str = "ffmpeg x11grab"

    def start(
        self, stage: Stage, screen: BusyScreen, encode: Encode, server_url: str, stream: str
    ) -> Capturing:
        """Start ffmpeg."""
        command = ["ffmpeg", "-hide_banner", "-nostdin", "-v", "error", "-f", "x11grab", "-draw_mouse", "1"]
        command += ["-framerate", str(FPS), "-video_size", encode.size, "-i", screen.display]
        if self.with_sound:
            command += ["-f", "lavfi", "-i", "anullsrc=r=48000:cl=stereo", "-c:a", "aac", "-b:a", "160k"]
        command += ["-c:v", "libx264", *self._x264(encode)]
        # Packets leave at once, as ours do; by itself ffmpeg gathers 32 KiB.
        command += ["-flush_packets", "1", "-f", "flv", f"{server_url}/{stream}"]
        process: TestProcess = stage.process(command, name="ffmpeg")

        def finish() -> dict[str, Any]:
            process.interrupt()
            process.wait_for_exit(timeout_s=10)
            return {}

        return Capturing(pid=process.pid, is_ready=lambda: True, finish=finish)

    def _x264(self, encode: Encode) -> list[str]:
        rate, gop = f"{encode.kbps}k", str(KEYFRAME_INTERVAL)
        options = ["-preset", "veryfast", "-pix_fmt", "yuv420p", "-profile:v", "high", "-forced-idr", "1"]
        options += ["-b:v", rate, "-maxrate", rate, "-bufsize", rate, "-g", gop]
        options += ["-bf", "0" if encode.latency == LOW else "2"]
        options += ["-tune", "zerolatency"] if encode.latency == LOW else []
        parameters = f"scenecut=0:filler=1:keyint={gop}:min-keyint=1:{self.threading}"
        return [*options, "-x264-params", parameters]
