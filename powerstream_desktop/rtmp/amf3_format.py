"""The bytes of AMF3 that reading and writing share (rtmp.md 1.9)."""

from __future__ import annotations

from enum import IntEnum

MIN_INTEGER = -(1 << 28)
MAX_INTEGER = (1 << 28) - 1
U29_RANGE = 1 << 29

INLINE = 0b1
"""In a header: the value follows; without it the header is a reference."""
INLINE_TRAITS = 0b11
"""In an object's header: its shape follows too."""
DYNAMIC = 0b1000
"""In an object's header: more members follow the sealed ones."""


class Marker(IntEnum):
    """The byte before every value."""

    UNDEFINED = 0x00
    NULL = 0x01
    FALSE = 0x02
    TRUE = 0x03
    INTEGER = 0x04
    DOUBLE = 0x05
    STRING = 0x06
    XML_DOCUMENT = 0x07
    DATE = 0x08
    ARRAY = 0x09
    OBJECT = 0x0A
    XML = 0x0B
    BYTE_ARRAY = 0x0C
    VECTOR_INT = 0x0D
    VECTOR_UINT = 0x0E
    VECTOR_DOUBLE = 0x0F
    VECTOR_OBJECT = 0x10
    DICTIONARY = 0x11
