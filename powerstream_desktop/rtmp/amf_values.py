"""What AMF can say that plain Python cannot: the value types that AMF0 and AMF3 share (rtmp.md 1.8, 1.9).

Everything else maps to ``None``, ``bool``, ``int``, ``float``, ``str``, ``bytes``, ``list`` and ``dict``. Decoded values
are trees in effect: a value may hold the same object twice, never itself, so walking one always ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias


class Undefined(Enum):
    """ActionScript's ``undefined``: some encoders send it where the protocol says null (rtmp.md 1.10)."""

    UNDEFINED = "undefined"

    def __bool__(self) -> bool:
        return False


UNDEFINED: Final = Undefined.UNDEFINED


class XMLDocument(str):
    """An XML document as text; never parsed."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class AMFDate:
    """A point in time: milliseconds since 1970 UTC, and a zone in minutes that writers should leave 0 (-32768..32767)."""

    ms: float
    timezone: int = 0


AMFValue: TypeAlias = "Undefined | bool | int | float | str | bytes | AMFDate | Sequence[AMFValue] | Mapping[str, AMFValue] | None"
"""Any value. Decoding makes ``list`` and ``dict`` (or the kinds of them below) where this says Sequence and Mapping."""


class ECMAArray(dict[str, AMFValue]):
    """An associative array (AMF0 marker 08): what everybody sends as ``onMetaData``."""

    __slots__ = ()


class TypedObject(dict[str, AMFValue]):
    """An object with the name of its class."""

    __slots__ = ("class_name",)

    def __init__(
        self, class_name: str, members: Mapping[str, AMFValue] | Iterable[tuple[str, AMFValue]] = ()
    ) -> None:
        super().__init__(members)
        self.class_name = class_name


class AMFDictionary(list[tuple[AMFValue, AMFValue]]):
    """An AMF3 Dictionary as pairs, because its keys may be values that Python cannot hash."""

    __slots__ = ()
