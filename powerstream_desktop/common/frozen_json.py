"""Frozen dataclasses as JSON and back, strictly: what is read is either exactly what its type says, or refused by name.

For what crosses a boundary: commands, reports, and what is kept on disk. Understood are dataclasses, tuples, frozen sets, enums
by their value, paths, secrets, moments, text, numbers, and unions: of one type with ``None``, or of dataclasses that name themselves by
a ``type`` of one literal. Nothing is converted but a whole number where any is allowed; a field is neither missed (unless it
has a default) nor left over. Ranges are the dataclasses' own affair: what their ``__post_init__`` raises passes through.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import math
import types
import typing
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, Union

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.common.secrets import Secret

MAX_NUMBER: Final = 2.0**53
"""Beyond it whole numbers are not exact in every JSON reader, and nothing here is counted so far."""

_Reader: TypeAlias = Callable[[Any, str], Any]
"""Makes a value of JSON, given where it stood."""


class MalformedError(ValueError):
    """This JSON is not what was asked for. Its text says where and why, and quotes no value: it could be a secret.

    Args:
        where: path of the value, such as ``config.sound.channels[2].name``; empty for the whole.
        why: what it should be.
    """

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where or 'it'} {why}")
        self.where = where
        self.why = why


def parse_json(text: bytes | str) -> Any:
    """Read JSON, without the extras that Python's reader takes.

    Raises:
        MalformedError: it is not UTF-8 or not JSON, says a name twice, holds NaN or Infinity, or is nested without end.
    """
    try:
        return json.loads(
            text.decode("utf-8") if isinstance(text, bytes) else text,
            parse_constant=_refuse_constant,
            object_pairs_hook=_without_repetition,
        )
    except MalformedError:
        raise
    except (ValueError, RecursionError):
        raise MalformedError("", "is not JSON") from None  # the reader's own words would quote the text


def from_json(kind: Any, value: Any, where: str = "") -> Any:
    """Make a value of a type from parsed JSON.

    Args:
        kind: what is wanted: a type, a union of types, or an alias of one.
        value: as ``parse_json`` gives it.
        where: what to call it in errors.

    Raises:
        MalformedError: it is something else.
        PowerStreamError: its parts are right, but its dataclass refuses them.
    """
    return _reader(kind)(value, where)


def to_json(value: Any, *, reveals_secrets: bool = False) -> Any:
    """Return what ``json.dumps`` takes and ``from_json`` reads.

    Args:
        value: of the kinds that the module names.
        reveals_secrets: secrets may leave; only for a pipe to a process of ours.

    Raises:
        BugError: it holds something else, or a secret that may not leave.
    """
    match value:
        case Enum():
            return value.value
        case None | bool() | int() | float() | str():
            return value
        case tuple():
            return [to_json(each, reveals_secrets=reveals_secrets) for each in value]
        case frozenset():
            return sorted(to_json(each, reveals_secrets=reveals_secrets) for each in value)
        case Path():
            return str(value)
        case datetime() if value.tzinfo is not None:
            return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        case Secret() if reveals_secrets:
            return value.reveal()
    if not dataclasses.is_dataclass(value):
        raise BugError(f"A {type(value).__name__} cannot be written as JSON here.")
    kind: Any = type(value)
    return {name: to_json(getattr(value, name), reveals_secrets=reveals_secrets) for name in _names(kind)}


def write_json(value: Any) -> str:
    """Return JSON in one line, in ASCII.

    Raises:
        BugError: it holds a number that JSON has not got.
    """
    try:
        return json.dumps(value, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    except ValueError as error:
        raise BugError("A number cannot be written as JSON.", detail=str(error)) from error


@functools.cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in dataclasses.fields(kind))


@functools.cache
def _reader(kind: Any) -> _Reader:
    """Return what reads a type."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in {Union, types.UnionType}:
        return _union_reader(arguments)
    if origin is Literal:
        return functools.partial(_read_literal, arguments)
    if origin is tuple and len(arguments) == 2 and arguments[1] is Ellipsis:
        return functools.partial(_read_row, _reader(arguments[0]))
    if origin is tuple:
        return functools.partial(_read_fixed, tuple(map(_reader, arguments)))
    if origin is frozenset:
        return functools.partial(_read_set, _reader(arguments[0]))
    if kind in _PLAIN:
        return _PLAIN[kind]
    if dataclasses.is_dataclass(kind):
        return functools.partial(_read_dataclass, kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return functools.partial(_read_enum, kind)
    raise BugError(f"No value of the type {kind} is read from JSON here.")


def _union_reader(members: tuple[Any, ...]) -> _Reader:
    others = tuple(member for member in members if member is not types.NoneType)
    read_others = _reader(others[0]) if len(others) == 1 else functools.partial(_read_named, _by_type(others))

    def read_optional(value: Any, where: str) -> Any:
        return None if value is None else read_others(value, where)

    return read_others if len(others) == len(members) else read_optional


def _by_type(members: tuple[Any, ...]) -> Mapping[str, _Reader]:
    """Return the readers of a union's members by what they call themselves."""
    readers: dict[str, _Reader] = {}
    for member in members:
        names = typing.get_args(typing.get_type_hints(member).get("type"))
        if len(names) != 1:
            raise BugError("A union is read from JSON only if each member has a type of one literal.")
        readers[names[0]] = _reader(member)
    return readers


def _read_named(readers: Mapping[str, _Reader], value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise MalformedError(where, "must be an object")
    name = value.get("type")
    if not isinstance(name, str) or name not in readers:
        raise MalformedError(_below(where, "type"), f"must be one of {', '.join(sorted(readers))}")
    return readers[name](value, where)


def _read_dataclass(kind: Any, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise MalformedError(where, "must be an object")
    readers, required = _fields(kind)
    if not value.keys() <= readers.keys():
        raise MalformedError(where, f"has a field that is none of {', '.join(readers)}")
    for name in required:
        if name not in value:
            raise MalformedError(_below(where, name), "is missing")
    return kind(**{name: readers[name](each, _below(where, name)) for name, each in value.items()})


@functools.cache
def _fields(kind: Any) -> tuple[Mapping[str, _Reader], tuple[str, ...]]:
    """Return the readers of a dataclass's fields, and which of these must be given."""
    hints = typing.get_type_hints(kind)
    fields = [field for field in dataclasses.fields(kind) if field.init]
    required = tuple(
        field.name
        for field in fields
        if field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    )
    return {field.name: _reader(hints[field.name]) for field in fields}, required


def _read_row(read: _Reader, value: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise MalformedError(where, "must be a list")
    return tuple(read(each, f"{where}[{number}]") for number, each in enumerate(value))


def _read_set(read: _Reader, value: Any, where: str) -> frozenset[Any]:
    row = _read_row(read, value, where)
    if len(set(row)) < len(row):
        raise MalformedError(where, "must not name a thing twice")
    return frozenset(row)


def _read_fixed(readers: tuple[_Reader, ...], value: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list) or len(value) != len(readers):
        raise MalformedError(where, f"must be a list of {len(readers)}")
    pairs = zip(readers, value, strict=True)
    return tuple(read(each, f"{where}[{number}]") for number, (read, each) in enumerate(pairs))


def _read_literal(allowed: tuple[Any, ...], value: Any, where: str) -> Any:
    if not any(type(value) is type(each) and value == each for each in allowed):
        raise MalformedError(where, f"must be {' or '.join(map(str, allowed))}")
    return value


def _read_enum(kind: type[Enum], value: Any, where: str) -> Enum:
    for member in kind:
        if type(member.value) is type(value) and member.value == value:
            return member
    raise MalformedError(where, f"must be one of {', '.join(str(member.value) for member in kind)}")


def _read_bool(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise MalformedError(where, "must be true or false")
    return value


def _read_int(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise MalformedError(where, "must be a whole number")
    if abs(value) > MAX_NUMBER:
        raise MalformedError(where, "is beyond all reason")
    return value


def _read_float(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise MalformedError(where, "must be a number")
    if abs(value) > MAX_NUMBER or math.isnan(value):
        raise MalformedError(where, "is beyond all reason")
    return float(value)


def _read_text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise MalformedError(where, "must be text")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:  # half of a surrogate pair: nothing that shows, sends or stores text takes it
        raise MalformedError(where, "holds half a character") from None
    return value


def _read_path(value: Any, where: str) -> Path:
    """A path may hold halves of surrogate pairs: they stand for bytes in a file's name that are no UTF-8."""
    if not isinstance(value, str):
        raise MalformedError(where, "must be text")
    if "\0" in value:
        raise MalformedError(where, "is not a path")
    return Path(value)


def _read_moment(value: Any, where: str) -> datetime:
    try:
        moment = datetime.fromisoformat(_read_text(value, where))
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise MalformedError(where, "must be a moment with its time zone")


def _read_secret(value: Any, where: str) -> Secret:
    return Secret(_read_text(value, where))


_PLAIN: Final[Mapping[Any, _Reader]] = {
    bool: _read_bool, int: _read_int, float: _read_float, str: _read_text, Path: _read_path, Secret: _read_secret,
    datetime: _read_moment,
}  # fmt: skip


def _below(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name


def _refuse_constant(_name: str) -> None:
    raise MalformedError("", "holds a number that JSON has not got")


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise MalformedError("", "says a name twice")
    return found
