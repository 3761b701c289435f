"""Makes frozen values of what the API says: camelCase names, strict in what is needed, tolerant of what is new. Pure.

A field without a default must be there and be what its type says. Names that are not known are left alone, so that a newer service
can be asked. A field called ``words`` is given the API's own words: what ``--json`` prints.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import types
import typing
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, TypeAlias, TypeVar, Union, cast

from powerstream_desktop.client.errors import BadAnswerError, not_understood
from powerstream_desktop.common.errors import BugError

Kind = TypeVar("Kind")
Words: TypeAlias = Mapping[str, Any]
"""A JSON object as the API wrote it."""

_OWN_WORDS: Final = "words"
_INNER_LETTER: Final = re.compile(r"_([a-z0-9])")
_Reader: TypeAlias = Callable[[Any, str], Any]


def read_answer(kind: type[Kind], value: Any, where: str) -> Kind:
    """Return the value of a dataclass.

    Args:
        kind: a frozen dataclass of text, numbers, moments, JSON objects, unions with None, tuples, and dataclasses of these.
        value: parsed JSON.
        where: what to call it in errors.

    Raises:
        BadAnswerError: it is something else; says what and where, and quotes no value.
    """
    return cast("Kind", _read_object(kind, value, where))


def api_name(name: str) -> str:
    """Return a field's name as the API spells it: ``started_at`` is ``startedAt``."""
    return _INNER_LETTER.sub(lambda letter: letter[1].upper(), name)


@functools.cache
def _reader(kind: Any) -> _Reader:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind in _PLAIN:
        return _PLAIN[kind]
    if origin in {Union, types.UnionType}:
        [only] = (each for each in arguments if each is not types.NoneType)
        return functools.partial(_read_optional, _reader(only))
    if origin is tuple:
        return functools.partial(_read_row, _reader(arguments[0]))
    if dataclasses.is_dataclass(kind):
        return functools.partial(_read_object, kind)
    raise BugError(f"No value of the type {kind} is read from an answer.")


def _read_optional(read: _Reader, value: Any, where: str) -> Any:
    return None if value is None else read(value, where)


def _read_row(read: _Reader, value: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise _unlike(where, "a list")
    return tuple(read(each, f"{where}[{number}]") for number, each in enumerate(value))


def _read_object(kind: Any, value: Any, where: str) -> Any:
    words = _read_words(value, where)
    found: dict[str, Any] = {}
    for name, spelled, read, is_needed in _fields(kind):
        if name == _OWN_WORDS:
            found[name] = words
        elif spelled in words:
            found[name] = read(words[spelled], f"{where}.{spelled}")
        elif is_needed:
            raise _unlike(f"{where}.{spelled}", "there")
    return kind(**found)


@functools.cache
def _fields(kind: Any) -> tuple[tuple[str, str, _Reader, bool], ...]:
    hints = typing.get_type_hints(kind)
    return tuple(
        (
            field.name,
            api_name(field.name),
            _reader(hints[field.name]),
            field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING,
        )
        for field in dataclasses.fields(kind)
    )


def _read_words(value: Any, where: str) -> Words:
    if not isinstance(value, dict):
        raise _unlike(where, "an object")
    return value


def _read_bool(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise _unlike(where, "true or false")
    return value


def _read_int(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _unlike(where, "a whole number")
    return value


def _read_float(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _unlike(where, "a number")
    return float(value)


def _read_text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise _unlike(where, "text")
    return value


def _read_moment(value: Any, where: str) -> datetime:
    try:
        moment = datetime.fromisoformat(_read_text(value, where))
    except ValueError:
        raise _unlike(where, "a moment") from None
    if moment.tzinfo is None:
        raise _unlike(where, "a moment with its time zone")
    return moment


_PLAIN: Final[Mapping[Any, _Reader]] = {
    bool: _read_bool, int: _read_int, float: _read_float, str: _read_text, datetime: _read_moment,
    Words: _read_words,
}  # fmt: skip


def _unlike(where: str, what: str) -> BadAnswerError:
    return not_understood(f"{where} is not {what}")
