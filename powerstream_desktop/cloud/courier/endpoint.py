"""How the courier's threads ask one endpoint: each call waits as long as the endpoint wants to be left alone."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from typing import Final, TypeVar

from powerstream_desktop.cloud.courier.errand import Errand
from powerstream_desktop.cloud.object_store.store_troubles import StoreTrouble, TroubleCode
from powerstream_desktop.cloud.uploads.endpoint_health import EndpointHealth, EndpointState
from powerstream_desktop.common.clock import Clock, monotonic

Answer = TypeVar("Answer")

TRIES: Final = 4
"""So often is a thing asked in a row."""
_LOOK_EVERY_S: Final = 1.0
_LONG_S: Final = 150.0
"""Longer than any pause or trial of ours: the store itself has asked for it, and an upload then says so and fails until it is over."""
_SICK: Final = frozenset(
    {TroubleCode.UNREACHABLE, TroubleCode.SLOW_DOWN, TroubleCode.UNKNOWN, TroubleCode.AWAY}
)
"""Troubles that are the endpoint's, not the request's."""
_ASKED_AGAIN: Final = _SICK | {TroubleCode.DAMAGED, TroubleCode.CLOCK}


def is_asked_again(trouble: StoreTrouble) -> bool:
    """Whether the same may be asked again at once."""
    return trouble.kind in _ASKED_AGAIN


class Endpoint:
    """Asks an endpoint. For any thread.

    Args:
        rng: source of randomness.
        clock: the time.
    """

    def __init__(self, rng: random.Random, clock: Clock = monotonic) -> None:
        self._health = EndpointHealth(rng)
        self._clock = clock
        self._lock = threading.Lock()

    def ask(self, errand: Errand, call: Callable[[], Answer]) -> Answer:
        """Ask once.

        Raises:
            StoreTrouble: as the call; or the endpoint is to be left alone for so long that people are to know why nothing moves.
            GivenUpError: the job is not wanted any more.
        """
        errand.check()
        while wait_s := self._wait_s():
            if wait_s > _LONG_S:
                raise StoreTrouble(TroubleCode.SLOW_DOWN, retry_after_s=wait_s)
            errand.wait(min(wait_s, _LOOK_EVERY_S))  # it may be well sooner
        try:
            answer = call()
        except StoreTrouble as trouble:
            self._note(trouble)
            raise
        except Exception:
            self._note(None)
            raise
        self._note(None)
        return answer

    def ask_again(
        self, errand: Errand, call: Callable[[], Answer], *, unless: TroubleCode | None = None
    ) -> Answer:
        """Ask what may be asked any number of times, until it is answered, refused, or the endpoint is found broken.

        Args:
            errand: of whom it is asked for.
            call: asks.
            unless: a trouble with which it is not asked again.

        Raises:
            StoreTrouble: as the last call.
            GivenUpError: the job is not wanted any more.
        """
        for _ in range(TRIES - 1):
            try:
                return self.ask(errand, call)
            except StoreTrouble as trouble:
                if trouble.kind is unless or not is_asked_again(trouble) or self.is_broken():
                    raise
        return self.ask(errand, call)

    def _wait_s(self) -> float:
        with self._lock:
            return self._health.wait_s(self._clock())

    def is_broken(self) -> bool:
        """Whether it is to be left alone."""
        with self._lock:
            return self._health.state is EndpointState.BROKEN

    def _note(self, trouble: StoreTrouble | None) -> None:
        with self._lock:
            if trouble is None or trouble.kind not in _SICK:
                self._health.answered()
            else:
                self._health.failed(self._clock(), retry_after_s=trouble.retry_after_s)
