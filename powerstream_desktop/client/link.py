"""The way to the service: finds it, asks it, and finds it again when it was restarted meanwhile."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final, Protocol, TypeVar

from powerstream_desktop.client.address import Address, Whereabouts
from powerstream_desktop.client.errors import BadAnswerError, ServiceGoneError, error_of, not_understood
from powerstream_desktop.client.patience import PATIENCE_S, Mishap, Patience, may_have_been_obeyed
from powerstream_desktop.client.reading import read_answer
from powerstream_desktop.client.request import Request
from powerstream_desktop.client.wire import MishapError, RawAnswer
from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.frozen_json import MalformedError, parse_json

_START_IT: Final = "Start PowerStream, or powerstream serve."

Kind = TypeVar("Kind")


class Sender(Protocol):
    """What sends requests (``Wire``)."""

    def send(self, request: Request, address: Address) -> RawAnswer:
        """Send a request and take the whole answer; MishapError if there was none."""
        ...

    def close(self) -> None:
        """Close the connections."""
        ...


class ServiceLink:
    """Asks the service. For one thread at a time.

    Args:
        whereabouts: knows where it is.
        sender: sends requests.
        patience_s: how long a service that was there is waited for.
        was_found: a service was there a moment ago; otherwise the first request says at once that there is none.
        clock: gives the time.
        sleep: waits.
    """

    def __init__(
        self,
        whereabouts: Whereabouts,
        sender: Sender,
        *,
        patience_s: float = PATIENCE_S,
        was_found: bool = False,
        clock: Clock = monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.whereabouts = whereabouts
        self._sender = sender
        self._patience_s = patience_s
        self._clock = clock
        self._sleep = sleep
        self._was_met = was_found

    def ask(self, request: Request) -> dict[str, Any]:
        """Return the answer, a JSON object.

        Raises:
            RefusedError: it cannot be, or not now; its classes say more.
            ServiceFault, RemoteError, ServiceBugError: the service failed, a platform did, or we did.
            ServiceGoneError: no service runs, or it was gone for longer than the patience.
            BadAnswerError: who answers is not our service.
            SystemFault: the file that says where it is cannot be trusted.
        """
        try:
            words = parse_json(self.fetch(request))
        except MalformedError as error:
            raise _not_ours(request, str(error)) from None
        if not isinstance(words, dict):
            raise _not_ours(request, "it is not an object")
        return words

    def fetch(self, request: Request) -> bytes:
        """Return the answer as it came, for what is no JSON; errors as with ``ask``, but for what it holds."""
        answer = self._answer(request)
        if not 200 <= answer.status < 300:
            raise error_of(answer.status, answer.body)
        return answer.body

    def read(self, request: Request, kind: type[Kind], member: str = "") -> Kind:
        """Return the answer, or a member of it, as a value; errors as with ``ask``."""
        words = self.ask(request)
        return read_answer(kind, words.get(member) if member else words, member or "the answer")

    def read_all(self, request: Request, kind: type[Kind], member: str) -> tuple[Kind, ...]:
        """Return a list in the answer as values; errors as with ``ask``."""
        items = self.ask(request).get(member)
        if not isinstance(items, list):
            raise _not_ours(request, f"{member} is not a list")
        return tuple(read_answer(kind, each, f"{member}[{number}]") for number, each in enumerate(items))

    def close(self) -> None:
        """Close the connections; the next request makes new ones."""
        self._sender.close()

    def _answer(self, request: Request) -> RawAnswer:
        """Send a request until there is an answer, or no more patience."""
        patience = Patience(
            is_repeatable=request.may_be_repeated,
            was_met=self._was_met,
            patience_s=self._patience_s,
        )
        while True:
            try:
                return self._attempt(request)
            except MishapError as mishap:
                pause_s = patience.pause_s(mishap.mishap, self._clock())
                if pause_s is None:
                    raise _gone(mishap) from None
            self._sleep(pause_s)

    def _attempt(self, request: Request) -> RawAnswer:
        address = self.whereabouts.address()
        if address is None:
            raise MishapError(Mishap.NO_SERVICE, "no service holds the home's lock")
        self._was_met = True
        answer = self._sender.send(request, address)
        if answer.status == 401 and self._moved_from(address):
            raise MishapError(Mishap.OLD_TOKEN, "the service was started anew")
        return answer

    def _moved_from(self, address: Address) -> bool:
        now_at = self.whereabouts.address()
        return now_at is not None and now_at != address


def _gone(mishap: MishapError) -> PowerStreamError:
    match mishap.mishap:
        case Mishap.NO_SERVICE:
            title, hint = "PowerStream's service is not running.", _START_IT
        case Mishap.SILENCE:
            title, hint = (
                "PowerStream's service does not answer.",
                "Wait a moment, then look how things stand.",
            )
        case Mishap.CUT:
            title, hint = (
                "PowerStream's service broke off its answer.",
                "Look how things stand, then try again.",
            )
        case _:
            title, hint = "PowerStream's service cannot be reached.", _START_IT
    return ServiceGoneError(
        title, hint=hint, detail=mishap.detail, has_changed=may_have_been_obeyed(mishap.mishap)
    )


def _not_ours(request: Request, detail: str) -> BadAnswerError:
    return not_understood(f"{request.method} {request.path}: {detail}")
