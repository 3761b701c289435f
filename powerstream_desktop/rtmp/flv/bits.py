"""Reading codec settings bit by bit: what the parsers of AAC, H.264, HEVC and AV1 settings have in common."""

from __future__ import annotations

from typing import Final

from powerstream_desktop.rtmp.errors import ProtocolError

MAX_BYTES: Final = 1024
"""Of settings looked at; the longest real ones, with scaling lists and timing, have a few hundred bytes."""
_MAX_EXP_GOLOMB_ZEROS: Final = 32


class CodecConfigError(ProtocolError):
    """The bytes are not the decoder configuration that they claim to be."""

    def __init__(self, detail: str) -> None:
        super().__init__("The stream's codec settings cannot be read.", code="codec-config", detail=detail)


class BitReader:
    """Bits, most significant first. Whoever reads beyond the end gets a ``CodecConfigError``.

    Args:
        data: the settings; what lies behind the first ``MAX_BYTES`` is not there.
    """

    def __init__(self, data: bytes) -> None:
        head = data[:MAX_BYTES]
        self._value = int.from_bytes(head, "big")
        self.remaining = len(head) * 8

    def read(self, count: int) -> int:
        """Return the next ``count`` bits as a number."""
        if count > self.remaining:
            raise CodecConfigError("codec settings end too early")
        self.remaining -= count
        return self._value >> self.remaining & (1 << count) - 1

    def flag(self) -> bool:
        """Return the next bit."""
        return self.read(1) == 1

    def exp_golomb(self) -> int:
        """Return the next ue(v) of H.264 and HEVC, which is AV1's uvlc() as well."""
        zeros = 0
        while not self.flag():
            zeros += 1
            if zeros > _MAX_EXP_GOLOMB_ZEROS:
                raise CodecConfigError("an Exp-Golomb number of more than 32 bits")
        return (1 << zeros) - 1 + self.read(zeros)

    def signed_exp_golomb(self) -> int:
        """Return the next se(v) of H.264 and HEVC."""
        code = self.exp_golomb()
        return (code + 1) // 2 if code % 2 else -(code // 2)


def without_emulation_prevention(nal: bytes) -> bytes:
    """Return a NAL unit of H.264 or HEVC without the bytes that keep start codes out of it."""
    return nal.replace(b"\0\0\3", b"\0\0")
