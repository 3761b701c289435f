"""The codecs by the names that people know, keyed as in ``TagInfo.codec``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

CODEC_NAMES: Final[Mapping[str, str]] = {
    "avc1": "H.264",
    "hvc1": "HEVC",
    "av01": "AV1",
    "vp09": "VP9",
    "vp08": "VP8",
    "vvc1": "VVC",
    "mp4a": "AAC",
    ".mp3": "MP3",
    "Opus": "Opus",
    "fLaC": "FLAC",
    "ac-3": "AC-3",
    "ec-3": "E-AC-3",
}


def codec_name(codec: str) -> str:
    """Return a codec's name, its identifier when it has none that people know."""
    return CODEC_NAMES.get(codec, codec)


def codec_names(codecs: Iterable[str]) -> str:
    """Return several as "AV1, H.264 and AAC": the pictures' before the sound's, each group in the order of ``CODEC_NAMES``."""
    known = list(CODEC_NAMES)
    names = [
        codec_name(codec)
        for codec in sorted(
            codecs, key=lambda codec: (known.index(codec) if codec in known else len(known), codec)
        )
    ]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
