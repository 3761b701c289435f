"""Films whose every picture tells its number and whose sound tells the time, and the reading of both."""

from __future__ import annotations

import io
import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import av
import numpy as np

from tests.bench.engine import stamp

if TYPE_CHECKING:
    from numpy.typing import NDArray

FPS = 30
WIDTH, HEIGHT = stamp.WIDTH, 288
RATE = 48_000
CHIRP_FROM_HZ, CHIRP_HZ_PER_S = 300.0, 60.0
"""The sound rises steadily: a piece of it tells where it is from."""


def picture(number: int) -> av.VideoFrame:
    """Return a picture with its number, on a background that moves."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    luma = ((columns + 3 * number) // 4 + rows // 2).astype(np.uint8) // 2 + 60
    for block in stamp.blocks(number):
        luma[block.y : block.y + stamp.BLOCK, block.x : block.x + stamp.BLOCK] = 235 if block.is_white else 16
    chroma = np.full((HEIGHT // 2, WIDTH), 128, np.uint8)
    return av.VideoFrame.from_ndarray(np.vstack((luma, chroma)), format="yuv420p")


def luma_of(frame: av.VideoFrame) -> NDArray[np.uint8]:
    """Return how bright each pixel is."""
    return frame.to_ndarray(format="gray").astype(np.uint8, copy=False)


def sound(first: int, samples: int) -> NDArray[np.float32]:
    """Return samples of the sound that rises."""
    t = np.arange(first, first + samples) / RATE
    return (0.5 * np.sin(2 * np.pi * (CHIRP_FROM_HZ * t + CHIRP_HZ_PER_S / 2 * t * t))).astype(np.float32)


FileT = TypeVar("FileT", Path, io.RawIOBase, io.BytesIO)


def write_film(
    file: FileT,
    seconds: float,
    *,
    x264: str = "keyint=60:min-keyint=60:scenecut=0:bframes=3:b-adapt=0",
    codec: str = "libx264",
    audio: str | None = "aac",
    tick: Fraction = Fraction(1, 1000),
    container: str = "mp4",
    muxing: Mapping[str, str] | None = None,
) -> FileT:
    """Write a film into a file, and return that; times are whole milliseconds, as those of a broadcast are."""
    target: Any = file if hasattr(file, "write") else str(file)
    with av.open(target, "w", format=container, options=dict(muxing or {})) as out:
        picture_options = (
            {"preset": "ultrafast", "x264-params": x264} if codec == "libx264" else {"x265-params": x264}
        )
        video: Any = out.add_stream(codec, rate=FPS, options=picture_options)
        video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        video.codec_context.time_base = tick
        track: Any = out.add_stream(audio, rate=RATE, layout="mono") if audio else None
        for number in range(round(seconds * FPS)):
            frame = picture(number)
            frame.pts, frame.time_base = round(Fraction(number, FPS) / tick), tick
            out.mux(video.encode(frame))
            if track is not None:
                block = RATE // FPS
                samples = av.AudioFrame.from_ndarray(sound(number * block, block)[None], "fltp", "mono")
                samples.sample_rate, samples.pts = RATE, number * block
                samples.time_base = Fraction(1, RATE)
                out.mux(track.encode(samples))
        out.mux(video.encode(None))
        if track is not None:
            out.mux(track.encode(None))
    return file


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a player shows of a film.

    Attributes:
        numbers: of the pictures, as they are shown.
        times: when each is shown, in seconds of the film.
        samples: the sound, from ``heard_from`` on.
    """

    numbers: list[int | None]
    times: list[float]
    samples: NDArray[np.float32]
    heard_from: float


def watch(path: Path) -> Seen:
    """Decode a film from its beginning to its end, as a player does."""
    numbers: list[int | None] = []
    times: list[float] = []
    with av.open(str(path)) as film:
        for frame in film.decode(video=0):
            numbers.append(stamp.read_number(luma_of(frame)))
            times.append(frame.time or 0.0)
    blocks: list[NDArray[np.float32]] = []
    heard_from = 0.0
    with av.open(str(path)) as film:
        for block in film.decode(audio=0) if film.streams.audio else ():
            if not blocks:
                heard_from = block.time or 0.0
            blocks.append(block.to_ndarray()[0])
    return Seen(
        numbers=numbers,
        times=times,
        samples=np.concatenate(blocks) if blocks else np.zeros(0, np.float32),
        heard_from=heard_from,
    )


def origin_of_sound(samples: NDArray[np.float32], guess_s: float, reach_s: float = 0.5) -> float:
    """Return where in the source a piece of its sound is from, in seconds."""
    first = round((guess_s - reach_s) * RATE)
    around = sound(first, len(samples) + round(2 * reach_s * RATE))
    size = 1 << (len(around) + len(samples)).bit_length()
    spectrum = np.fft.rfft(around, size) * np.conj(np.fft.rfft(samples, size))
    likeness = np.fft.irfft(spectrum, size)[: round(2 * reach_s * RATE)]
    return (first + int(np.argmax(likeness))) / RATE


def steps(times: list[float]) -> list[float]:
    """Return the distances between pictures."""
    return [later - earlier for earlier, later in itertools.pairwise(times)]
