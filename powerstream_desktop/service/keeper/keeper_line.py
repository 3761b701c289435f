"""The service's end of its line to the keeper. What must outlive this process is said here, as soon as it is known."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import threading
from collections.abc import Callable, Mapping
from typing import Final

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.service.keeper.keeper_words import (
    FROM_SERVICE,
    TO_SERVICE,
    Begin,
    End,
    Keep,
    Leave,
    Ping,
    Pong,
    Ready,
    ServiceWord,
)

logger = logging.getLogger(__name__)

_READ_BYTES: Final = 64 * 1024


class KeeperLine:
    """Speaks with the keeper over two descriptors. ``receive_begin`` first, then ``listen``; the rest at any time.

    Args:
        reading: where the keeper's words come from; its end means that the keeper is gone.
        writing: where ours go to.
    """

    def __init__(self, reading: int, writing: int) -> None:
        self._reading = reading
        self._writing = writing
        # Words of several threads must not mix; each is short, and the keeper does nothing but read.
        self._turn = threading.Lock()
        self._pending = b""  # the starting thread's, then the listening one's
        self.kept: Mapping[str, str] = {}
        """What our predecessor left."""
        self.deaths = 0
        """Predecessors that died."""

    @classmethod
    def on_standard_streams(cls) -> KeeperLine:
        """Take stdin and stdout for the keeper; whatever else prints, libraries above all, reaches the log instead."""
        writing = os.dup(sys.stdout.fileno())
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        return cls(sys.stdin.fileno(), writing)

    def receive_begin(self) -> None:
        """Wait for the first word. A keeper that is gone already left nothing."""
        line = self._next_line()
        word = TO_SERVICE.decode(line) if line is not None else Begin()
        if not isinstance(word, Begin):
            raise BugError("The keeper's first word is another one.")
        self.kept = {each.name: each.value for each in word.kept}
        self.deaths = word.deaths

    def listen(
        self, on_end: Callable[[], object], on_gone: Callable[[], object], on_ping: Callable[[], object]
    ) -> None:
        """Hear what the keeper says from now on, on a thread of its own, which calls all of these.

        Args:
            on_end: end properly.
            on_gone: the keeper is gone; called once.
            on_ping: have whoever may hang say ``pong``.
        """
        # Reads the descriptor itself: a thread that waits inside Python's buffered stdin aborts the interpreter as it ends.
        threading.Thread(
            target=self._listen, args=(on_end, on_gone, on_ping), name="keeper", daemon=True
        ).start()

    def ready(self, url: str, version: str) -> None:
        """Say that the service can be reached."""
        self._say(Ready(url=url, version=version))

    def keep(self, name: str, value: str | None) -> None:
        """Have a value kept for a successor, in place of an older one; ``None`` for none any more. From any thread."""
        self._say(Keep(name=name, value=value))

    def pong(self) -> None:
        """Say that whoever calls this does not hang."""
        self._say(Pong())

    def leave(self) -> None:
        """Say that this process ends by itself now; the last word. Without it, an end is a death, whatever the exit code."""
        self._say(Leave())

    def _listen(
        self, on_end: Callable[[], object], on_gone: Callable[[], object], on_ping: Callable[[], object]
    ) -> None:
        while (line := self._next_line()) is not None:
            try:
                word = TO_SERVICE.decode(line)
            except BugError as error:
                logger.info("%s %s", error.title, error.detail)
                continue
            if isinstance(word, End):
                on_end()
            elif isinstance(word, Ping):
                on_ping()
        on_gone()

    def _next_line(self) -> bytes | None:
        """Return the next line, ``None`` when there is none any more."""
        while b"\n" not in self._pending:
            try:
                data = os.read(self._reading, _READ_BYTES)
            except OSError as error:
                logger.info("The keeper cannot be heard any more: %s", error)
                return None
            if not data:
                return None
            self._pending += data
        line, _, self._pending = self._pending.partition(b"\n")
        return line

    def _say(self, word: ServiceWord) -> None:
        rest = FROM_SERVICE.encode(word)
        with self._turn, contextlib.suppress(OSError):  # a keeper that is gone is noticed where it is read
            while rest:
                rest = rest[os.write(self._writing, rest) :]
