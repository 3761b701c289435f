"""Having a server forget a replay: as often as it takes, only the film that it was told of, and never at the cost of a text."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from powerstream_desktop.cloud.backend.backend import MAX_MERGES, Backend, refreshing
from powerstream_desktop.cloud.backend.backend_troubles import BackendCode, BackendTrouble
from powerstream_desktop.cloud.backend.backend_wire import WireAnswer, WireRequest
from powerstream_desktop.cloud.backend.texts import Agreement, LostWords, Texts
from powerstream_desktop.cloud.backend.token_keeper import TokenKeeper
from tests.unit.cloud.backend.scripted_server import (
    ACCOUNT,
    ASSET_ID,
    NOW_S,
    SHA256,
    Fault,
    MemoryPlace,
    ScriptedServer,
    as_usual,
    failing,
    losing_the_answer,
    saying,
    tokens,
)

SAID = Texts(title="A show", description="", station_id=None)
AGREED = Agreement(ours=SAID, theirs=SAID)


def _backend(server: ScriptedServer) -> Backend:
    keeper = TokenKeeper(MemoryPlace(), refreshing(server), wall_clock=lambda: NOW_S)
    keeper.log_in(tokens())
    return Backend(ACCOUNT, server, keeper, sleep=lambda _: None, rng=random.Random(1))


def _server() -> ScriptedServer:
    server = ScriptedServer()
    server.put_in()
    return server


def test_it_is_forgotten_and_asking_again_is_harmless() -> None:
    server = _server()
    backend = _backend(server)
    assert backend.take_back(ASSET_ID, SHA256, AGREED) == ()
    assert server.replays == {}
    assert backend.take_back(ASSET_ID, SHA256, AGREED) == ()
    assert len(server.asked("DELETE")) == 1


def test_an_answer_that_is_lost_leaves_it_open_and_the_next_time_finds_nothing() -> None:
    server = _server()
    server.faults = [as_usual, losing_the_answer]
    with pytest.raises(BackendTrouble) as failed:
        _backend(server).take_back(ASSET_ID, SHA256, AGREED)
    assert failed.value.is_worth_retrying
    assert _backend(server).take_back(ASSET_ID, SHA256, AGREED) == ()


def test_another_film_under_the_id_stays() -> None:
    server = _server()
    assert _backend(server).take_back(ASSET_ID, "cd" * 32, AGREED) == ()
    assert list(server.replays) == [ASSET_ID]
    assert server.asked("DELETE") == []


def test_what_was_written_there_is_handed_back_also_when_it_was_written_at_the_last_moment() -> None:
    server = _server()
    server.faults = [_editing(server, as_usual)]
    lost = _backend(server).take_back(ASSET_ID, SHA256, AGREED)
    assert lost == (LostWords(field="title", text="Edited there"),)
    assert server.replays == {}


def test_one_that_is_edited_all_the_time_is_left_for_later() -> None:
    server = _server()
    server.faults = [_editing(server, as_usual), as_usual] * MAX_MERGES
    with pytest.raises(BackendTrouble) as failed:
        _backend(server).take_back(ASSET_ID, SHA256, AGREED)
    assert failed.value.kind is BackendCode.CHANGED
    assert list(server.replays) == [ASSET_ID]


@pytest.mark.parametrize("status", [202, 204, 404, 410])
def test_a_server_may_say_in_its_own_way_that_it_is_gone(status: int) -> None:
    server = _server()
    server.faults = [as_usual, saying(status, b"")]
    assert _backend(server).take_back(ASSET_ID, SHA256, AGREED) == ()


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (failing, BackendCode.FAILED),
        (saying(403, {}), BackendCode.FORBIDDEN),
        (saying(405, {}), BackendCode.INVALID),
        (saying(429, {}), BackendCode.SLOW_DOWN),
    ],
)
def test_a_server_that_does_not_do_it_is_said_so(fault: Fault, code: BackendCode) -> None:
    server = _server()
    server.faults = [as_usual, fault]
    with pytest.raises(BackendTrouble) as failed:
        _backend(server).take_back(ASSET_ID, SHA256, AGREED)
    assert failed.value.kind is code


def _editing(server: ScriptedServer, then: Fault) -> Fault:
    """Return what answers as usual, and lets somebody edit the replay right after."""

    def answer(request: WireRequest, do: Callable[[], WireAnswer]) -> WireAnswer:
        answered = then(request, do)
        server.put_in(title="Edited there")
        return answered

    return answer
