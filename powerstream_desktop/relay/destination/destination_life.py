"""When a destination connects, waits, tries again and what it says about it: the policy, without any socket.

Pauses follow ``common.backoff``: 0.5, 1, 2, 4, 8 and then at most 15 s for ever, the first connect included. They grow with the tries
that failed since the platform last took media for 5 s: whoever was live and is cut off is tried again after half a second,
however often that happens (F18), and only a platform that takes us in and drops us within those 5 s waits longer each time.

Refusals wait 15 to 60 s instead. A platform that takes the key, hangs up within half a minute, and takes it again at once is
saying no as well (rtmp.md 1.19): the third time in a row counts as a refusal. When what comes in between is a broken way
(nobody there, a time-out), the way is to blame and the counting starts anew. Who hangs up while our data are under way resets the
connection: that is no accident either as long as none has held for 5 s in this broadcast.

A key that has worked in this broadcast is not wrong when it is refused: the platform still holds our dead session. It lets go
of that after a minute at most (rtmp.md 1.20), so who is refused for longer is meant: the account was banned, or the key made anew.

While nobody listens at the other end (the answer to that costs one packet and comes at once), the destination also *knocks*
once a second during the first minute, and four times a second during the first two seconds after a live connection; a knock
that is answered becomes the connection, one that is not is no attempt (ADR 0003).
"""

from __future__ import annotations

import random
from collections.abc import Callable

from powerstream_desktop.common.backoff import Backoff
from powerstream_desktop.platforms.causes import Cause, explain
from powerstream_desktop.platforms.failures import ABSENCES, REFUSALS, Failure, FailureKind
from powerstream_desktop.platforms.platform import Platform
from powerstream_desktop.relay.destination.destination_states import (
    DestinationEvent,
    DestinationState,
    next_state,
)

REFUSED_STEPS_S = (21.5, 30.0, 46.0)
"""With their jitter between 15 and 60 s (F20, reliability_security.md 2.3)."""
HELD_S = 5.0
"""A connection that was live for so long ended the outage before it: the next pause is the shortest."""
SETTLED_S = 30.0
"""A connection that was live for so long was a good one: nothing before it counts any more."""
SHORT_LIVES_UNTIL_REJECTED = 3
GHOST_S = 75.0
"""A platform may hold a dead session for a minute, and take it for the one that publishes."""
KNOCK_INTERVAL_S = 1.0
KNOCKING_S = 60.0
QUICK_KNOCK_INTERVAL_S = 0.25
QUICK_KNOCKING_S = 2.0

CONNECTED_STATES = (DestinationState.LIVE, DestinationState.SLOW, DestinationState.PUBLISHING)
WAITING_STATES = frozenset({DestinationState.RETRYING, DestinationState.REJECTED})


class DestinationLife:
    """State, attempts, pauses and cause of one way to a platform. Pure: every method is told the time (monotonic seconds).

    Args:
        name: what the words about failures call it.
        now: the time.
        rng: randomness for the jitter of the pauses.
        on_turn: called whenever the state has become another one; must not come back here.
    """

    def __init__(
        self, name: str, now: float, rng: random.Random, on_turn: Callable[[], None] | None = None
    ) -> None:
        self.name = name
        self.platform: Platform | None = None
        """What the catalogue knows of the platform; its habits change the words."""
        self.state = DestinationState.OFF
        self.since = now
        self.attempt = 0
        self.cause: Cause | None = None
        self.next_retry_at: float | None = None
        """None while nothing is planned: also when only another stream could change a refusal."""
        self.connects = 0
        self._live_since: float | None = None
        self._key_has_worked = False
        self._has_held = False
        self._refused_since: float | None = None
        self._short_lives = 0
        self._knock_from: float | None = None
        self._on_turn = on_turn
        self._lost_backoff = Backoff(rng=rng)
        self._refused_backoff = Backoff(REFUSED_STEPS_S, rng=rng)

    @property
    def is_connected(self) -> bool:
        """True from Publish.Start until the connection is lost or ended."""
        return self.state in CONNECTED_STATES

    def handle(self, event: DestinationEvent, now: float) -> None:
        """Move on by an event that is not a failure; BugError when the state does not allow it."""
        self._move(event, now)
        match event:
            case DestinationEvent.START:
                self._begin_anew(attempt=1)
            case DestinationEvent.RETRY_DUE:
                self.next_retry_at = None
            case DestinationEvent.MEDIA_TAKEN:
                self._is_live(now)
            case DestinationEvent.HANDED_OVER if self.state is not DestinationState.PUBLISHING:
                self._is_live(now)
            case DestinationEvent.STOP | DestinationEvent.STREAM_ENDED:
                self._begin_anew(attempt=0)
            case _:
                pass

    def fail(self, failure: Failure, now: float) -> None:
        """Take a failure of the running connection: decide between retrying and rejected, and plan the next try."""
        failure = self._reconsider(failure, now)
        refused = self._counts_as_refusal(failure, now)
        self._move(DestinationEvent.REFUSED if refused else DestinationEvent.LOST, now)
        self.cause = self.explain(failure)
        self._knock_from = self._knocking_since(failure, now)
        if failure.kind is FailureKind.UNSUPPORTED_CODEC:
            self.next_retry_at = None
            return
        self.attempt += 1
        backoff = self._refused_backoff if refused else self._lost_backoff
        self.next_retry_at = now + backoff.next_pause_s()

    def explain(self, failure: Failure) -> Cause:
        """Return a failure in words."""
        return explain(failure, self.name, self.platform)

    def trust_key(self) -> None:
        """The key has worked at another server of the platform in this broadcast: a refusal is no verdict on it."""
        self._key_has_worked = self._has_held = True

    @property
    def has_been_live(self) -> bool:
        """True once the platform has taken media with this key in this broadcast."""
        return self._key_has_worked

    def next_knock_at(self, now: float) -> float | None:
        """Return when to see whether somebody listens again, or None when not to."""
        if self._knock_from is None or self.state is not DestinationState.RETRYING:
            return None
        absent_s = now - self._knock_from
        if absent_s > KNOCKING_S:
            return None
        was_there = self._key_has_worked and absent_s < QUICK_KNOCKING_S
        return now + (QUICK_KNOCK_INTERVAL_S if was_there else KNOCK_INTERVAL_S)

    def _move(self, event: DestinationEvent, now: float) -> None:
        following = next_state(self.state, event)
        if following is not self.state:
            self.state = following
            self.since = now
            if self._on_turn is not None:
                self._on_turn()

    def _begin_anew(self, *, attempt: int) -> None:
        self.attempt = attempt
        self.cause = None
        self.next_retry_at = None
        self._live_since = None
        self._key_has_worked = self._has_held = False
        self._refused_since = None
        self._short_lives = 0
        self._knock_from = None
        self._lost_backoff.reset()
        self._refused_backoff.reset()

    def _is_live(self, now: float) -> None:
        self._live_since = now
        self._key_has_worked = True
        self._refused_since = None
        self._knock_from = None
        self.connects += 1
        self.attempt = 0
        self.cause = None

    def _reconsider(self, failure: Failure, now: float) -> Failure:
        """Look at how long the connection was live, if it was: that tells an accident from a refusal."""
        live_since, self._live_since = self._live_since, None
        if live_since is None:
            if self._is_drop_at_start(failure):
                return self._short_life(failure)
            if failure.kind not in REFUSALS:
                self._short_lives = 0
            return failure
        live_s = now - live_since
        self._has_held = self._has_held or live_s >= HELD_S
        if live_s >= HELD_S or failure.kind is FailureKind.FORMAT_REFUSED:
            self._lost_backoff.reset()
        if live_s >= SETTLED_S:
            self._short_lives = 0
            self._refused_backoff.reset()
        elif self._is_hung_up(failure):
            return self._short_life(failure)
        return failure

    def _is_drop_at_start(self, failure: Failure) -> bool:
        """Tell whether the platform accepted the key and hung up before it took anything, as nginx does where it denies us."""
        return self.state is DestinationState.PUBLISHING and self._is_hung_up(failure)

    def _is_hung_up(self, failure: Failure) -> bool:
        """Tell whether the platform itself ended the connection.

        What it has not read by then turns its close into a reset. One of a key that has held may be an accident.
        """
        kind = failure.kind
        return kind is FailureKind.CLOSED or (kind is FailureKind.RESET and not self._has_held)

    def _short_life(self, failure: Failure) -> Failure:
        self._short_lives += 1
        return Failure(FailureKind.CLOSED_SOON, failure.detail)

    def _counts_as_refusal(self, failure: Failure, now: float) -> bool:
        match failure.kind:
            case FailureKind.CLOSED_SOON:
                return self._short_lives >= SHORT_LIVES_UNTIL_REJECTED
            case FailureKind.ENDED_BY_PLATFORM | FailureKind.UNSUPPORTED_CODEC:
                return True
            case _:
                return failure.kind in REFUSALS and not self._is_ghosts_fault(now)

    def _is_ghosts_fault(self, now: float) -> bool:
        """Tell whether a refusal may be meant for whoever shows a second time the key that our dead session holds."""
        if self._refused_since is None:
            self._refused_since = now
        return self._key_has_worked and now - self._refused_since < GHOST_S

    def _knocking_since(self, failure: Failure, now: float) -> float | None:
        """Return since when nobody has been at home; None when somebody was."""
        if failure.kind not in ABSENCES:
            return None
        return self._knock_from if self._knock_from is not None else now
