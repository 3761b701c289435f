"""The cursor under both AMF decoders: it never reads past the end, and stops a peer that asks for too much.

References make small messages large: an array of 4000 references to one long string weighs nothing while it is shared
and gigabytes once somebody prints, compares or encodes it. So whatever a reference points to is charged again each time,
in values, bytes and levels, as if it had been sent in full: a decoded value never costs its consumer more than the limits.
"""

from __future__ import annotations

import struct
from typing import NamedTuple, TypeAlias

from powerstream_desktop.rtmp.amf_values import AMFValue
from powerstream_desktop.rtmp.errors import AMFError, LimitExceeded
from powerstream_desktop.rtmp.limits import Limits

Buffer: TypeAlias = bytes | memoryview

_U16 = struct.Struct(">H")
_S16 = struct.Struct(">h")
_U32 = struct.Struct(">I")
_S32 = struct.Struct(">i")
_F64 = struct.Struct(">d")


class Cost(NamedTuple):
    """What a value took of the account: values inside it, bytes, and levels of containers (0 for a string)."""

    values: int
    size: int
    height: int


class Mark(NamedTuple):
    """The account when a value began."""

    values: int
    size: int
    depth: int
    outer_peak: int


class AMFReader:
    """Reads one message's values and keeps the account of its limits.

    Args:
        buf: the payload; it must not change while values are read.
        pos: where to begin, 0..len(buf).
        limits: ``amf_depth``, ``amf_values`` and ``amf_members`` are kept, and references may repeat at most
            ``max_data_message`` bytes.
    """

    __slots__ = ("_buf", "_depth", "_end", "_limits", "_peak", "_repeated", "_values", "pos")

    def __init__(self, buf: Buffer, pos: int, limits: Limits) -> None:
        self._buf = buf
        self._end = len(buf)
        self._limits = limits
        self._values = 0
        self._repeated = 0
        self._depth = 0
        self._peak = 0  # the deepest level since the innermost open value began
        self.pos = pos

    @property
    def remaining(self) -> int:
        """Bytes not read yet."""
        return self._end - self.pos

    def error(self, reason: str) -> AMFError:
        """The exception for data that is not AMF; it tells the place, never the content."""
        return AMFError(
            "The other side sent data that cannot be read.",
            code="amf",
            detail=f"{reason}, at byte {self.pos}",
        )

    def take(self, size: int) -> Buffer:
        """The next ``size`` bytes."""
        start = self._advance(size)
        return self._buf[start : start + size]

    def peek(self, size: int) -> Buffer:
        """The next ``size`` bytes, or fewer at the end, without passing over them."""
        return self._buf[self.pos : self.pos + size]

    def skip_to_end(self) -> None:
        """Passes over the rest of the payload."""
        self.pos = self._end

    def text(self, size: int) -> str:
        """The next ``size`` bytes as UTF-8; what is not UTF-8 becomes U+FFFD, because encoders do send such."""
        return str(self.take(size), "utf-8", "replace")

    def u8(self) -> int:
        """An unsigned byte."""
        return self._buf[self._advance(1)]

    def u16(self) -> int:
        """An unsigned 16-bit number."""
        number: int = _U16.unpack_from(self._buf, self._advance(2))[0]
        return number

    def s16(self) -> int:
        """A signed 16-bit number."""
        number: int = _S16.unpack_from(self._buf, self._advance(2))[0]
        return number

    def u32(self) -> int:
        """An unsigned 32-bit number."""
        number: int = _U32.unpack_from(self._buf, self._advance(4))[0]
        return number

    def s32(self) -> int:
        """A signed 32-bit number."""
        number: int = _S32.unpack_from(self._buf, self._advance(4))[0]
        return number

    def f64(self) -> float:
        """A double; NaN and infinity come through as they are."""
        number: float = _F64.unpack_from(self._buf, self._advance(8))[0]
        return number

    def expect(self, count: int, *, bytes_each: int) -> None:
        """Refuses an announced number of values that the rest of the message cannot hold (NMS#65, NMS#88, NMS#127)."""
        if count * bytes_each > self.remaining:
            raise self.error(f"{count} items announced and {self.remaining} bytes left")
        self._check(self._values + count, self._limits.amf_values, "values")

    def count_value(self) -> None:
        """Charges one value."""
        self._values += 1
        self._check(self._values, self._limits.amf_values, "values")

    def check_members(self, count: int) -> None:
        """Refuses an object or array of more than ``amf_members`` properties."""
        self._check(count, self._limits.amf_members, "members")

    def begin(self, levels: int) -> Mark:
        """Goes down ``levels`` (1 for a container, 0 for a leaf); ``end`` comes back up and tells what lay between."""
        mark = Mark(self._values, self.pos + self._repeated, self._depth, self._peak)
        self._depth += levels
        self._check(self._depth, self._limits.amf_depth, "levels")
        self._peak = self._depth
        return mark

    def end(self, mark: Mark) -> Cost:
        """Ends the value that ``begin`` began."""
        height = self._peak - mark.depth
        self._depth = mark.depth
        self._peak = max(self._peak, mark.outer_peak)
        return Cost(self._values - mark.values, self.pos + self._repeated - mark.size, height)

    def charge(self, cost: Cost) -> None:
        """Charges a value once more, because a reference repeats it here."""
        self._values += cost.values
        self._repeated += cost.size
        self._peak = max(self._peak, self._depth + cost.height)
        self._check(self._values, self._limits.amf_values, "values")
        self._check(self._repeated, self._limits.max_data_message, "bytes repeated by references")
        self._check(self._depth + cost.height, self._limits.amf_depth, "levels")

    def _advance(self, size: int) -> int:
        start = self.pos
        if size > self._end - start:
            raise self.error("the payload ends inside a value")
        self.pos = start + size
        return start

    def _check(self, number: int, limit: int, what: str) -> None:
        if number > limit:
            raise LimitExceeded(
                "The other side sent data that is too large or too deeply nested.",
                code="amf-limit",
                detail=f"{number} {what}, the limit is {limit}, at byte {self.pos}",
            )


class ReferenceTable:
    """The complex values of a message by number, for the references to them.

    A value takes its number when it begins. A reference into a value that has not ended would make a cycle; no encoder
    needs one, and it reads as ``None``, like a number never given (rtmp.md 1.8, reliability_security.md 6.2).
    """

    __slots__ = ("_reader", "_values")

    def __init__(self, reader: AMFReader) -> None:
        self._reader = reader
        self._values: list[tuple[AMFValue, Cost] | None] = []

    def begin(self, levels: int = 1) -> tuple[int, Mark]:
        """Numbers a value that begins here: a container, or with ``levels=0`` a leaf."""
        self._values.append(None)
        return len(self._values) - 1, self._reader.begin(levels)

    def end(self, begun: tuple[int, Mark], value: AMFValue) -> None:
        """From here on the value that ``begin`` numbered can be referred to."""
        number, mark = begun
        self._values[number] = (value, self._reader.end(mark))

    def resolve(self, number: int) -> AMFValue:
        """The value a reference means."""
        entry = self._values[number] if number < len(self._values) else None
        if entry is None:
            return None
        value, cost = entry
        self._reader.charge(cost)
        return value
