"""What is read from TCP sockets, at the edges."""

from __future__ import annotations

import socket

from powerstream_desktop.relay.tcp import unacknowledged_bytes


def test_a_closed_socket_holds_nothing() -> None:
    sock = socket.socket()
    sock.close()
    assert unacknowledged_bytes(sock) == 0
