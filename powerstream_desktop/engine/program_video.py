"""What a user chooses of the program's pictures, and the encodes that follow from it: landscape and portrait belong together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.engine.video_settings import Codec, EncoderChoice, Latency, VideoSettings

PORTRAIT_MOST_KBPS: Final[Mapping[str, int]] = {"720x1280": 4500, "1080x1920": 6000}
"""The sizes of the portrait, the usual one first, and the most that platforms take of each."""
USUAL_PORTRAIT: Final = next(iter(PORTRAIT_MOST_KBPS))


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramVideo:
    """The encodes of one program.

    Attributes:
        landscape: its size is that of the canvas.
        portrait: has the same frames, latency, codec and encoder.
    """

    landscape: VideoSettings
    portrait: VideoSettings


def program_video(
    *,
    size: str = "1280x720",
    portrait_size: str = USUAL_PORTRAIT,
    fps: int = 30,
    bitrate_kbps: int = 4500,
    latency: Latency = Latency.NORMAL,
    codec: Codec = Codec.H264,
    encoder: EncoderChoice = EncoderChoice.AUTO,
) -> ProgramVideo:
    """Return the encodes that somebody wishes for.

    Args:
        size: of the landscape, such as "1280x720".
        portrait_size: one of ``PORTRAIT_MOST_KBPS``.
        fps: of both.
        bitrate_kbps: of the landscape; the portrait gets no more than suits its size.
        latency: of both.
        codec: of both.
        encoder: of both.

    Raises:
        UserError: a wish that cannot be fulfilled; one sentence.
    """
    width, height = parse_size(size)
    tall_width, tall_height = parse_size(portrait_size)
    landscape = VideoSettings(
        width=width,
        height=height,
        fps=fps,
        bitrate_kbps=bitrate_kbps,
        latency=latency,
        codec=codec,
        encoder=encoder,
    )
    portrait = VideoSettings(
        width=tall_width,
        height=tall_height,
        fps=fps,
        bitrate_kbps=min(bitrate_kbps, PORTRAIT_MOST_KBPS[portrait_size]),
        latency=latency,
        codec=codec,
        encoder=encoder,
    )
    return ProgramVideo(landscape=landscape, portrait=portrait)


def parse_size(value: str) -> tuple[int, int]:
    """Return width and height of ``WIDTHxHEIGHT``; whether they can be encoded is not checked.

    Raises:
        UserError: it is something else.
    """
    match = re.fullmatch(r"([0-9]{1,5})x([0-9]{1,5})", value)
    if match is None:
        raise UserError(f"{value!r} is not a size.", hint="It should look like 1280x720.")
    return int(match[1]), int(match[2])
