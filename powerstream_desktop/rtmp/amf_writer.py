"""The growing payload under both AMF encoders; whatever AMF has no form for is our own bug and is said so."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager

from powerstream_desktop.rtmp.errors import LocalProtocolError
from powerstream_desktop.rtmp.limits import DEFAULT_LIMITS, MAX_U32


class AMFWriter:
    """Appends big-endian numbers and text, and refuses what does not fit its field."""

    __slots__ = ("_depth", "_out")

    def __init__(self) -> None:
        self._out = bytearray()
        self._depth = 0

    def to_bytes(self) -> bytes:
        """Everything written."""
        return bytes(self._out)

    @staticmethod
    def error(reason: str) -> LocalProtocolError:
        """The exception for a value that AMF cannot carry."""
        return LocalProtocolError("A message could not be written.", detail=f"AMF: {reason}")

    def raw(self, data: bytes) -> None:
        """Bytes as they are."""
        self._out += data

    def u8(self, number: int) -> None:
        """An unsigned byte."""
        self._out.append(number)

    def u16(self, number: int) -> None:
        """An unsigned 16-bit number."""
        if not 0 <= number <= 0xFFFF:
            raise self.error(f"{number} in 16 bits")
        self._out += number.to_bytes(2, "big")

    def s16(self, number: int) -> None:
        """A signed 16-bit number."""
        if not -0x8000 <= number <= 0x7FFF:
            raise self.error(f"{number} in 16 bits with a sign")
        self._out += number.to_bytes(2, "big", signed=True)

    def u32(self, number: int) -> None:
        """An unsigned 32-bit number."""
        if not 0 <= number <= MAX_U32:
            raise self.error(f"{number} in 32 bits")
        self._out += number.to_bytes(4, "big")

    def f64(self, number: float) -> None:
        """A double; an ``int`` is rounded to the nearest one."""
        try:
            self._out += struct.pack(">d", float(number))
        except OverflowError:
            raise self.error("a whole number beyond the doubles") from None

    def utf8(self, text: str) -> bytes:
        """The bytes of ``text``; they are returned, for their length goes first."""
        try:
            return text.encode()
        except UnicodeEncodeError:
            raise self.error("text with a lone surrogate") from None

    @contextmanager
    def level(self) -> Iterator[None]:
        """One level of nesting: a container that holds itself ends here instead of never."""
        if self._depth == DEFAULT_LIMITS.amf_depth:
            raise self.error(f"nested deeper than {DEFAULT_LIMITS.amf_depth} levels")
        self._depth += 1
        yield
        self._depth -= 1
