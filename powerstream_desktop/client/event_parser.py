"""Reads a stream of server-sent events, however it is cut into pieces. Pure (the HTML standard, "Server-sent events")."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final

from powerstream_desktop.client.errors import BadAnswerError

MAX_EVENT_CHARACTERS: Final = 8 * 1024 * 1024
"""Of one event, its unfinished line among them; nothing that our service tells is a tenth of it."""
MAX_RETRY_MS: Final = 60_000

_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_DIGITS: Final = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedEvent:
    """An event as it was sent.

    Attributes:
        name: what it calls itself; ``message`` if it does not.
        data: its lines, joined.
        id: the newest id of the stream, which this event need not have brought itself; empty before the first.
    """

    name: str
    data: str
    id: str


class EventParser:
    """One connection's stream.

    Args:
        last_id: the newest id of the connections before.
    """

    def __init__(self, last_id: str = "") -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._line: list[str] = []  # the pieces of an unfinished line
        self._line_length = 0
        self._data_length = 0
        self._skips_line_feed = False
        self._data: list[str] = []
        self._name = ""
        self._id = last_id
        self.last_id = last_id
        """The newest id of an event that is complete; what to begin behind when the connection is lost."""
        self.retry_ms: int | None = None
        """How long the service wants to be left alone after a lost connection; None while it has not said so."""

    def feed(self, piece: bytes) -> list[ParsedEvent]:
        """Take what has come; return the events that are complete by it.

        Raises:
            BadAnswerError: an event does not end.
        """
        text = self._decoder.decode(piece)
        if self._skips_line_feed and text:
            text = text.removeprefix("\n")
            self._skips_line_feed = False
        *lines, rest = _LINE_END.split(text)
        events = []
        for line in lines:
            event = self._take("".join([*self._line, line]))
            self._line.clear()
            self._line_length = 0
            if event is not None:
                events.append(event)
        # A carriage return ends its line at once; the line feed that may follow belongs to it.
        self._skips_line_feed = self._skips_line_feed or text.endswith("\r")
        if rest:
            self._line.append(rest)
            self._line_length += len(rest)
            self._check_length()
        return events

    def _take(self, line: str) -> ParsedEvent | None:
        if not line:
            return self._dispatch()
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        match field:
            case "data":
                self._data.append(value)
                self._data_length += len(value) + 1
                self._check_length()
            case "event":
                self._name = value
            case "id" if "\0" not in value:
                self._id = value
            case "retry" if _DIGITS.fullmatch(value):
                self.retry_ms = min(int(value), MAX_RETRY_MS)
        return None

    def _dispatch(self) -> ParsedEvent | None:
        data, name = self._data, self._name
        self._data, self._name, self._data_length = [], "", 0
        self.last_id = self._id
        if not data:
            return None
        return ParsedEvent(name=name or "message", data="\n".join(data), id=self._id)

    def _check_length(self) -> None:
        if self._line_length + self._data_length > MAX_EVENT_CHARACTERS:
            raise BadAnswerError("An event of the service does not end.", hint="Start PowerStream again.")
