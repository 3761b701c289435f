"""When a destination tries again, when it knocks, and what it says (rtmp.md 1.19, reliability_security.md 2.3)."""

from __future__ import annotations

import random

import pytest

from powerstream_desktop.common.backoff import JITTER, LONGEST_PAUSE_S
from powerstream_desktop.common.errors import BugError
from powerstream_desktop.platforms.failures import Failure, FailureKind
from powerstream_desktop.relay.destination.destination_life import (
    GHOST_S,
    HELD_S,
    KNOCK_INTERVAL_S,
    KNOCKING_S,
    QUICK_KNOCK_INTERVAL_S,
    QUICK_KNOCKING_S,
    REFUSED_STEPS_S,
    SETTLED_S,
    DestinationLife,
)
from powerstream_desktop.relay.destination.destination_states import DestinationEvent, DestinationState

E = DestinationEvent
K = FailureKind
S = DestinationState


class EvenRandom(random.Random):
    """Takes the jitter out: every pause is its step."""

    def uniform(self, a: float, b: float) -> float:
        return (a + b) / 2


class Life(DestinationLife):
    """A life with a clock that the test moves."""

    def __init__(self) -> None:
        super().__init__("Twitch", 0.0, EvenRandom())
        self.now = 0.0
        self.event(E.START)

    def event(self, event: DestinationEvent) -> None:
        self.handle(event, self.now)

    def go_live(self) -> None:
        self.event(E.KEY_SENT)
        self.event(E.MEDIA_TAKEN)

    def lose(self, kind: FailureKind = K.RESET) -> float:
        """Fail, wait for the next try as planned, and return how long that was."""
        self.fail(Failure(kind), self.now)
        assert self.next_retry_at is not None
        pause_s = self.next_retry_at - self.now
        self.now = self.next_retry_at
        self.event(E.RETRY_DUE)
        return pause_s


@pytest.fixture
def life() -> Life:
    return Life()


def test_pauses_grow_to_fifteen_seconds_at_most_and_stay_there_for_ever(life: Life) -> None:
    longest = LONGEST_PAUSE_S / (1 + JITTER)
    assert [life.lose() for _ in range(9)] == pytest.approx([0.5, 1, 2, 4, 8, *[longest] * 4])


def test_the_first_connect_is_retried_like_any_other(life: Life) -> None:
    assert life.lose(K.DNS) == pytest.approx(0.5)
    assert life.state is S.CONNECTING


def test_every_pause_is_jittered_by_thirty_percent() -> None:
    pauses = set()
    for seed in range(50):
        life = DestinationLife("Twitch", 0.0, random.Random(seed))
        life.handle(E.START, 0.0)
        life.fail(Failure(K.RESET), 0.0)
        pauses.add(life.next_retry_at)
        assert life.next_retry_at is not None
        assert 0.35 <= life.next_retry_at <= 0.65
    assert len(pauses) > 40


def test_every_turn_of_the_light_is_told_once_and_nothing_else() -> None:
    turns: list[S] = []
    watched = DestinationLife("Twitch", 0.0, random.Random(1), lambda: turns.append(watched.state))
    for event in (E.START, E.KEY_SENT, E.HANDED_OVER, E.MEDIA_TAKEN):
        watched.handle(event, 0.0)
    watched.fail(Failure(K.STALLED), 1.0)
    assert turns == [S.CONNECTING, S.PUBLISHING, S.LIVE, S.RETRYING]


def test_a_refused_key_is_said_loudly_and_asked_again_slowly(life: Life) -> None:
    life.event(E.KEY_SENT)
    life.fail(Failure(K.KEY_REFUSED, "NetStream.Publish.BadName"), 0.0)
    assert life.state is S.REJECTED
    assert life.cause is not None
    assert life.cause.code == "key-refused"
    assert life.next_retry_at == pytest.approx(REFUSED_STEPS_S[0])


def test_refusals_wait_between_fifteen_and_sixty_seconds_whatever_the_jitter(life: Life) -> None:
    pauses = []
    for _ in range(5):
        life.event(E.KEY_SENT)
        pauses.append(life.lose(K.CLOSED_BEFORE_START))
    assert pauses == pytest.approx([*REFUSED_STEPS_S, REFUSED_STEPS_S[-1], REFUSED_STEPS_S[-1]])
    assert min(pauses) * (1 - JITTER) >= 15
    assert max(pauses) * (1 + JITTER) <= 60


@pytest.mark.parametrize("kind", [K.KEY_REFUSED, K.CLOSED_BEFORE_START, K.CONNECT_REJECTED])
def test_a_key_that_worked_in_this_broadcast_is_not_called_wrong(life: Life, kind: FailureKind) -> None:
    life.go_live()
    life.lose()
    assert life.has_been_live
    assert life.lose(kind) == pytest.approx(1)
    life.fail(Failure(kind), life.now)
    assert life.state is S.RETRYING


@pytest.mark.parametrize("kind", [K.KEY_REFUSED, K.CLOSED_BEFORE_START, K.CONNECT_REJECTED])
def test_a_key_that_worked_and_is_refused_for_longer_than_a_dead_session_is_held_is_said_loudly(
    life: Life, kind: FailureKind
) -> None:
    life.go_live()
    life.lose()
    since = life.now
    while life.now - since < GHOST_S:
        assert life.lose(kind) <= LONGEST_PAUSE_S
    life.fail(Failure(kind), life.now)
    assert life.state is S.REJECTED
    assert life.next_retry_at is not None
    assert life.next_retry_at - life.now == pytest.approx(REFUSED_STEPS_S[0])


def test_each_outage_gives_a_dead_session_its_own_time(life: Life) -> None:
    for _ in range(3):
        life.go_live()
        life.lose()
        for _ in range(5):
            assert life.lose(K.KEY_REFUSED) <= LONGEST_PAUSE_S


def test_the_next_broadcast_knows_nothing_of_the_one_before(life: Life) -> None:
    life.go_live()
    life.lose()
    life.lose()
    life.event(E.STREAM_ENDED)
    assert (life.state, life.cause, life.next_retry_at, life.attempt) == (S.OFF, None, None, 0)
    life.event(E.START)
    assert not life.has_been_live
    assert life.attempt == 1
    assert life.lose() == pytest.approx(0.5)
    assert life.connects == 1


def test_what_the_platform_ended_itself_is_not_hammered(life: Life) -> None:
    life.go_live()
    life.fail(Failure(K.ENDED_BY_PLATFORM), life.now)
    assert life.state is S.REJECTED
    assert life.next_retry_at == pytest.approx(REFUSED_STEPS_S[0])


def test_three_short_lives_in_a_row_mean_no(life: Life) -> None:
    states = []
    for _ in range(3):
        life.go_live()
        life.now += SETTLED_S - 1
        life.fail(Failure(K.CLOSED), life.now)
        states.append(life.state)
        assert life.cause is not None
        assert life.cause.code == "closed-soon"
        life.event(E.RETRY_DUE)
    assert states == [S.RETRYING, S.RETRYING, S.REJECTED]


@pytest.mark.parametrize("kind", [K.CLOSED, K.RESET])
def test_a_platform_that_hangs_up_behind_its_welcome_three_times_means_no(
    life: Life, kind: FailureKind
) -> None:
    states = []
    for _ in range(3):
        life.event(E.KEY_SENT)
        life.fail(Failure(kind), life.now)
        states.append(life.state)
        assert life.cause is not None
        assert life.cause.code == "closed-soon"
        life.event(E.RETRY_DUE)
    assert states == [S.RETRYING, S.RETRYING, S.REJECTED]


def test_a_cut_behind_the_welcome_is_no_verdict_on_a_key_that_has_held(life: Life) -> None:
    life.go_live()
    life.now += HELD_S
    for _ in range(4):
        life.lose(K.RESET)
        life.event(E.KEY_SENT)
    assert life.cause is not None
    assert life.cause.code == "reset"


def test_a_cut_on_the_way_to_the_key_says_nothing_about_it(life: Life) -> None:
    for _ in range(4):
        assert life.lose(K.RESET) < 15
    assert life.cause is not None
    assert life.cause.code == "reset"


def test_a_cut_connection_says_nothing_about_a_key_that_has_held(life: Life) -> None:
    life.go_live()
    life.now += HELD_S
    for _ in range(5):
        life.fail(Failure(K.RESET), life.now)
        assert life.state is S.RETRYING
        life.event(E.RETRY_DUE)
        life.go_live()


def test_a_platform_that_takes_a_moment_of_media_and_hangs_up_three_times_means_no(life: Life) -> None:
    """nginx denies a key by hanging up: what we send until we know may look like a moment of being live."""
    states = []
    for _ in range(3):
        life.go_live()
        life.now += 0.3
        life.fail(Failure(K.RESET), life.now)
        states.append(life.state)
        life.event(E.RETRY_DUE)
    assert states == [S.RETRYING, S.RETRYING, S.REJECTED]


@pytest.mark.parametrize("live_s", [HELD_S, SETTLED_S - 1, SETTLED_S])
def test_whoever_was_live_for_five_seconds_is_tried_again_at_once(life: Life, live_s: float) -> None:
    for _ in range(4):
        life.lose()
    life.go_live()
    life.now += live_s
    assert life.lose() == pytest.approx(0.5)


def test_twenty_short_cuts_never_make_the_pause_longer(life: Life) -> None:
    """F18: a cut of a second each quarter of a minute."""
    for _ in range(20):
        life.go_live()
        life.now += 14.0
        assert life.lose(K.CLOSED) == pytest.approx(0.5)
        assert life.state is S.CONNECTING
        assert life.lose(K.REFUSED) == pytest.approx(1)


def test_a_platform_that_takes_us_in_and_soon_no_more_waits_longer_each_time(life: Life) -> None:
    pauses = []
    for _ in range(4):
        life.go_live()
        life.now += HELD_S - 0.1
        pauses.append(life.lose(K.TOO_SLOW))
    assert pauses == pytest.approx([0.5, 1, 2, 4])


def test_a_broken_way_between_two_short_lives_speaks_for_the_key(life: Life) -> None:
    for _ in range(2):
        life.go_live()
        life.lose(K.CLOSED)
    life.lose(K.CONNECT_TIMEOUT)
    life.go_live()
    life.fail(Failure(K.CLOSED), life.now)
    assert life.state is S.RETRYING


def test_a_codec_that_is_not_accepted_is_not_asked_for_again_until_it_changes(life: Life) -> None:
    life.fail(Failure(K.UNSUPPORTED_CODEC, "hvc1; accepted: avc1"), life.now)
    assert (life.state, life.next_retry_at, life.attempt) == (S.REJECTED, None, 1)
    assert life.cause is not None
    assert life.cause.code == "unsupported-codec"
    life.event(E.RETRY_DUE)
    assert life.state is S.CONNECTING


def test_new_headers_that_a_platform_does_not_like_cost_half_a_second_and_say_nothing_about_its_key(
    life: Life,
) -> None:
    for _ in range(5):
        life.go_live()
        life.now += 1.0
        assert life.lose(K.FORMAT_REFUSED) == pytest.approx(0.5)


def test_a_key_that_works_at_the_platforms_other_server_is_not_called_wrong(life: Life) -> None:
    life.trust_key()
    assert life.has_been_live
    life.fail(Failure(K.KEY_REFUSED), life.now)
    assert life.state is S.RETRYING


def test_a_move_counts_as_a_connection_once_media_was_taken(life: Life) -> None:
    life.event(E.KEY_SENT)
    life.event(E.HANDED_OVER)
    assert (life.state, life.connects) == (S.PUBLISHING, 0)
    life.event(E.MEDIA_TAKEN)
    life.now += 3.0
    life.event(E.HANDED_OVER)
    assert (life.state, life.connects, life.since) == (S.LIVE, 2, 0.0)


def test_where_somebody_was_a_moment_ago_it_knocks_four_times_a_second(life: Life) -> None:
    life.go_live()
    life.now += 60.0
    life.lose()
    life.fail(Failure(K.REFUSED), life.now)
    began = life.now
    assert life.next_knock_at(began) == pytest.approx(began + QUICK_KNOCK_INTERVAL_S)
    later = began + QUICK_KNOCKING_S
    assert life.next_knock_at(later) == pytest.approx(later + KNOCK_INTERVAL_S)


def test_where_nobody_listens_it_knocks_every_second_of_the_first_minute(life: Life) -> None:
    life.fail(Failure(K.REFUSED), life.now)
    assert life.next_knock_at(0.2) == pytest.approx(0.2 + KNOCK_INTERVAL_S)
    assert life.next_knock_at(KNOCKING_S) is not None
    assert life.next_knock_at(KNOCKING_S + 0.1) is None


def test_further_refusals_do_not_prolong_the_minute(life: Life) -> None:
    for _ in range(5):
        life.lose(K.REFUSED)
    life.fail(Failure(K.UNREACHABLE), life.now)
    assert life.next_knock_at(KNOCKING_S + 0.1) is None


def test_a_new_absence_after_a_connection_has_its_own_minute(life: Life) -> None:
    life.lose(K.REFUSED)
    life.go_live()
    life.now += 1000
    life.fail(Failure(K.UNREACHABLE), life.now)
    assert life.next_knock_at(life.now) is not None


@pytest.mark.parametrize("kind", sorted(set(K) - {K.REFUSED, K.UNREACHABLE}))
def test_whoever_answers_in_any_other_way_is_not_knocked_at(life: Life, kind: FailureKind) -> None:
    life.event(E.KEY_SENT)
    life.fail(Failure(kind), life.now)
    assert life.next_knock_at(life.now) is None


def test_nobody_knocks_while_connecting(life: Life) -> None:
    life.lose(K.REFUSED)
    assert life.next_knock_at(life.now) is None


def test_attempts_count_the_tries_of_this_outage(life: Life) -> None:
    assert life.attempt == 1
    life.lose()
    assert life.attempt == 2
    life.lose()
    assert life.attempt == 3
    life.go_live()
    assert (life.attempt, life.connects, life.cause) == (0, 1, None)
    life.lose()
    assert life.attempt == 1


def test_the_time_in_a_state_begins_when_it_is_entered(life: Life) -> None:
    life.now = 3.0
    life.go_live()
    life.now = 9.0
    life.event(E.FELL_BEHIND)
    assert life.since == 9.0
    life.now = 10.0
    life.event(E.CAUGHT_UP)
    assert life.since == 10.0


def test_a_failure_of_a_destination_that_is_stopped_is_a_bug(life: Life) -> None:
    life.event(E.STOP)
    with pytest.raises(BugError):
        life.fail(Failure(K.RESET), life.now)
    assert life.state is S.STOPPED
