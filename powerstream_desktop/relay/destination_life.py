"""When a destination connects, waits, tries again and what it says about it: the policy, without any socket.

Pauses follow ``common.backoff``: 0.5, 1, 2, 4, 8 and then 15 s for ever, the first connect included. Refusals wait 15 to
60 s instead. While nobody listens at the other end (the answer to that costs one packet and comes at once), the
destination also *knocks* once a second during the first minute, so that a restarted server is taken up again within a
second or so; a knock that is answered becomes the connection, one that is not is no attempt (ADR 0003).
"""

from __future__ import annotations

import random

from powerstream_desktop.common.backoff import Backoff
from powerstream_desktop.platforms.causes import ABSENCES, REFUSALS, Cause, Failure, FailureKind, explain
from powerstream_desktop.relay.destination_states import DestinationEvent, DestinationState, next_state

REFUSED_STEPS_S = (15.0, 30.0, 60.0)
SETTLED_S = 30.0
"""A connection that held this long was a good one: the back-off starts anew."""
SHORT_LIVES_UNTIL_REJECTED = 3
KNOCK_INTERVAL_S = 1.0
KNOCKING_S = 60.0

CONNECTED_STATES = frozenset({DestinationState.PUBLISHING, DestinationState.LIVE, DestinationState.SLOW})
WAITING_STATES = frozenset({DestinationState.RETRYING, DestinationState.REJECTED})


class DestinationLife:
    """State, attempts, pauses and cause of one destination. Pure: every method is told the time (monotonic seconds)."""

    def __init__(self, name: str, now: float, rng: random.Random) -> None:
        self.name = name
        self.state = DestinationState.OFF
        self.since = now
        self.attempt = 0
        self.cause: Cause | None = None
        self.next_retry_at: float | None = None
        self.connects = 0
        self._live_since: float | None = None
        self._key_has_worked = False
        self._short_lives = 0
        self._knock_from: float | None = None
        self._lost_backoff = Backoff(rng=rng)
        self._refused_backoff = Backoff(REFUSED_STEPS_S, rng=rng)

    def handle(self, event: DestinationEvent, now: float) -> None:
        """Move on by an event that is not a failure; BugError when the state does not allow it."""
        self._move(event, now)
        if event is DestinationEvent.START:
            self._begin_anew()
        elif event is DestinationEvent.RETRY_DUE:
            self.next_retry_at = None
        elif event is DestinationEvent.MEDIA_TAKEN:
            self._live_since = now
            self._key_has_worked = True
            self._knock_from = None
            self.connects += 1
            self.attempt = 0
            self.cause = None
        elif event in (DestinationEvent.STOP, DestinationEvent.STREAM_ENDED):
            self._begin_anew()
            self.attempt = 0

    def fail(self, failure: Failure, now: float) -> None:
        """Take a failure of the running connection: decide between retrying and rejected, and plan the next try."""
        failure = self._reconsider(failure, now)
        refused = self._counts_as_refusal(failure)
        self._move(DestinationEvent.REFUSED if refused else DestinationEvent.LOST, now)
        self.cause = explain(failure, self.name)
        self.attempt += 1
        backoff = self._refused_backoff if refused else self._lost_backoff
        self.next_retry_at = now + backoff.next_pause_s()
        if failure.kind in ABSENCES:
            self._knock_from = self._knock_from if self._knock_from is not None else now
        else:
            self._knock_from = None

    @property
    def has_been_live(self) -> bool:
        """True once the platform has taken media in this broadcast."""
        return self._key_has_worked

    def next_knock_at(self, now: float) -> float | None:
        """Return when to see whether somebody listens again, or None when not to."""
        if (
            self._knock_from is None
            or self.state is not DestinationState.RETRYING
            or now - self._knock_from > KNOCKING_S
        ):
            return None
        return now + KNOCK_INTERVAL_S

    def _move(self, event: DestinationEvent, now: float) -> None:
        following = next_state(self.state, event)
        if following is not self.state:
            self.state = following
            self.since = now

    def _begin_anew(self) -> None:
        self.attempt = 1
        self.cause = None
        self.next_retry_at = None
        self._live_since = None
        self._key_has_worked = False
        self._short_lives = 0
        self._knock_from = None
        self._lost_backoff.reset()
        self._refused_backoff.reset()

    def _reconsider(self, failure: Failure, now: float) -> Failure:
        """Look at how long the connection lived: a platform that takes the key and then hangs up is saying no (rtmp.md 1.19)."""
        lived_s = now - self._live_since if self._live_since is not None else None
        self._live_since = None
        if lived_s is None:
            return failure
        if lived_s >= SETTLED_S:
            self._short_lives = 0
            self._lost_backoff.reset()
            self._refused_backoff.reset()
            return failure
        if failure.kind is FailureKind.CLOSED:
            self._short_lives += 1
            return Failure(FailureKind.CLOSED_SOON, failure.detail)
        return failure

    def _counts_as_refusal(self, failure: Failure) -> bool:
        if failure.kind is FailureKind.CLOSED_SOON:
            return self._short_lives >= SHORT_LIVES_UNTIL_REJECTED
        if failure.kind is FailureKind.ENDED_BY_PLATFORM:
            return True
        # A key that worked in this broadcast is not wrong: the platform still holds our dead session (rtmp.md 1.20).
        return failure.kind in REFUSALS and not self._key_has_worked
