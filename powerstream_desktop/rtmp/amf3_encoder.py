"""AMF3 in the writing direction: every value in full, references never (rtmp.md 1.9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from powerstream_desktop.rtmp.amf3_format import (
    DYNAMIC,
    INLINE,
    INLINE_TRAITS,
    MAX_INTEGER,
    MIN_INTEGER,
    U29_RANGE,
    Marker,
)
from powerstream_desktop.rtmp.amf_values import (
    AMFDate,
    AMFDictionary,
    AMFValue,
    ECMAArray,
    TypedObject,
    Undefined,
    XMLDocument,
)
from powerstream_desktop.rtmp.amf_writer import AMFWriter


def encode(value: AMFValue) -> bytes:
    """Encodes one value, marker included, without references. What ``decode`` gave comes back equal.

    Raises:
        LocalProtocolError: a value AMF3 has no form for: another type, an empty name in an ``ECMAArray``, text with a
            lone surrogate, 256 MiB and more, more than 16 levels.
    """
    writer = AMFWriter()
    encode_to(writer, value)
    return writer.to_bytes()


def encode_to(writer: AMFWriter, value: AMFValue) -> None:
    """Encodes one value, marker included, into a message that is being written."""
    match value:
        case None:
            writer.u8(Marker.NULL)
        case Undefined():
            writer.u8(Marker.UNDEFINED)
        case bool():
            writer.u8(Marker.TRUE if value else Marker.FALSE)
        case int() if MIN_INTEGER <= value <= MAX_INTEGER:
            writer.u8(Marker.INTEGER)
            _write_u29(writer, value % U29_RANGE)
        case int() | float():
            writer.u8(Marker.DOUBLE)
            writer.f64(value)
        case XMLDocument():
            writer.u8(Marker.XML)
            _write_sized(writer, writer.utf8(value))
        case str():
            writer.u8(Marker.STRING)
            _write_sized(writer, writer.utf8(value))
        case bytes():
            writer.u8(Marker.BYTE_ARRAY)
            _write_sized(writer, value)
        case AMFDate():
            writer.raw(bytes([Marker.DATE, INLINE]))
            writer.f64(value.ms)
        case AMFDictionary() | list() | tuple() | dict():
            with writer.level():
                _write_container(writer, value)
        case _:
            raise writer.error(f"no form for a {type(value).__name__}")


def _write_container(writer: AMFWriter, value: Sequence[AMFValue] | Mapping[str, AMFValue]) -> None:
    match value:
        case ECMAArray():
            writer.raw(bytes([Marker.ARRAY, INLINE]))
            _write_named(writer, value)
        case dict():
            _write_object(writer, value)
        case AMFDictionary():
            _write_header(writer, Marker.DICTIONARY, len(value))
            writer.u8(0)
            for key, item in value:
                encode_to(writer, key)
                encode_to(writer, item)
        case list() | tuple():
            _write_header(writer, Marker.ARRAY, len(value))
            _write_named(writer, {})
            for item in value:
                encode_to(writer, item)


def _write_object(writer: AMFWriter, members: dict[str, AMFValue]) -> None:
    sealed = [name for name in members if not name]  # an empty name would end the dynamic members
    writer.u8(Marker.OBJECT)
    _write_u29(writer, len(sealed) << 4 | DYNAMIC | INLINE_TRAITS)
    _write_sized(writer, writer.utf8(members.class_name if isinstance(members, TypedObject) else ""))
    for name in sealed:
        _write_sized(writer, writer.utf8(name))
    for name in sealed:
        encode_to(writer, members[name])
    _write_named(writer, {name: value for name, value in members.items() if name})


def _write_named(writer: AMFWriter, members: Mapping[str, AMFValue]) -> None:
    for name, value in members.items():
        if not name:
            raise writer.error("an empty name in an AMF3 array")
        _write_sized(writer, writer.utf8(name))
        encode_to(writer, value)
    _write_sized(writer, b"")


def _write_header(writer: AMFWriter, marker: Marker, count: int) -> None:
    writer.u8(marker)
    _write_u29(writer, count << 1 | INLINE)


def _write_sized(writer: AMFWriter, data: bytes) -> None:
    _write_u29(writer, len(data) << 1 | INLINE)
    writer.raw(data)


def _write_u29(writer: AMFWriter, number: int) -> None:
    if number >= U29_RANGE:
        raise writer.error(f"{number} in 29 bits")
    if number < 0x200000:
        groups = [number >> 14, number >> 7 & 0x7F, number & 0x7F]
        while len(groups) > 1 and not groups[0]:
            del groups[0]
        last = groups.pop()
    else:
        groups = [number >> 22, number >> 15 & 0x7F, number >> 8 & 0x7F]
        last = number & 0xFF
    writer.raw(bytes([*(group | 0x80 for group in groups), last]))
