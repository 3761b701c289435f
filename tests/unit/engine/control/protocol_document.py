"""The tables of docs/engine-protocol.md, made of the dataclasses themselves.

python -m tests.unit.engine.control.protocol_document --write
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import sys
import types
import typing
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any, Final, Literal, Union

from powerstream_desktop.common.frozen_json import to_json, write_json
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine.control.commands import EngineCommand
from powerstream_desktop.engine.control.reports import EngineReport
from powerstream_desktop.engine.control.wire import encode_command, encode_report
from tests.unit.engine.control.examples import COMMANDS, REPORTS

DOCUMENT: Final = Path(__file__).parents[4] / "docs" / "engine-protocol.md"
BEGIN: Final = "<!-- made by tests/unit/engine/control/protocol_document.py from here on -->"
_PLAIN: Final = {
    bool: "true or false", int: "whole number", float: "number", str: "text", Path: "path", Secret: "text, secret",
}  # fmt: skip
_MASK: Final = "…"


def document() -> str:
    """Return the made part of the document."""
    commands, reports = typing.get_args(EngineCommand), typing.get_args(EngineReport)
    values = sorted(_values([*commands, *reports]), key=lambda kind: kind.__name__)
    lines = ["## Commands", ""]
    for command in COMMANDS:
        lines += _section(type(command), _example(encode_command(command, "7")))
    lines += ["## Reports", ""]
    for report in REPORTS:
        lines += _section(type(report), _example(encode_report(report)))
    lines += ["## Values", "", "What commands and reports are made of.", ""]
    for value in values:
        lines += _section(value, "")
    return "\n".join(lines).rstrip() + "\n"


def undescribed() -> list[str]:
    """Return the fields of which no docstring tells."""
    kinds = [*typing.get_args(EngineCommand), *typing.get_args(EngineReport)]
    return [
        f"{kind.__name__}.{name}"
        for kind in [*kinds, *_values(kinds)]
        for name in _fields(kind)
        if name not in _descriptions(kind)
    ]


def _section(kind: Any, example: str) -> list[str]:
    name = typing.get_args(typing.get_type_hints(kind).get("type"))
    title = f"### `{name[0]}`" if example else f"### {kind.__name__}"
    lines = [title, "", _summary(kind), ""]
    if name and not example:
        lines += [f'`"type": "{name[0]}"`', ""]
    if _fields(kind):
        lines += ["| field | is | default | |", "| --- | --- | --- | --- |"]
        lines += [_row(kind, field) for field in dataclasses.fields(kind) if field.name in _fields(kind)]
        lines.append("")
    return [*lines, "```json", example, "```", ""] if example else lines


def _row(kind: Any, field: dataclasses.Field[Any]) -> str:
    default = "" if field.default is dataclasses.MISSING else f"`{write_json(to_json(field.default))}`"
    told = _descriptions(kind).get(field.name, "")
    return f"| `{field.name}` | {_word(typing.get_type_hints(kind)[field.name])} | {default} | {told} |"


def _fields(kind: Any) -> list[str]:
    return [field.name for field in dataclasses.fields(kind) if field.name != "type"]


def _summary(kind: Any) -> str:
    text = inspect.cleandoc(kind.__doc__ or "")
    return _plain(re.split(r"\n\s*(?:Attributes|Raises):", text)[0])


def _descriptions(kind: Any) -> dict[str, str]:
    """Return what the docstring says of each field; one entry may tell of several."""
    text = inspect.cleandoc(kind.__doc__ or "")
    found = re.search(r"Attributes:\n((?:    .*\n?|\n)+)", text)
    told: dict[str, str] = {}
    for entry in re.split(r"\n(?=    \w)", "\n" + (found[1] if found else "")):
        names, _, words = entry.strip().partition(":")
        for name in names.split(","):
            told[name.strip()] = _plain(words)
    return told


def _plain(words: str) -> str:
    return " ".join(words.split()).replace("``", "`").replace("`None`", "`null`")


def _word(kind: Any) -> str:
    """Return what a type is called."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in {Union, types.UnionType}:
        return " or ".join("null" if each is types.NoneType else _word(each) for each in arguments)
    if origin is tuple and arguments[-1] is not Ellipsis:
        return f"list of {len(arguments)} of {_word(arguments[0])}"
    if origin in {tuple, frozenset}:
        return f"{'list' if origin is tuple else 'set'} of {_word(arguments[0])}"
    if kind in _PLAIN:
        return _PLAIN[kind]
    if issubclass(kind, Enum):
        return ", ".join(f"`{member.value}`" for member in kind)
    return f"[{kind.__name__}](#{kind.__name__.lower()})"


def _values(kinds: list[Any]) -> set[Any]:
    """Return all dataclasses that these hold, at any depth."""
    found: set[Any] = set()
    waiting = list(kinds)
    while waiting:
        kind = waiting.pop()
        for hint in typing.get_type_hints(kind).values():
            fresh = {each for each in _parts(hint) if dataclasses.is_dataclass(each)} - found
            found |= fresh
            waiting.extend(fresh)
    return found


def _parts(hint: Any) -> Iterator[Any]:
    if typing.get_origin(hint) in {Literal, typing.ClassVar}:
        return
    if not typing.get_args(hint):
        yield hint
    for part in typing.get_args(hint):
        yield from _parts(part)


def _example(line: bytes) -> str:
    return line.decode().strip().replace("key-that-must-not-leak", _MASK)


def main() -> None:
    """Print the made part, or write it into the document."""
    if sys.argv[1:] != ["--write"]:
        sys.stdout.write(document())
        return
    prose = DOCUMENT.read_text("utf-8").partition(BEGIN)[0]
    DOCUMENT.write_text(f"{prose}{BEGIN}\n\n{document()}", "utf-8")


if __name__ == "__main__":
    main()
