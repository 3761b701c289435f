"""AMF0, the language of RTMP commands and metadata (rtmp.md 1.8).

Decoding is lenient where real encoders are careless: the count of an ECMA array is only a hint (obs#1246), an object may
lack its end at the end of the payload, text may not be UTF-8, an undefined reference is null. It is strict about
everything a hostile peer could use: counts, depth, sizes. The end of an object is never searched for (AzureRTMPIngest#5).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import Final, TypeVar

from powerstream_desktop.rtmp import amf3
from powerstream_desktop.rtmp.amf_reader import AMFReader, Buffer, ReferenceTable
from powerstream_desktop.rtmp.amf_values import (
    UNDEFINED,
    AMFDate,
    AMFDictionary,
    AMFValue,
    ECMAArray,
    TypedObject,
    Undefined,
    XMLDocument,
)
from powerstream_desktop.rtmp.amf_writer import AMFWriter
from powerstream_desktop.rtmp.limits import DEFAULT_LIMITS, Limits

_MAX_STRING_SIZE = 0xFFFF
_SMALLEST_MEMBER_SIZE = 3  # an empty name and a marker; the end marker is as long


class Marker(IntEnum):
    """The byte before every value. The reserved ones (04, 0D, 0E) are not decoded."""

    NUMBER = 0x00
    BOOLEAN = 0x01
    STRING = 0x02
    OBJECT = 0x03
    NULL = 0x05
    UNDEFINED = 0x06
    REFERENCE = 0x07
    ECMA_ARRAY = 0x08
    OBJECT_END = 0x09
    STRICT_ARRAY = 0x0A
    DATE = 0x0B
    LONG_STRING = 0x0C
    XML_DOCUMENT = 0x0F
    TYPED_OBJECT = 0x10
    AMF3_VALUE = 0x11


_OBJECT_END: Final = bytes([0, 0, Marker.OBJECT_END])


def decode(buf: Buffer, pos: int = 0, limits: Limits = DEFAULT_LIMITS) -> tuple[AMFValue, int]:
    """Decodes the value that begins at ``pos``.

    Args:
        buf: a message payload.
        pos: 0..len(buf).
        limits: depth, values and members are counted for this value alone.

    Returns:
        The value and the position after it.

    Raises:
        AMFError: there is no whole value, or one of an unknown kind.
        LimitExceeded: the value is larger than ``limits`` allow.
    """
    reader = AMFReader(buf, pos, limits)
    value = _Decoder(reader).value()
    return value, reader.pos


def decode_all(buf: Buffer, limits: Limits = DEFAULT_LIMITS) -> list[AMFValue]:
    """Decodes a whole payload; references and ``limits`` span all of its values.

    Raises:
        AMFError: the payload ends inside a value, or holds one of an unknown kind.
        LimitExceeded: the payload holds more than ``limits`` allow.
    """
    reader = AMFReader(buf, 0, limits)
    decoder = _Decoder(reader)
    values: list[AMFValue] = []
    while reader.remaining:
        values.append(decoder.value())
    return values


def encode(*values: AMFValue) -> bytes:
    """Encodes values one after another, as a command or data message wants them.

    ``dict`` becomes an object, ``ECMAArray`` an ECMA array, ``list`` and ``tuple`` a strict array; what only AMF3 knows
    (``bytes``, ``AMFDictionary``) goes behind the AMF3 marker. References are never written.

    Raises:
        LocalProtocolError: a value AMF0 has no form for: another type, a name above 65535 bytes, text with a lone
            surrogate, a number beyond a double, more than 16 levels.
    """
    writer = AMFWriter()
    for value in values:
        _write(writer, value)
    return writer.to_bytes()


_Members = TypeVar("_Members", bound=dict[str, AMFValue])


class _Decoder:
    """One message's values and the table its references look into."""

    __slots__ = ("_objects", "_reader")

    def __init__(self, reader: AMFReader) -> None:
        self._reader = reader
        self._objects = ReferenceTable(reader)

    def value(self) -> AMFValue:
        """The next value of any kind."""
        self._reader.count_value()
        marker = self._reader.u8()
        read = _READERS.get(marker)
        if read is None:
            raise self._reader.error(f"AMF0 marker {marker:#04x}")
        return read(self)

    def number(self) -> float:
        return self._reader.f64()

    def boolean(self) -> bool:
        return self._reader.u8() != 0

    def string(self) -> str:
        return self._reader.text(self._reader.u16())

    def long_string(self) -> str:
        return self._reader.text(self._reader.u32())

    def null(self) -> None:
        return None

    def undefined(self) -> Undefined:
        return UNDEFINED

    def reference(self) -> AMFValue:
        return self._objects.resolve(self._reader.u16())

    def date(self) -> AMFDate:
        return AMFDate(self._reader.f64(), self._reader.s16())

    def xml_document(self) -> XMLDocument:
        return XMLDocument(self.long_string())

    def amf3(self) -> AMFValue:
        return amf3.decode_from(self._reader)

    def object(self) -> dict[str, AMFValue]:
        return self._members({})

    def ecma_array(self) -> ECMAArray:
        self._reader.u32()  # the count; encoders write 0, too few and too many
        return self._members(ECMAArray())

    def typed_object(self) -> TypedObject:
        return self._members(TypedObject(self.string()))

    def strict_array(self) -> list[AMFValue]:
        begun = self._objects.begin()
        count = self._reader.u32()
        self._reader.expect(count, bytes_each=1)
        items = [self.value() for _ in range(count)]
        self._objects.end(begun, items)
        return items

    def _members(self, members: _Members) -> _Members:
        reader = self._reader
        begun = self._objects.begin()
        count = 0
        while not self._at_object_end():
            count += 1
            reader.check_members(count)
            name = self.string()
            members[name] = self.value()
        self._objects.end(begun, members)
        return members

    def _at_object_end(self) -> bool:
        reader = self._reader
        if reader.remaining < _SMALLEST_MEMBER_SIZE:
            reader.skip_to_end()  # neither a member nor the end fits: the end was cut off, what came counts
            return True
        if reader.peek(_SMALLEST_MEMBER_SIZE) == _OBJECT_END:
            reader.take(_SMALLEST_MEMBER_SIZE)
            return True
        return False


_READERS: Final[Mapping[int, Callable[[_Decoder], AMFValue]]] = {
    Marker.NUMBER: _Decoder.number,
    Marker.BOOLEAN: _Decoder.boolean,
    Marker.STRING: _Decoder.string,
    Marker.OBJECT: _Decoder.object,
    Marker.NULL: _Decoder.null,
    Marker.UNDEFINED: _Decoder.undefined,
    Marker.REFERENCE: _Decoder.reference,
    Marker.ECMA_ARRAY: _Decoder.ecma_array,
    Marker.STRICT_ARRAY: _Decoder.strict_array,
    Marker.DATE: _Decoder.date,
    Marker.LONG_STRING: _Decoder.long_string,
    Marker.XML_DOCUMENT: _Decoder.xml_document,
    Marker.TYPED_OBJECT: _Decoder.typed_object,
    Marker.AMF3_VALUE: _Decoder.amf3,
}


def _write(writer: AMFWriter, value: AMFValue) -> None:
    match value:
        case None:
            writer.u8(Marker.NULL)
        case Undefined():
            writer.u8(Marker.UNDEFINED)
        case bool():
            writer.raw(bytes([Marker.BOOLEAN, value]))
        case int() | float():
            writer.u8(Marker.NUMBER)
            writer.f64(value)
        case str():
            _write_text(writer, value)
        case AMFDate():
            writer.u8(Marker.DATE)
            writer.f64(value.ms)
            writer.s16(value.timezone)
        case bytes() | AMFDictionary():
            writer.u8(Marker.AMF3_VALUE)
            amf3.encode_to(writer, value)
        case dict():
            _write_members(writer, value)
        case list() | tuple():
            writer.u8(Marker.STRICT_ARRAY)
            writer.u32(len(value))
            with writer.level():
                for item in value:
                    _write(writer, item)
        case _:
            raise writer.error(f"no form for a {type(value).__name__}")


def _write_text(writer: AMFWriter, text: str) -> None:
    data = writer.utf8(text)
    if isinstance(text, XMLDocument):
        writer.u8(Marker.XML_DOCUMENT)
        writer.u32(len(data))
    elif len(data) > _MAX_STRING_SIZE:
        writer.u8(Marker.LONG_STRING)
        writer.u32(len(data))
    else:
        writer.u8(Marker.STRING)
        writer.u16(len(data))
    writer.raw(data)


def _write_members(writer: AMFWriter, members: dict[str, AMFValue]) -> None:
    match members:
        case ECMAArray():
            writer.u8(Marker.ECMA_ARRAY)
            writer.u32(len(members))
        case TypedObject():
            writer.u8(Marker.TYPED_OBJECT)
            _write_name(writer, members.class_name)
        case _:
            writer.u8(Marker.OBJECT)
    with writer.level():
        for name, value in members.items():
            _write_name(writer, name)
            _write(writer, value)
    writer.raw(_OBJECT_END)


def _write_name(writer: AMFWriter, name: str) -> None:
    data = writer.utf8(name)
    writer.u16(len(data))
    writer.raw(data)
