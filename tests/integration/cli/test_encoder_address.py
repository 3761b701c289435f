"""Another program may have the usual port: then the relay takes the next one, and says so."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from powerstream_desktop.cli.encoder_address import address_for_encoders
from powerstream_desktop.service.broadcast.ingest_port import HOST, PORTS_TRIED


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port on which another program listens; the one behind it is free."""
    for _ in range(100):
        with ExitStack() as sockets:
            listener = sockets.enter_context(socket.create_server((HOST, 0)))
            port: int = listener.getsockname()[1]
            if port + PORTS_TRIED < 65536 and _may_be_bound(port + 1):
                yield port
                return
    pytest.fail("no two neighbouring ports are free")


def _may_be_bound(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def test_the_usual_port_is_taken_without_a_word_when_it_is_free(
    taken_port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert address_for_encoders("live", as_json=False, usual_port=taken_port + 1) == (HOST, taken_port + 1)

    assert capsys.readouterr() == ("", "")


def test_the_next_free_port_is_told_on_stderr(taken_port: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert address_for_encoders("show", as_json=False, usual_port=taken_port) == (HOST, taken_port + 1)

    out, err = capsys.readouterr()
    assert out == ""
    assert err == (
        f"▲ Another program uses port {taken_port}, so the relay listens on another one. "
        f"Set the server of your encoder to rtmp://127.0.0.1:{taken_port + 1}/show\n"
    )


def test_scripts_are_told_by_a_notice(taken_port: int, capsys: pytest.CaptureFixture[str]) -> None:
    address_for_encoders("live", as_json=True, usual_port=taken_port)

    out, err = capsys.readouterr()
    notice = json.loads(out)
    assert (notice["type"], notice["severity"], notice["code"]) == ("notice", "warning", "port-taken")
    assert notice["hint"].endswith(f"rtmp://127.0.0.1:{taken_port + 1}/live")
    assert err == ""


def test_when_no_port_is_free_the_usual_one_is_left_to_the_relay_to_complain_about(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with ExitStack() as sockets:
        first = _a_block_of_taken_ports(sockets)

        assert address_for_encoders("live", as_json=False, usual_port=first) == (HOST, first)

    assert capsys.readouterr() == ("", "")


def _a_block_of_taken_ports(sockets: ExitStack) -> int:
    """Listen on ``PORTS_TRIED`` ports in a row, or let others do so; return the first."""
    first: int = sockets.enter_context(socket.create_server((HOST, 0))).getsockname()[1]
    for port in range(first + 1, first + PORTS_TRIED):
        listener = sockets.enter_context(socket.socket())
        try:
            listener.bind((HOST, port))
        except OSError:
            continue
        listener.listen()
    return first
