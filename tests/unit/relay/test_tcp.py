"""What is read from TCP sockets, at the edges."""

from __future__ import annotations

import socket
import sys

import pytest

from powerstream_desktop.relay.connect.tcp import round_trip, unacknowledged_bytes


def test_a_closed_socket_holds_nothing() -> None:
    sock = socket.socket()
    sock.close()
    assert unacknowledged_bytes(sock) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_a_connection_on_this_machine_has_a_short_round_trip() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as listener,
        socket.create_connection(listener.getsockname()) as here,
        listener.accept()[0] as there,
    ):
        here.sendall(b"x")
        there.recv(1)
        there.sendall(b"x")
        here.recv(1)
        measured = round_trip(here)
    assert measured is not None
    assert 0 < measured.shortest_s <= measured.now_s < 0.5


def test_a_closed_socket_has_no_round_trip() -> None:
    sock = socket.socket()
    sock.close()
    assert round_trip(sock) is None
