"""The engine's frozen values in the OpenAPI document: their schemas, made of the dataclasses themselves."""

from __future__ import annotations

import dataclasses
import inspect
import re
import types
import typing
from enum import Enum
from pathlib import Path
from typing import Any, Final, Literal, Union

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.service.api.frozen_words import camel, words_of

_PLAIN: Final[dict[Any, str]] = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    Path: "string",
}
_REFERENCE: Final = "#/components/schemas/"


class FrozenSchemas:
    """Collects the schemas of dataclasses and of all that they hold, by name."""

    def __init__(self) -> None:
        self.components: dict[str, dict[str, Any]] = {}
        self._kinds: dict[str, Any] = {}

    def reference(self, kind: Any, *, without_type: bool = False) -> dict[str, Any]:
        """Return the reference to a dataclass's schema, which is made if it is new.

        Args:
            kind: the dataclass.
            without_type: it is known what it is, so it does not say so.

        Raises:
            BugError: another dataclass has that name.
        """
        name = kind.__name__
        if self._kinds.setdefault(name, kind) is not kind:
            raise BugError(f"Two dataclasses in the API's document are called {name}.")
        if name not in self.components:
            self.components[name] = {}  # one that holds itself finds itself
            self.components[name].update(self._object(kind, without_type=without_type))
        return {"$ref": _REFERENCE + name}

    def schema(self, kind: Any) -> dict[str, Any]:
        """Return the schema of a type as ``frozen_json`` understands it."""
        origin, arguments = typing.get_origin(kind), typing.get_args(kind)
        if origin in {Union, types.UnionType}:
            return self._union(arguments)
        if origin is Literal:
            return (
                {"type": "string", "const": arguments[0]}
                if len(arguments) == 1
                else {"enum": list(arguments)}
            )
        if origin is tuple and arguments[-1] is not Ellipsis:
            each = [self.schema(argument) for argument in arguments]
            return {"type": "array", "prefixItems": each, "minItems": len(each), "maxItems": len(each)}
        if origin in {tuple, frozenset}:
            unique = {"uniqueItems": True} if origin is frozenset else {}
            return {"type": "array", "items": self.schema(arguments[0]), **unique}
        if kind in _PLAIN:
            return {"type": _PLAIN[kind]}
        if issubclass(kind, Enum):
            return {"type": "string", "enum": [member.value for member in kind]}
        return self.reference(kind)

    def _union(self, members: tuple[Any, ...]) -> dict[str, Any]:
        others = [member for member in members if member is not types.NoneType]
        if len(others) == 1:
            schema = self.schema(others[0])
        else:
            schema = {
                "oneOf": [self.schema(member) for member in others],
                "discriminator": {"propertyName": "type"},
            }
        return schema if len(others) == len(members) else {"anyOf": [schema, {"type": "null"}]}

    def _object(self, kind: Any, *, without_type: bool) -> dict[str, Any]:
        hints, told = typing.get_type_hints(kind), _descriptions(kind)
        properties: dict[str, Any] = {}
        required: list[str] = []
        for field in dataclasses.fields(kind):
            if not field.init or (without_type and field.name == "type"):
                continue
            schema = dict(self.schema(hints[field.name]))
            if field.name in told:
                schema["description"] = told[field.name]
            if field.default is dataclasses.MISSING or field.name == "type":
                required.append(camel(field.name))
            else:
                schema["default"] = words_of(field.default)
            properties[camel(field.name)] = schema
        made = {"type": "object", "title": kind.__name__, "description": _summary(kind)}
        return {**made, "properties": properties, "required": required, "additionalProperties": False}


def _summary(kind: Any) -> str:
    return _plain(re.split(r"\n\s*(?:Attributes|Raises):", inspect.cleandoc(kind.__doc__ or ""))[0])


def _descriptions(kind: Any) -> dict[str, str]:
    """Return what the docstring says of each field; one entry may tell of several."""
    found = re.search(r"Attributes:\n((?:    .*\n?|\n)+)", inspect.cleandoc(kind.__doc__ or ""))
    told: dict[str, str] = {}
    for entry in re.split(r"\n(?=    \w)", "\n" + found[1]) if found else ():
        names, _, words = entry.strip().partition(":")
        told.update({name.strip(): _plain(words) for name in names.split(",")})
    return told


def _plain(words: str) -> str:
    return " ".join(words.split()).replace("``", "`").replace("`None`", "`null`")
