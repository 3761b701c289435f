"""The way in, in order: door, reach, token, scope, rate. Pure: told facts and the time.

The door comes first, so that a web page learns nothing, not even whether a token is good. From other computers nobody lets devices
in, puts them out or says where keys are kept, whatever token is shown: that is done at this computer alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from powerstream_desktop.service.access import refusal
from powerstream_desktop.service.access.door import Door
from powerstream_desktop.service.access.rate_limits import CallerRates, FailedTokens
from powerstream_desktop.service.access.refusal import Refusal
from powerstream_desktop.service.access.request_facts import RequestFacts
from powerstream_desktop.service.access.routes import Reach, needed_scope
from powerstream_desktop.service.access.scope import Caller, Scope
from powerstream_desktop.service.access.tokens import BadTokenError, TokenAuthority

_SCHEME: Final = "bearer "


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """One that may go on; ``caller`` is ``None`` where no token is needed."""

    caller: Caller | None


class Admission:
    """Lets requests in or says why not.

    Args:
        door: where the API stands.
        authority: knows the tokens.
        reach: who can come to the door.
    """

    def __init__(self, door: Door, authority: TokenAuthority, *, reach: Reach = Reach.THIS_COMPUTER) -> None:
        self._door = door
        self._authority = authority
        self._reach = reach
        self._rates = CallerRates()
        self._failed = FailedTokens()

    def stand_at(self, door: Door) -> None:
        """Stand at another door from now on: this computer goes by other names and addresses."""
        self._door = door

    def judge(self, facts: RequestFacts, now: float, unix_s: float) -> Admitted | Refusal:
        """Return whether a request may go on.

        Args:
            facts: of the request.
            now: monotonic seconds, for the rates.
            unix_s: wall time, for the tokens.
        """
        if refused := self._door.refuses(facts):
            return self._limited("", now) or refused
        needed = needed_scope(facts, self._reach)
        if needed is None:
            return self._limited("", now) or Admitted(caller=None)
        if needed is Scope.ADMIN and self._reach is Reach.NETWORK:
            return self._limited("", now) or refusal.ONLY_HERE
        return self._with_token(facts, needed, now, unix_s)

    def _with_token(
        self, facts: RequestFacts, needed: Scope, now: float, unix_s: float
    ) -> Admitted | Refusal:
        shown = facts.values("authorization")
        if not shown:
            return self._limited("", now) or refusal.NOT_LOGGED_IN
        try:
            caller = self._authority.verify(_bearer(shown[0]), unix_s)
        except BadTokenError:
            return self._bad_token(now)
        if caller.scope is Scope.ADMIN and self._reach is Reach.NETWORK:
            return self._limited("", now) or refusal.ONLY_HERE
        if not caller.scope.includes(needed):
            return self._limited(caller.token_id, now) or refusal.NOT_ALLOWED
        return self._limited(caller.token_id, now) or Admitted(caller=caller)

    def _bad_token(self, now: float) -> Refusal:
        if (pause_s := self._failed.pause_s(now)) > 0:
            return refusal.too_many_requests(pause_s)
        self._failed.note(now)
        return self._limited("", now) or refusal.BAD_TOKEN

    def _limited(self, token_id: str, now: float) -> Refusal | None:
        wait_s = self._rates.take(token_id, now)
        return refusal.too_many_requests(wait_s) if wait_s > 0 else None


def _bearer(header: str) -> str:
    """Return the token in a header; nothing if it is of another kind, which is no token then."""
    return header[len(_SCHEME) :].strip() if header[: len(_SCHEME)].lower() == _SCHEME else ""
