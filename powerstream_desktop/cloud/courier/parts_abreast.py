"""Sends many parts side by side, and one at a time while there is a limit."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable

from powerstream_desktop.cloud.courier.errand import Errand
from powerstream_desktop.cloud.courier.gate import Gate
from powerstream_desktop.cloud.object_store.part_body import HeldUpError
from powerstream_desktop.cloud.object_store.stored_words import PartReceipt
from powerstream_desktop.cloud.uploads.part_plan import Part
from powerstream_desktop.common.errors import BugError, PowerStreamError


class PartsAbreast:
    """Has parts sent on a few threads. Used once.

    Args:
        parts: to send, in their order.
        send: sends one; asked for each piece through the function that it is given.
        sent: told of each that was sent, on the thread that sent it.
        gate: what all may send together.
        errand: of whom they are sent for.
        moved: told of bytes that went, or of those of a part that must go again, as a negative number.
    """

    def __init__(
        self,
        parts: Iterable[Part],
        send: Callable[[Part, Callable[[int], None]], PartReceipt],
        sent: Callable[[PartReceipt], None],
        *,
        gate: Gate,
        errand: Errand,
        moved: Callable[[int], None],
    ) -> None:
        self._parts = deque(parts)
        self._send = send
        self._sent = sent
        self._gate = gate
        self._errand = errand
        self._moved = moved
        self._lock = threading.Lock()
        self._error: Exception | None = None  # the first; read by all threads
        self._in_flight = 0  # parts; read by all threads

    def run(self, at_once: int) -> None:
        """Send all, on this thread and others. What fails first ends the others when their part has gone.

        Args:
            at_once: so many threads.

        Raises:
            PowerStreamError: as the first failure.
        """
        threads = [
            threading.Thread(target=self._work, args=(place,), name=f"part-{place}", daemon=True)
            for place in range(1, min(at_once, len(self._parts)))
        ]
        for thread in threads:
            thread.start()
        self._work(0)
        for thread in threads:
            thread.join()
        if self._error is not None:
            raise self._error

    def _work(self, place: int) -> None:
        try:
            while (part := self._next(place)) is not None:
                self._send_one(part)
        except PowerStreamError as error:
            self._fail(error)
        except Exception as error:  # noqa: BLE001 - or the upload would wait for a thread that has died
            self._fail(BugError("A part could not be sent.", detail=f"{type(error).__name__}: {error}"))

    def _next(self, place: int) -> Part | None:
        """Return the next part when it may be begun."""
        while True:
            self._gate.wait_until_open(self._errand)
            with self._lock:
                if self._error is not None or (not self._parts and not self._in_flight):
                    return None
                # A limit leaves one connection: several would only keep each other waiting.
                if self._parts and not (self._gate.is_limited and self._in_flight):
                    self._in_flight += 1
                    return self._parts.popleft()
            # A part of another thread may yet come back.
            self._errand.wait(0.02 * (place + 1))

    def _send_one(self, part: Part) -> None:
        gone = 0

        def take(size_bytes: int) -> None:
            nonlocal gone
            self._gate.take(size_bytes, self._errand)
            if gone < part.size_bytes:  # read twice, a part moves once
                self._moved(min(size_bytes, part.size_bytes - gone))
                gone += size_bytes

        try:
            receipt = self._send(part, take)
        except HeldUpError:
            self._moved(-min(gone, part.size_bytes))
            with self._lock:
                self._parts.appendleft(part)
                self._in_flight -= 1
            return
        except Exception:
            with self._lock:
                self._in_flight -= 1
            raise
        self._moved(part.size_bytes - min(gone, part.size_bytes))
        try:
            self._sent(receipt)
        finally:
            with self._lock:
                self._in_flight -= 1

    def _fail(self, error: Exception) -> None:
        with self._lock:
            self._error = self._error or error
