"""AMF3, as far as RTMP meets it: the one value behind AMF0's marker 11, and Flash's messages (rtmp.md 1.9).

Three tables serve references: strings, objects (dates, arrays, byte arrays, vectors too) and traits, the shapes of
objects. All three begin empty with every value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from powerstream_desktop.rtmp.amf3_encoder import encode, encode_to
from powerstream_desktop.rtmp.amf3_format import (
    DYNAMIC,
    INLINE,
    INLINE_TRAITS,
    MAX_INTEGER,
    U29_RANGE,
    Marker,
)
from powerstream_desktop.rtmp.amf_reader import AMFReader, Buffer, Cost, ReferenceTable
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
from powerstream_desktop.rtmp.limits import DEFAULT_LIMITS, Limits

__all__ = ["decode", "decode_from", "encode", "encode_to"]

_INLINE_EXTERNALIZABLE = 0b111
_ARRAY_COLLECTION = "flex.messaging.io.ArrayCollection"


def decode(buf: Buffer, pos: int = 0, limits: Limits = DEFAULT_LIMITS) -> tuple[AMFValue, int]:
    """Decodes the value whose AMF3 marker stands at ``pos``; its tables end with it.

    Returns:
        The value and the position after it. Vectors come as ``list``, byte arrays as ``bytes``, a Dictionary as
        ``AMFDictionary``, an array with names as ``ECMAArray``, whose unnamed items are named "0", "1", …

    Raises:
        AMFError: there is no whole value, or one of an unknown kind or class.
        LimitExceeded: the value is larger than ``limits`` allow.
    """
    reader = AMFReader(buf, pos, limits)
    return decode_from(reader), reader.pos


def decode_from(reader: AMFReader) -> AMFValue:
    """Decodes the next value of a message that is being read, on that message's account."""
    return _Decoder(reader).value()


class _Traits(NamedTuple):
    """The shape of an object: its class, the names of its fixed members, whether more follow."""

    class_name: str
    sealed: tuple[str, ...]
    dynamic: bool
    cost: Cost


class _Decoder:
    """One value and the three tables its references look into."""

    __slots__ = ("_objects", "_reader", "_strings", "_traits")

    def __init__(self, reader: AMFReader) -> None:
        self._reader = reader
        self._strings: list[tuple[str, Cost]] = []
        self._objects = ReferenceTable(reader)
        self._traits: list[_Traits] = []

    def value(self) -> AMFValue:
        """The next value of any kind."""
        self._reader.count_value()
        marker = self._reader.u8()
        read = _READERS.get(marker)
        if read is None:
            raise self._reader.error(f"AMF3 marker {marker:#04x}")
        return read(self)

    def undefined(self) -> Undefined:
        return UNDEFINED

    def null(self) -> None:
        return None

    def false(self) -> bool:
        return False

    def true(self) -> bool:
        return True

    def integer(self) -> int:
        number = self._u29()
        return number if number <= MAX_INTEGER else number - U29_RANGE

    def double(self) -> float:
        return self._reader.f64()

    def string(self) -> str:
        header = self._u29()
        if not header & INLINE:
            return self._repeated_string(header >> 1)
        size = header >> 1
        text = self._reader.text(size)
        if size:  # the empty string never gets a number
            self._strings.append((text, Cost(0, size, 0)))
        return text

    def xml(self) -> AMFValue:
        return self._complex(lambda header: XMLDocument(self._reader.text(header >> 1)), levels=0)

    def byte_array(self) -> AMFValue:
        return self._complex(lambda header: bytes(self._reader.take(header >> 1)), levels=0)

    def date(self) -> AMFValue:
        return self._complex(lambda _: AMFDate(self._reader.f64()), levels=0)

    def array(self) -> AMFValue:
        return self._complex(lambda header: self._array_items(header >> 1))

    def object(self) -> AMFValue:
        return self._complex(self._object_members)

    def vector_int(self) -> AMFValue:
        return self._complex(lambda header: self._vector(header >> 1, 4, self._reader.s32))

    def vector_uint(self) -> AMFValue:
        return self._complex(lambda header: self._vector(header >> 1, 4, self._reader.u32))

    def vector_double(self) -> AMFValue:
        return self._complex(lambda header: self._vector(header >> 1, 8, self._reader.f64))

    def vector_object(self) -> AMFValue:
        return self._complex(lambda header: self._object_vector(header >> 1))

    def dictionary(self) -> AMFValue:
        return self._complex(lambda header: self._dictionary_pairs(header >> 1))

    def _u29(self) -> int:
        number = 0
        for _ in range(3):
            byte = self._reader.u8()
            number = number << 7 | byte & 0x7F
            if byte < 0x80:
                return number
        return number << 8 | self._reader.u8()

    def _repeated_string(self, number: int) -> str:
        if number >= len(self._strings):
            raise self._reader.error(f"string reference {number} of {len(self._strings)}")
        text, cost = self._strings[number]
        self._reader.charge(cost)
        return text

    def _complex(self, read: Callable[[int], AMFValue], *, levels: int = 1) -> AMFValue:
        header = self._u29()
        if not header & INLINE:
            return self._objects.resolve(header >> 1)
        begun = self._objects.begin(levels)
        value = read(header)
        self._objects.end(begun, value)
        return value

    def _array_items(self, count: int) -> AMFValue:
        named = ECMAArray()
        self._read_named(named)
        self._reader.expect(count, bytes_each=1)
        if not named:
            return [self.value() for _ in range(count)]
        self._reader.check_members(len(named) + count)
        for index in range(count):
            named[str(index)] = self.value()
        return named

    def _dictionary_pairs(self, count: int) -> AMFDictionary:
        self._reader.u8()  # whether Flash held the keys weakly
        self._reader.expect(2 * count, bytes_each=1)
        return AMFDictionary((self.value(), self.value()) for _ in range(count))

    def _vector(self, count: int, bytes_each: int, read: Callable[[], float]) -> list[AMFValue]:
        self._reader.u8()  # whether Flash fixed the length
        self._reader.expect(count, bytes_each=bytes_each)
        items: list[AMFValue] = []
        for _ in range(count):
            self._reader.count_value()
            items.append(read())
        return items

    def _object_vector(self, count: int) -> list[AMFValue]:
        self._reader.u8()  # whether Flash fixed the length
        self.string()  # the items' class, which each of them tells again
        self._reader.expect(count, bytes_each=1)
        return [self.value() for _ in range(count)]

    def _shape(self, header: int) -> _Traits:
        if header & INLINE_TRAITS == INLINE:
            return self._repeated_traits(header >> 2)
        count = header >> 4
        self._reader.expect(count, bytes_each=2)  # a name and a value
        self._reader.check_members(count)
        mark = self._reader.begin(levels=0)
        class_name = self.string()
        sealed = tuple(self.string() for _ in range(count))
        traits = _Traits(class_name, sealed, bool(header & DYNAMIC), self._reader.end(mark))
        self._traits.append(traits)
        return traits

    def _repeated_traits(self, number: int) -> _Traits:
        if number >= len(self._traits):
            raise self._reader.error(f"traits reference {number} of {len(self._traits)}")
        traits = self._traits[number]
        self._reader.charge(traits.cost)
        return traits

    def _object_members(self, header: int) -> AMFValue:
        if header & _INLINE_EXTERNALIZABLE == _INLINE_EXTERNALIZABLE:
            return self._external()
        traits = self._shape(header)
        members: dict[str, AMFValue] = TypedObject(traits.class_name) if traits.class_name else {}
        for name in traits.sealed:
            members[name] = self.value()
        if traits.dynamic:
            self._read_named(members)
        return members

    def _read_named(self, members: dict[str, AMFValue]) -> None:
        while name := self.string():
            members[name] = self.value()
            self._reader.check_members(len(members))

    def _external(self) -> AMFValue:
        class_name = self.string()
        if class_name != _ARRAY_COLLECTION:
            raise self._reader.error("an externalizable class of unknown form")
        return self.value()


_READERS: Final[Mapping[int, Callable[[_Decoder], AMFValue]]] = {
    Marker.UNDEFINED: _Decoder.undefined,
    Marker.NULL: _Decoder.null,
    Marker.FALSE: _Decoder.false,
    Marker.TRUE: _Decoder.true,
    Marker.INTEGER: _Decoder.integer,
    Marker.DOUBLE: _Decoder.double,
    Marker.STRING: _Decoder.string,
    Marker.XML_DOCUMENT: _Decoder.xml,
    Marker.DATE: _Decoder.date,
    Marker.ARRAY: _Decoder.array,
    Marker.OBJECT: _Decoder.object,
    Marker.XML: _Decoder.xml,
    Marker.BYTE_ARRAY: _Decoder.byte_array,
    Marker.VECTOR_INT: _Decoder.vector_int,
    Marker.VECTOR_UINT: _Decoder.vector_uint,
    Marker.VECTOR_DOUBLE: _Decoder.vector_double,
    Marker.VECTOR_OBJECT: _Decoder.vector_object,
    Marker.DICTIONARY: _Decoder.dictionary,
}
