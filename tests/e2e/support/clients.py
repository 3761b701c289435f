"""Other people's RTMP clients (rtmp.md 5.2): three independent stacks, FFmpeg, GStreamer and librtmp, and two ages of FFmpeg.

A publisher sends a film's packets unchanged and in real time, a player keeps what comes unchanged until the stream ends.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.e2e.support.media import Media, media_of
from tests.e2e.support.processes import TestProcess
from tests.e2e.support.proxy import FaultProxy
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until

END_S = 15.0
START_S = 15.0
PLAY_COMMAND = b"\x02\x00\x04play"
PROJECT = Path(__file__).parents[3]

Command = list[str | Path]
_FFMPEG: tuple[str, ...] = ("ffmpeg", "-hide_banner", "-nostdin", "-v", "error", "-y")
_PYAV: tuple[str, ...] = (sys.executable, "-m", "tests.e2e.support.pyav_client")


def ffmpeg_publishes(film: Path, url: str, *options: str) -> Command:
    """FFmpeg 5 of Debian; ``options`` are output options."""
    return [*_FFMPEG, "-re", "-i", film, "-map", "0", "-c", "copy", *options, "-f", "flv", url]


def pyav_publishes(film: Path, url: str) -> Command:
    """FFmpeg 8, which speaks Enhanced RTMP."""
    return [*_PYAV, "publish", film, url]


def rtmp2sink_publishes(film: Path, url: str) -> Command:
    """GStreamer's own RTMP."""
    return _gstreamer_publishes(film, ["rtmp2sink", f"location={url}"])


def rtmpsink_publishes(film: Path, url: str) -> Command:
    """GStreamer with librtmp."""
    return _gstreamer_publishes(film, ["rtmpsink", f"location={url} live=1"])


def ffmpeg_plays(url: str, target: Path) -> Command:
    """FFmpeg 5 of Debian."""
    return [*_FFMPEG, "-i", url, "-map", "0", "-c", "copy", "-f", "flv", target]


def pyav_plays(url: str, target: Path) -> Command:
    """FFmpeg 8, which speaks Enhanced RTMP."""
    return [*_PYAV, "play", url, target]


def rtmp2src_plays(url: str, target: Path) -> Command:
    """GStreamer's own RTMP."""
    return ["gst-launch-1.0", "-q", "rtmp2src", f"location={url}", "!", "filesink", f"location={target}"]


def rtmpdump_plays(url: str, target: Path) -> Command:
    """Librtmp, the oldest of them."""
    return ["rtmpdump", "-q", "--live", "-r", url, "-o", target]


def _gstreamer_publishes(film: Path, sink: list[str]) -> Command:
    source = ["filesrc", f"location={film}", "!", "flvdemux", "name=film"]
    muxer = ["flvmux", "name=flv", "streamable=true", "!", *sink]
    picture = ["film.video", "!", "queue", "!", "flv.video"]
    sound = ["film.audio", "!", "queue", "!", "flv.audio"]
    return ["gst-launch-1.0", "-q", *source, *muxer, *picture, *sound]
