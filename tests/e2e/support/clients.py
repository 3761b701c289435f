"""Other people's RTMP clients (rtmp.md 5.2): FFmpeg of two ages, GStreamer's own stack, and librtmp.

A publisher sends a film's packets unchanged and in real time; a player keeps what comes unchanged until the stream ends.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.support.media import Media, media_of

Command = list[str | Path]
FFMPEG = ("ffmpeg", "-hide_banner", "-nostdin", "-v", "error", "-y")
PYAV = (sys.executable, "-m", "tests.e2e.support.pyav_client")
GSTREAMER = ("gst-launch-1.0", "-q")


@dataclass(frozen=True, slots=True)
class Publisher:
    """One way to publish.

    Attributes:
        name: for test names.
        command: makes it from the film, the URL, and a file for a copy of what is sent, which some publishers write.
        copies: whether this one does, for it does not keep the film's times.
    """

    name: str
    command: Callable[[Path, str, Path], Command]
    copies: bool = False

    def sent(self, film: Path, copy: Path) -> Media:
        """Return what it sent."""
        return media_of(copy if self.copies else film)


@dataclass(frozen=True, slots=True)
class Player:
    """One way to play.

    Attributes:
        name: for messages.
        command: makes it from the URL and the file to keep the stream in.
        json: whether that file is a ``Media`` as JSON; else it is FLV.
        loses_the_last: whether it may throw the last packet away: ``rtmp2src`` of GStreamer 1.22 does when the end of the
            stream comes before its reader has fetched that packet.
    """

    name: str
    command: Callable[[str, Path], Command]
    json: bool = False
    loses_the_last: bool = False

    def kept(self, target: Path) -> Media:
        """Return what it has kept."""
        return Media.from_json(target.read_text()) if self.json else media_of(target)


def ffmpeg_publisher(name: str = "ffmpeg", *, options: tuple[str, ...] = ()) -> Publisher:
    """FFmpeg 5 of Debian with output options."""

    def command(film: Path, url: str, copy: Path) -> Command:
        return [*FFMPEG, "-re", "-i", film, "-map", "0", "-c", "copy", *options, "-f", "flv", url]

    return Publisher(name, command)


def _pyav_publishes(film: Path, url: str, copy: Path) -> Command:
    return [*PYAV, "publish", film, url]


def _rtmp2sink_publishes(film: Path, url: str, copy: Path) -> Command:
    return _gstreamer_publishes(film, copy, "rtmp2sink", f"location={url}")


def _rtmpsink_publishes(film: Path, url: str, copy: Path) -> Command:
    return _gstreamer_publishes(film, copy, "rtmpsink", f"location={url} live=1")


def _gstreamer_publishes(film: Path, copy: Path, *sink: str) -> Command:
    """Mux the film anew, which changes its times, and send and copy the result."""
    source = ["filesrc", f"location={film}", "!", "flvdemux", "name=film"]
    muxer = ["flvmux", "name=flv", "streamable=true", "!", "tee", "name=sent"]
    both = ["sent.", "!", "queue", "!", *sink, "sent.", "!", "queue", "!", "filesink", f"location={copy}"]
    picture = ["film.video", "!", "queue", "!", "flv.video"]
    sound = ["film.audio", "!", "queue", "!", "flv.audio"]
    return [*GSTREAMER, *source, *muxer, *both, *picture, *sound]


def _ffmpeg_plays(url: str, target: Path) -> Command:
    return [*FFMPEG, "-i", url, "-map", "0", "-c", "copy", "-f", "flv", target]


def _pyav_plays(url: str, target: Path) -> Command:
    return [*PYAV, "play", url, target]


def _rtmp2src_plays(url: str, target: Path) -> Command:
    return [*GSTREAMER, "rtmp2src", f"location={url}", "!", "filesink", f"location={target}"]


def _rtmpdump_plays(url: str, target: Path) -> Command:
    return ["rtmpdump", "-q", "--live", "-r", url, "-o", target]


FFMPEG_PUBLISHES = ffmpeg_publisher()
PYAV_PUBLISHES = Publisher("PyAV", _pyav_publishes)
RTMP2SINK = Publisher("rtmp2sink", _rtmp2sink_publishes, copies=True)
RTMPSINK = Publisher("rtmpsink", _rtmpsink_publishes, copies=True)

FFMPEG_PLAYS = Player("ffmpeg-player", _ffmpeg_plays)
PYAV_PLAYS = Player("pyav-player", _pyav_plays, json=True)
RTMP2SRC = Player("rtmp2src", _rtmp2src_plays, loses_the_last=True)
RTMPDUMP = Player("rtmpdump", _rtmpdump_plays)
