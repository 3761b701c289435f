"""One job of the courier's, as its own thread sees it: whether it is still wanted, and how to wait without missing that."""

from __future__ import annotations

import threading

from powerstream_desktop.common.errors import PowerStreamError


class GivenUpError(PowerStreamError):
    """The service wants the job no more. What was reported until then holds."""

    def __init__(self) -> None:
        super().__init__("The transfer was stopped.")


class Errand:
    """Says whether a job is still wanted. For any thread."""

    def __init__(self) -> None:
        self._is_given_up = threading.Event()

    def give_up(self) -> None:
        """Have the job end at its next step."""
        self._is_given_up.set()

    def check(self) -> None:
        """Go on.

        Raises:
            GivenUpError: the job is not wanted any more.
        """
        if self._is_given_up.is_set():
            raise GivenUpError

    def wait(self, seconds: float) -> None:
        """Let time pass.

        Raises:
            GivenUpError: the job is not wanted any more.
        """
        if self._is_given_up.wait(seconds):
            raise GivenUpError
