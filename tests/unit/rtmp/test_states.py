"""Every pair of state and input of the three machines, against matrices that were written down apart from the tables.

In a cell: the state that follows, ``peer`` where the peer broke the order, ``us`` where we did.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

import pytest

from powerstream_desktop.rtmp.errors import LocalProtocolError, ProtocolError
from powerstream_desktop.rtmp.states import (
    CLIENT_TRANSITIONS,
    SERVER_TRANSITIONS,
    STREAM_TRANSITIONS,
    ClientInput,
    ClientState,
    Input,
    ServerInput,
    ServerState,
    StreamInput,
    StreamState,
    advance,
)

SERVER = """
                  HANDSHAKE_DONE    CONNECT          OTHER_MESSAGE  ACCEPT_CONNECT  REJECT_CONNECT  SAY_LAST_WORD  LOST
HANDSHAKING       AWAITING_CONNECT  peer             peer           us              us              us             CLOSED
AWAITING_CONNECT  peer              CONNECT_PENDING  peer           us              us              us             CLOSED
CONNECT_PENDING   peer              peer             peer           CONNECTED       ENDING          us             CLOSED
CONNECTED         peer              CONNECTED        CONNECTED      us              us              ENDING         CLOSED
ENDING            peer              peer             peer           us              us              us             CLOSED
CLOSED            peer              peer             peer           us              us              us             peer
"""

STREAM = """
                 PUBLISH          PLAY          ACCEPT      REJECT  FINISH  END
IDLE             PUBLISH_PENDING  PLAY_PENDING  us          us      IDLE    us
PUBLISH_PENDING  peer             peer          PUBLISHING  IDLE    IDLE    us
PUBLISHING       PUBLISHING       PUBLISHING    us          us      IDLE    IDLE
PLAY_PENDING     peer             peer          PLAYING     IDLE    IDLE    us
PLAYING          PLAYING          PLAYING       us          us      IDLE    IDLE
"""

CLIENT = """
                 START        HANDSHAKE_DONE  CONNECT_ACCEPTED  STREAM_CREATED  STARTED          REFUSED  REMOTE_END       STOP    LOST
NEW              HANDSHAKING  peer            peer              peer            peer             peer     peer             ENDING  CLOSED
HANDSHAKING      us           CONNECTING      peer              peer            peer             peer     peer             ENDING  CLOSED
CONNECTING       us           peer            CREATING_STREAM   peer            CONNECTING       ENDING   CONNECTING       ENDING  CLOSED
CREATING_STREAM  us           peer            peer              STARTING        CREATING_STREAM  ENDING   CREATING_STREAM  ENDING  CLOSED
STARTING         us           peer            peer              peer            LIVE             ENDING   STARTING         ENDING  CLOSED
LIVE             us           peer            peer              peer            LIVE             ENDING   ENDING           ENDING  CLOSED
ENDING           us           peer            peer              peer            peer             peer     peer             us      CLOSED
CLOSED           us           peer            peer              peer            peer             peer     peer             us      peer
"""


def cells(matrix: str) -> dict[tuple[str, str], str]:
    header, *rows = [line.split() for line in matrix.strip().splitlines()]
    return {(row[0], given): cell for row in rows for given, cell in zip(header, row[1:], strict=True)}


def check(matrix: str, table: Mapping[Enum, Mapping[Input, Enum]], state: Enum, given: Input) -> None:
    expected = cells(matrix)[state.name, given.name]
    if expected == "peer":
        with pytest.raises(ProtocolError):
            advance(table, state, given)
    elif expected == "us":
        with pytest.raises(LocalProtocolError):
            advance(table, state, given)
    else:
        assert advance(table, state, given).name == expected


@pytest.mark.parametrize("given", ServerInput, ids=lambda given: given.name)
@pytest.mark.parametrize("state", ServerState, ids=lambda state: state.name)
def test_a_server_connection_moves_as_written(state: ServerState, given: ServerInput) -> None:
    check(SERVER, SERVER_TRANSITIONS, state, given)  # type: ignore[arg-type]


@pytest.mark.parametrize("given", StreamInput, ids=lambda given: given.name)
@pytest.mark.parametrize("state", StreamState, ids=lambda state: state.name)
def test_a_stream_moves_as_written(state: StreamState, given: StreamInput) -> None:
    check(STREAM, STREAM_TRANSITIONS, state, given)  # type: ignore[arg-type]


@pytest.mark.parametrize("given", ClientInput, ids=lambda given: given.name)
@pytest.mark.parametrize("state", ClientState, ids=lambda state: state.name)
def test_a_client_connection_moves_as_written(state: ClientState, given: ClientInput) -> None:
    check(CLIENT, CLIENT_TRANSITIONS, state, given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("machine", "start"),
    [
        (SERVER_TRANSITIONS, ServerState.HANDSHAKING),
        (STREAM_TRANSITIONS, StreamState.IDLE),
        (CLIENT_TRANSITIONS, ClientState.NEW),
    ],
    ids=["server", "stream", "client"],
)
def test_every_state_can_be_reached(machine: Mapping[Enum, Mapping[Input, Enum]], start: Enum) -> None:
    reached, edge = {start}, [start]
    while edge:
        following = set(machine[edge.pop()].values()) - reached
        reached |= following
        edge += following
    assert reached == set(machine) == set(type(start))
