"""The server's tokens: opaque, replaced in time and once, and never another account's (V12, V34)."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from powerstream_desktop.cloud.backend.account import Account, server_url
from powerstream_desktop.cloud.backend.backend import Backend, refreshing
from powerstream_desktop.cloud.backend.backend_troubles import BackendCode, BackendTrouble
from powerstream_desktop.cloud.backend.backend_wire import WireAnswer, WireRequest
from powerstream_desktop.cloud.backend.token_keeper import TokenKeeper
from powerstream_desktop.cloud.backend.tokens import Tokens, life_of
from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.common.secrets import Secret
from tests.unit.cloud.backend.scripted_server import (
    ACCOUNT,
    NOW_S,
    OTHER,
    MemoryPlace,
    ScriptedServer,
    as_usual,
    jwt,
    saying,
    tokens,
    unreachable,
)

HOUR_S = 3600.0


@dataclass
class Bench:
    """A keeper before a server."""

    server: ScriptedServer = field(default_factory=ScriptedServer)
    place: MemoryPlace = field(default_factory=MemoryPlace)
    now_s: float = NOW_S

    def __post_init__(self) -> None:
        self.keeper = TokenKeeper(
            self.place, refreshing(self.server), wall_clock=lambda: self.now_s, rng=random.Random(1)
        )
        self.backend = Backend(ACCOUNT, self.server, self.keeper, rng=random.Random(1))

    def live(self, *, access: str, refresh: str | None = None) -> None:
        self.server.good_tokens = {access}
        self.keeper.log_in(tokens(access, refresh))

    @property
    def refreshed(self) -> int:
        return sum(each.url.endswith("/api/auth/refresh") for each in self.server.requests)


def _code(trouble: pytest.ExceptionInfo[BackendTrouble]) -> BackendCode:
    return trouble.value.kind


@pytest.mark.parametrize(
    "address",
    [
        "http://replays.example.com",
        "ftp://replays.example.com",
        "https://user:password@replays.example.com",
        "https://replays.example.com/?token=1",
        "https://replays.example.com/#here",
        "https://replays.example.com:99999",
        "https://replays.example.com:0",
        "https://re plays.example.com",
        "https://replays.example.com\r\nHost: elsewhere",
        "https://127.0.0.1\\@elsewhere.example.com",
        "https://",
        "https://[::1",
        "http://127.0.0.1.elsewhere.example.com",
        "https://" + "a" * 500,
    ],
)
def test_an_address_that_a_token_must_not_go_to_is_refused(address: str) -> None:
    with pytest.raises(UserError):
        server_url(address)


@pytest.mark.parametrize(
    ("address", "used"),
    [
        ("https://replays.example.com/", "https://replays.example.com"),
        ("https://replays.example.com/tv/", "https://replays.example.com/tv"),
        ("http://127.0.0.1:5001", "http://127.0.0.1:5001"),
        ("http://[::1]:5001", "http://[::1]:5001"),
        ("http://localhost:5001", "http://localhost:5001"),
    ],
)
def test_https_is_taken_and_http_to_this_computer_only(address: str, used: str) -> None:
    assert server_url(address) == used


def test_a_token_that_says_nothing_of_its_life_is_shown_until_it_is_refused() -> None:
    bench = Bench()
    bench.live(access="good")
    bench.now_s += 10**9
    assert bench.keeper.token(ACCOUNT) == Secret("good")


@pytest.mark.parametrize(
    "text",
    [
        "a.b.c",
        "e30.e30.e30",
        "one",
        "e30.%%%.c2ln",
        "e30.W10.c2ln",
        jwt(5.0, 4.0),
        jwt(-5.0, 4.0),
        jwt(1.0, 2.0**60),
    ],
)
def test_what_a_token_says_of_its_life_is_taken_only_if_it_can_be(text: str) -> None:
    assert life_of(Secret(text), seen_s=0.0) is None


def test_a_token_is_replaced_after_four_fifths_of_its_life() -> None:
    bench = Bench()
    short = jwt(NOW_S, NOW_S + HOUR_S)
    bench.live(access=short, refresh="once")
    bench.server.refreshes = {"once": ("second", "twice")}
    bench.now_s = NOW_S + 0.7 * HOUR_S
    assert bench.keeper.token(ACCOUNT) == Secret(short)
    bench.now_s = NOW_S + 0.86 * HOUR_S
    assert bench.keeper.token(ACCOUNT) == Secret("second")
    assert [each.refresh for each in bench.place.kept] == [Secret("twice")]


@pytest.mark.parametrize("wrong_s", [-HOUR_S, HOUR_S])
def test_a_wrong_clock_here_replaces_no_token_too_early_nor_too_late(wrong_s: float) -> None:
    bench = Bench()
    short = jwt(NOW_S, NOW_S + HOUR_S)
    bench.now_s = NOW_S + wrong_s
    bench.keeper.saw_date(NOW_S)
    bench.live(access=short, refresh="once")
    bench.server.refreshes = {"once": ("second", "twice")}
    bench.now_s += 0.7 * HOUR_S
    assert bench.keeper.token(ACCOUNT) == Secret(short)
    bench.now_s += 0.16 * HOUR_S
    assert bench.keeper.token(ACCOUNT) == Secret("second")


def test_the_date_of_every_answer_sets_the_clock_right() -> None:
    bench = Bench()
    bench.live(access=jwt(NOW_S, NOW_S + HOUR_S), refresh="once")
    bench.server.refreshes = {"once": ("second", "twice")}
    bench.server.now_s = NOW_S + 0.9 * HOUR_S
    bench.backend.find("01JD2Q3R4S5T6V7W8X9Y0ZABCD")
    assert bench.keeper.token(ACCOUNT) == Secret("second")


def test_an_early_replacement_that_fails_leaves_the_old_token_in_use_for_a_while() -> None:
    bench = Bench()
    short = jwt(NOW_S, NOW_S + HOUR_S)
    bench.live(access=short, refresh="once")
    bench.now_s = NOW_S + 0.9 * HOUR_S
    bench.server.faults = [unreachable]
    assert [bench.keeper.token(ACCOUNT) for _ in range(3)] == [Secret(short)] * 3
    assert bench.refreshed == 1
    bench.server.refreshes = {"once": ("second", "twice")}
    bench.now_s += 31.0
    assert bench.keeper.token(ACCOUNT) == Secret("second")


def test_a_refused_token_is_replaced_once_and_the_request_sent_again() -> None:
    bench = Bench()
    bench.live(access="good", refresh="once")
    bench.server.good_tokens = set()
    bench.server.refreshes = {"once": ("second", "twice")}
    assert bench.backend.find("01JD2Q3R4S5T6V7W8X9Y0ZABCD") is None
    assert [each.token for each in bench.server.asked("GET")] == [Secret("good"), Secret("second")]


def test_a_new_token_that_is_refused_as_well_ends_it() -> None:
    bench = Bench()
    bench.live(access="good", refresh="once")
    bench.server.refreshes = {"once": ("second", "twice")}
    bench.server.faults = [saying(401, {}), as_usual, saying(401, {})]
    with pytest.raises(BackendTrouble) as trouble:
        bench.backend.find("01JD2Q3R4S5T6V7W8X9Y0ZABCD")
    assert _code(trouble) is BackendCode.LOGGED_OUT
    assert bench.refreshed == 1


@pytest.mark.parametrize("refresh", [None, "worn-out"])
def test_a_token_that_cannot_be_replaced_asks_for_a_new_one(refresh: str | None) -> None:
    bench = Bench()
    bench.live(access="good", refresh=refresh)
    bench.server.good_tokens = set()
    with pytest.raises(BackendTrouble) as trouble:
        bench.backend.find("01JD2Q3R4S5T6V7W8X9Y0ZABCD")
    assert _code(trouble) is BackendCode.LOGGED_OUT
    assert not trouble.value.is_worth_retrying


def test_many_threads_whose_token_is_refused_replace_it_once() -> None:
    bench = Bench()
    bench.live(access="good", refresh="once")
    bench.server.good_tokens = set()
    bench.server.refreshes = {"once": ("second", "twice")}
    together = threading.Barrier(8)
    found: list[Secret] = []

    def ask() -> None:
        together.wait(10)
        found.append(bench.keeper.refused(ACCOUNT, Secret("good")))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert found == [Secret("second")] * 8
    assert bench.refreshed == 1


@pytest.mark.allow_warning_logs
def test_new_tokens_that_cannot_be_kept_are_used_for_this_run(caplog: pytest.LogCaptureFixture) -> None:
    class FullPlace:
        def keep(self, _tokens: Tokens) -> None:
            raise SystemFault("The keyring does not answer.")

    bench = Bench()
    keeper = TokenKeeper(FullPlace(), refreshing(bench.server), wall_clock=lambda: NOW_S)
    keeper.log_in(tokens("good", "once"))
    bench.server.refreshes = {"once": ("second", "twice")}
    assert keeper.refused(ACCOUNT, Secret("good")) == Secret("second")
    assert "could not be kept" in caplog.text


@pytest.mark.parametrize("then", ["out", "other"])
def test_what_was_begun_for_an_account_comes_to_nothing_once_it_is_logged_out(then: str) -> None:
    bench = Bench()
    bench.live(access="good")

    def switch(_request: WireRequest, do: Callable[[], WireAnswer]) -> WireAnswer:
        if then == "out":
            bench.keeper.log_out()
        else:
            bench.keeper.log_in(tokens(account=OTHER))
        return do()

    bench.server.faults = [switch]
    with pytest.raises(BackendTrouble) as trouble:
        bench.backend.find("01JD2Q3R4S5T6V7W8X9Y0ZABCD")
    assert _code(trouble) is (BackendCode.LOGGED_OUT if then == "out" else BackendCode.OTHER_ACCOUNT)


def test_no_token_of_another_account_is_ever_shown() -> None:
    bench = Bench()
    bench.keeper.log_in(tokens("others", account=OTHER))
    with pytest.raises(BackendTrouble) as trouble:
        bench.backend.find("01JD2Q3R4S5T6V7W8X9Y0ZABCD")
    assert (_code(trouble), bench.server.requests) == (BackendCode.OTHER_ACCOUNT, [])


def test_tokens_that_come_after_the_account_was_logged_out_are_neither_used_nor_kept() -> None:
    bench = Bench()
    bench.live(access="good", refresh="once")
    bench.server.refreshes = {"once": ("second", "twice")}

    def log_out(_request: WireRequest, do: Callable[[], WireAnswer]) -> WireAnswer:
        bench.keeper.log_out()
        return do()

    bench.server.faults = [log_out]
    with pytest.raises(BackendTrouble):
        bench.keeper.refused(ACCOUNT, Secret("good"))
    assert (bench.place.kept, bench.keeper.account) == ([], None)


def test_tokens_are_kept_as_one_text_and_a_damaged_one_is_none() -> None:
    kept = tokens("good", "once").text()
    assert Tokens.in_text(kept) == tokens("good", "once")
    assert Tokens.in_text(Secret(kept.reveal()[:-3])) is None
    assert Tokens.in_text(None) is None


def test_a_text_that_would_break_the_header_is_no_token() -> None:
    with pytest.raises(UserError) as refused:
        tokens("good\r\nX-Evil: 1")
    assert "Evil" not in str(refused.value)


def test_an_account_is_of_one_address_and_one_login() -> None:
    assert Account.at("https://replays.example.com/", "first") == ACCOUNT
    assert Account.at("https://replays.example.com/", "second") != ACCOUNT
