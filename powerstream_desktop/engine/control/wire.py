"""Commands and reports as lines of JSON (docs/engine-protocol.md). Pure.

Each line is one object with a ``type``. A command may say its ``id``, to be answered by ``done`` or ``refused``, and its
``version``. The key travels here and nowhere else: never in argv, never in the environment (DESIGN 2). Knows neither PyAV nor
numpy: the service speaks the same words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from powerstream_desktop.common.errors import BugError, PowerStreamError
from powerstream_desktop.common.frozen_json import MalformedError, from_json, parse_json, to_json, write_json
from powerstream_desktop.engine.control.commands import EngineCommand
from powerstream_desktop.engine.control.reports import PROTOCOL_VERSION, EngineReport

MAX_LINE_BYTES: Final = 1024 * 1024
"""Of a command; a studio of a hundred full scenes fits in."""
MAX_ID_CHARACTERS: Final = 64
_QUOTED_CHARACTERS: Final = 32


@dataclass(frozen=True, slots=True)
class Order:
    """A command as it came.

    Attributes:
        command: what to do.
        id: to answer it by; ``None`` when no answer is wanted.
    """

    command: EngineCommand
    id: str | None = None


@dataclass(frozen=True, slots=True)
class BadOrder:
    """A line that is no command.

    Attributes:
        error: why; its sentence holds nothing of the line but, perhaps, its type.
        id: to answer it by, as far as it could be read.
        is_start: it was meant to start the engine.
    """

    error: PowerStreamError
    id: str | None = None
    is_start: bool = False


class LineSplitter:
    """Cuts what is read into lines and keeps no more of a line than a command may have."""

    def __init__(self) -> None:
        self._pending = b""
        self._is_too_long = False

    def feed(self, data: bytes) -> Iterator[bytes | None]:
        """Return the lines that are complete, without their ends; ``None`` for each that is too long."""
        *ends, rest = data.split(b"\n")
        for end in ends:
            line, was_too_long = self._pending + end, self._is_too_long
            self._pending, self._is_too_long = b"", False
            yield None if was_too_long or len(line) > MAX_LINE_BYTES else line
        if not self._is_too_long:
            self._pending += rest
        if len(self._pending) > MAX_LINE_BYTES:
            self._pending, self._is_too_long = b"", True


def encode_command(command: EngineCommand, id: str | None = None) -> bytes:  # noqa: A002 - the word of the protocol
    """Write one command as a line. That of ``start`` or ``publish`` holds the key in the clear: for the pipe only."""
    head: dict[str, Any] = (
        {"version": PROTOCOL_VERSION} if id is None else {"version": PROTOCOL_VERSION, "id": id}
    )
    return write_json(head | to_json(command, reveals_secrets=True)).encode() + b"\n"


def decode_command(line: bytes | None) -> Order | BadOrder:
    """Read one line of commands, or say why it is none.

    Args:
        line: as the ``LineSplitter`` gives it; ``None`` is one that was too long.
    """
    if line is None:
        return BadOrder(_refusal("is longer than a command may be"))
    try:
        value = parse_json(line)
        if not isinstance(value, dict):
            return BadOrder(_refusal("must be an object"))
        id_: str | None = from_json(str | None, value.pop("id", None), "id")
    except MalformedError as error:
        return BadOrder(_refusal(str(error)))
    if id_ is not None and not 1 <= len(id_) <= MAX_ID_CHARACTERS:
        return BadOrder(_refusal(f"id must have 1 to {MAX_ID_CHARACTERS} characters"))
    name = value.get("type")
    try:
        _check_version(value.pop("version", PROTOCOL_VERSION))
        command: EngineCommand = from_json(EngineCommand, value)
    except MalformedError as error:
        return BadOrder(_refusal(str(error), name), id_, is_start=name == "start")
    except PowerStreamError as error:
        return BadOrder(error, id_, is_start=name == "start")
    return Order(command, id_)


def encode_report(report: EngineReport) -> bytes:
    """Write one report as a line.

    Raises:
        BugError: it holds what JSON cannot say.
    """
    return write_json(to_json(report)).encode() + b"\n"


def decode_report(line: bytes) -> EngineReport:
    """Read one report.

    Raises:
        BugError: the line is not a report.
    """
    try:
        report: EngineReport = from_json(EngineReport, parse_json(line))
    except MalformedError as error:
        raise BugError("The engine sent a malformed report.", detail=str(error)) from error
    except PowerStreamError as error:
        raise BugError("The engine reported what cannot be.", detail=str(error)) from error
    return report


def _check_version(version: Any) -> None:
    if version != PROTOCOL_VERSION or isinstance(version, bool):
        raise BugError(
            f"The engine speaks version {PROTOCOL_VERSION} of its protocol, and was spoken to in another.",
            hint="Install PowerStream again: its parts are of different versions.",
        )


def _refusal(why: str, name: Any = None) -> PowerStreamError:
    what = f"{name[:_QUOTED_CHARACTERS]!a}" if isinstance(name, str) else "without a type"
    return BugError(f"The command {what} cannot be understood: {why}.")
