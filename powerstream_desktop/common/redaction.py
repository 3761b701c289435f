"""The net below ``Secret``: strikes secrets out of any text before it is written anywhere.

Two nets, because each has holes. By value: every ``Secret`` ever made, in all the spellings of ``secret_forms``. By
pattern: what looks like a stream key, token or password although nobody told us (a key pasted into the server field,
obs-multi-rtmp#256). Both run on log records (``RedactingFilter``) and on uncaught exceptions (``install_hooks``).

Values under four characters are not struck out by value: a key "a" would blank every log, and a peer that accepts such
a key has no secret to keep. Values of four to seven characters are struck out only as whole words, so that a key
"live" does not eat "delivered". The patterns cover both where keys usually stand.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
from collections import OrderedDict
from dataclasses import dataclass
from types import TracebackType

from powerstream_desktop.common import redaction_patterns
from powerstream_desktop.common.redaction_patterns import MASK
from powerstream_desktop.common.secret_forms import forms_of

MIN_PROTECTED_LENGTH = 4
MIN_ANYWHERE_LENGTH = 8
MAX_PROTECTED_VALUES = 1024

STANDARD_FIELDS = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
"""The fields every log record has; whatever else it carries came by ``extra``."""

_NAMED_BY_CALLERS = ("name", "threadName", "processName", "taskName")


@dataclass(frozen=True, slots=True)
class _Table:
    """What to look for: texts struck out wherever they stand, longest first, and short values struck out as words."""

    anywhere: tuple[str, ...]
    words: re.Pattern[str] | None


class Redactor:
    """Replaces secrets in text by ``***``; safe to use from any thread.

    Keeps the last ``MAX_PROTECTED_VALUES`` values: far more than a user has, and a bound on memory.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._values: OrderedDict[str, frozenset[str]] = OrderedDict()
        # Read without the lock by every thread that logs; None while a new value waits to be worked in.
        self._table: _Table | None = None

    def protect(self, value: str) -> None:
        """Strike out ``value`` from now on; see the module's text for what happens to short ones."""
        stripped = value.strip()
        with self._lock:
            for part in (value, stripped, stripped.partition("?")[0]):
                if part in self._values:
                    self._values.move_to_end(part)
                elif len(part) >= MIN_PROTECTED_LENGTH:
                    self._values[part] = forms_of(part)
                    self._table = None
            while len(self._values) > MAX_PROTECTED_VALUES:
                self._values.popitem(last=False)

    def redact(self, text: str) -> str:
        """Return ``text`` without secrets. Never raises; linear in the length of the text."""
        table = self._table or self._build()
        for form in table.anywhere:
            if form in text:
                text = text.replace(form, MASK)
        if table.words is not None:
            text = table.words.sub(MASK, text)
        return redaction_patterns.mask(text)

    def _build(self) -> _Table:
        with self._lock:
            short = {value for value in self._values if len(value) < MIN_ANYWHERE_LENGTH}
            forms = set[str]().union(*self._values.values()) - short
            # The longest first, so that a key that contains another leaves nothing behind.
            words = "|".join(re.escape(value) for value in sorted(short, key=len, reverse=True))
            self._table = table = _Table(
                anywhere=tuple(sorted(forms, key=len, reverse=True)),
                words=re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])") if words else None,
            )
            return table


REDACTOR = Redactor()
"""The process's one redactor: a secret made anywhere must be struck out everywhere, so there cannot be two."""


class RedactingFilter(logging.Filter):
    """Cleans a record in place: message, arguments, exception, stack and extra fields.

    Put on a handler it also protects every handler that runs later. The exception is turned into text here, because a
    live exception would be formatted again, uncleaned, by the next handler.
    """

    def __init__(self, redactor: Redactor = REDACTOR) -> None:
        super().__init__()
        self._redactor = redactor

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean ``record`` and let it pass."""
        redact = self._redactor.redact
        record.msg = redact(_message(record))
        record.args = None
        for name in _NAMED_BY_CALLERS:
            if value := record.__dict__.get(name):
                record.__dict__[name] = redact(_text(value))
        if record.exc_info and record.exc_info[0] is not None:
            record.exc_text = "".join(traceback.format_exception(*record.exc_info)).rstrip()
        record.exc_info = None
        if record.exc_text:
            record.exc_text = redact(record.exc_text)
        if record.stack_info:
            record.stack_info = redact(record.stack_info)
        for name, value in record.__dict__.items():
            if (
                name not in STANDARD_FIELDS
                and value is not None
                and not isinstance(value, bool | int | float)
            ):
                record.__dict__[name] = redact(_text(value))
        return True


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001 - a log call with wrong arguments must not break its caller, nor print them raw
        return f"{_text(record.msg)} (its arguments do not fit: {_text(record.args)})"


def _text(value: object) -> str:
    try:
        return str(value)
    except Exception:  # noqa: BLE001 - whatever a foreign __str__ raises, the log goes on
        return f"<{type(value).__name__}>"


def install_hooks(logger: logging.Logger) -> None:
    """Send uncaught exceptions of every thread through ``logger``, hence through the redactor, instead of raw to stderr.

    asyncio needs no hook of its own: its default handler logs, and the filter sees that record.
    """

    def on_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            return
        logger.critical("Uncaught exception", exc_info=(kind, error, trace))

    def on_thread(failure: threading.ExceptHookArgs) -> None:
        if failure.exc_value is None or issubclass(failure.exc_type, SystemExit):
            return
        name = failure.thread.name if failure.thread else "?"
        logger.critical(
            "Uncaught exception in thread %s",
            name,
            exc_info=(failure.exc_type, failure.exc_value, failure.exc_traceback),
        )

    def on_unraisable(failure: sys.UnraisableHookArgs) -> None:
        if failure.exc_value is None:
            return
        logger.error(
            "Exception ignored in %r",
            failure.object,
            exc_info=(failure.exc_type, failure.exc_value, failure.exc_traceback),
        )

    sys.excepthook = on_uncaught
    threading.excepthook = on_thread
    sys.unraisablehook = on_unraisable
