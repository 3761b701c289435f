"""Decoder configurations: parsed, or refused by our own error.

``python -m tests.fuzz.flv_config`` writes the seeds anew.
"""

from __future__ import annotations

import contextlib

from powerstream_desktop.rtmp.flv.bits import CodecConfigError
from powerstream_desktop.rtmp.flv.config import (
    AudioSpecificConfig,
    AVCConfig,
    HEVCConfig,
    OpusHead,
)
from tests.fuzz.harness import CORPUS

SEEDS = {
    "avc": "0142c01effe100096742c01eda0280bfe501000468ce3c80",
    "avc-high": "0164000bffe100176764000bacd9428da10000030001000003003c0f14299601000668ebe3cb22c0fdf8f800",
    "avc-empty-lists": "0142c01effe000",
    "avc-cut": "0142c01effe10009",
    "avc-many-sets": "0142c01effff" + "0000" * 31 + "ff" + "0000" * 255,
    "hevc": "0101600000009000000000001ef000fcfdf8f800000f03200001001840010c01ffff0160000003009000000300000300"
    "1e959809210001002842010101600000030090000003000003001ea014206165959a4932b9a020000003002000000303"
    "c122000100074401c172b46240",
    "hevc-no-arrays": "0101600000009000000000001ef000fcfdf8f800000f00",
    "hevc-many-arrays": "0101600000009000000000001ef000fcfdf8f800000fff" + "200000" * 255,
    "hevc-count": "0101600000009000000000001ef000fcfdf8f800000f0120ffff0000",
    "aac-44100": "1210",
    "aac-48000": "1190",
    "aac-appendix": "121056e500",
    "aac-sbr": "131056e598",
    "aac-ps": "130856e59d4880",
    "aac-explicit-sbr": "2b118800",
    "aac-explicit-ps": "eb098800",
    "aac-explicit-rate": "17800bb80100",
    "aac-escape": "f8466400",
    "aac-reserved-rate": "1690",
    "opus": "4f707573486561640102380180bb0000000000",
    "opus-mapping": "4f707573486561640106000044ac000000ff010402000401020305",
    "opus-version": "4f707573486561641102380180bb0000000000",
    "empty": "",
}


def fuzz_one(data: bytes) -> None:
    """Read ``data`` as every kind of configuration."""
    with contextlib.suppress(CodecConfigError):
        avc = AVCConfig.parse(data)
        assert sum(map(len, (*avc.sps, *avc.pps))) < len(data)
    with contextlib.suppress(CodecConfigError):
        hevc = HEVCConfig.parse(data)
        assert sum(map(len, (*hevc.vps, *hevc.sps, *hevc.pps))) < len(data)
    with contextlib.suppress(CodecConfigError):
        aac = AudioSpecificConfig.parse(data)
        assert aac.sample_rate > 0
        assert aac.channels >= 0
    with contextlib.suppress(CodecConfigError):
        opus = OpusHead.parse(data)
        assert OpusHead.parse(opus.build()) == opus


def parse(data: bytes) -> list[object]:
    """Every kind of configuration that it is."""
    found: list[object] = []
    for kind in (AVCConfig, HEVCConfig, AudioSpecificConfig, OpusHead):
        with contextlib.suppress(CodecConfigError):
            found.append(kind.parse(data))
    return found


def write_seeds() -> None:
    """Writes the seeds to the corpus."""
    folder = CORPUS / "flv_config"
    folder.mkdir(parents=True, exist_ok=True)
    for name, digits in SEEDS.items():
        (folder / name).write_bytes(bytes.fromhex(digits))


if __name__ == "__main__":
    write_seeds()
