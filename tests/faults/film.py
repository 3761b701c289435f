"""The film that every scenario publishes: 4 Mbit/s, 30 pictures a second, a key frame every 2 s, encoded once and kept."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from powerstream_desktop.rtmp.flv.file import FLVReader, FLVTag
from powerstream_desktop.rtmp.flv.metadata import push_metadata
from powerstream_desktop.rtmp.flv.tags import TagKind, classify_video
from powerstream_desktop.rtmp.messages import MessageType
from tests.e2e.support.numbered_pictures import with_number

FPS = 30
GOP_S = 2
DURATION_S = 10
SETTLING_S = 4
"""An encoder needs some seconds to find its rate; they are cut off."""
VIDEO_KBPS = 3900
AUDIO_KBPS = 128
_MEDIA = (MessageType.AUDIO, MessageType.VIDEO)


class FilmTag(NamedTuple):
    """One message of the endless film.

    Attributes:
        type: message type.
        timestamp_ms: decoding time.
        payload: FLV tag body; each picture of the endless film says its number.
        number: of the picture, None for everything else.
        key: whether it is a key frame.
    """

    type: int
    timestamp_ms: int
    payload: bytes
    number: int | None
    key: bool


def cached_film() -> Path:
    """Return the film's path, encoding it first if this machine has not got it yet (some seconds)."""
    folder = Path(tempfile.gettempdir()) / "powerstream-faults"
    folder.mkdir(mode=0o700, exist_ok=True)
    film = folder / f"360p{FPS}-{VIDEO_KBPS + AUDIO_KBPS}k-{DURATION_S}s-v2.flv"
    if not film.exists():
        # Another run may be at the same: each encodes its own, and the last one stays.
        with tempfile.TemporaryDirectory(dir=folder) as own:
            partial = Path(own) / film.name
            subprocess.run(_encode_command(partial), check=True, stdin=subprocess.DEVNULL)
            partial.replace(film)
    return film


def endless_film(path: Path) -> Iterator[FilmTag]:
    """Yield the film's messages in order, metadata and codec headers once, then the rest again and again, on one timeline."""
    headers, media = _read(path)
    for tag in headers:
        payload = tag.payload if tag.type in _MEDIA else push_metadata(tag.payload)
        yield FilmTag(tag.type, 0, payload, None, key=False)
    number, begins_ms = 0, 0
    while True:
        for tag in media:
            at_ms = begins_ms + tag.timestamp - SETTLING_S * 1000
            if tag.type != MessageType.VIDEO:
                yield FilmTag(tag.type, at_ms, tag.payload, None, key=False)
                continue
            is_key = classify_video(tag.payload).is_keyframe
            yield FilmTag(tag.type, at_ms, with_number(tag.payload, number), number, is_key)
            number += 1
        begins_ms += DURATION_S * 1000


def _read(path: Path) -> tuple[list[FLVTag], list[FLVTag]]:
    """Return headers (metadata among them) and the media of the seconds that are shown."""
    tags = FLVReader().feed(path.read_bytes())
    shown_ms = range(SETTLING_S * 1000, (SETTLING_S + DURATION_S) * 1000)
    headers = [tag for tag in tags if _is_header(tag)]
    media = [tag for tag in tags if tag.timestamp in shown_ms and not _is_header(tag) and not _ends(tag)]
    return headers, media


def _is_header(tag: FLVTag) -> bool:
    return tag.type not in _MEDIA or (len(tag.payload) > 1 and tag.payload[1] == 0)


def _ends(tag: FLVTag) -> bool:
    return tag.type == MessageType.VIDEO and classify_video(tag.payload).kind is not TagKind.FRAME


def _encode_command(target: Path) -> list[str]:
    # Moving noise keeps the encoder busy at the target rate, as a game or a crowd would.
    picture = f"testsrc2=s=640x360:r={FPS},noise=alls=30:allf=t"
    rate = f"{VIDEO_KBPS}k"
    gop = str(FPS * GOP_S)
    return [
        *("ffmpeg", "-hide_banner", "-nostdin", "-v", "error", "-y"),
        *("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", "sine=440:r=48000"),
        *(
            "-t",
            str(SETTLING_S + DURATION_S),
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-pix_fmt",
            "yuv420p",
            "-bf",
            "0",
        ),
        *("-b:v", rate, "-minrate", rate, "-maxrate", rate, "-bufsize", rate),
        *("-g", gop, "-keyint_min", gop, "-sc_threshold", "0"),
        *("-c:a", "aac", "-b:a", f"{AUDIO_KBPS}k", "-ac", "2", "-f", "flv", str(target)),
    ]
