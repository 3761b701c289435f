"""The client against a service that lies, breaks off, dawdles, or is somebody else."""

from __future__ import annotations

import logging
import socket
import time
import traceback
from collections.abc import Iterator

import pytest

from powerstream_desktop.client import wire
from powerstream_desktop.client.address import Address
from powerstream_desktop.client.client import Client
from powerstream_desktop.client.errors import (
    BadAnswerError,
    ConflictError,
    RefusedError,
    ServiceBugError,
    ServiceGoneError,
    may_have_changed,
)
from powerstream_desktop.client.live import StartWish
from powerstream_desktop.client.patience import Mishap
from powerstream_desktop.client.request import Request
from powerstream_desktop.client.wire import MishapError, Wire
from powerstream_desktop.common.secrets import Secret
from tests.integration.client.scripted_service import (
    TOKEN,
    Answer,
    Asked,
    ScriptedService,
    fine,
    http,
    refuses,
    resets,
    sends,
)

IDLE = {"isLive": False, "state": "idle"}
READ = Request(method="GET", path="/api/live/status", read_s=0.3)
START = Request(method="POST", path="/api/live/start", body={})


@pytest.fixture
def line() -> Iterator[Wire]:
    made = Wire()
    yield made
    made.close()


def client(service: ScriptedService, patience_s: float = 5.0) -> Client:
    return Client(service.known, patience_s=patience_s)


def test_one_connection_serves_many_requests() -> None:
    with ScriptedService(fine(**IDLE)) as service, client(service) as asking:
        for _ in range(5):
            assert not asking.live.status().is_live
        assert (service.connections, len(service.asked)) == (1, 5)


def test_the_token_stands_in_a_header_and_nowhere_else() -> None:
    with ScriptedService(fine(**IDLE)) as service, client(service) as asking:
        asking.live.status()
    [asked] = service.asked
    assert asked.headers["authorization"] == f"Bearer {TOKEN}"
    assert TOKEN not in asked.path
    assert "cookie" not in asked.headers


def test_nothing_of_the_environment_leads_astray(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    with ScriptedService(fine(**IDLE)) as service, client(service) as asking:
        asking.live.status()
        assert len(service.asked) == 1


def test_a_redirect_takes_the_token_nowhere() -> None:
    with ScriptedService(fine(**IDLE)) as elsewhere:
        redirect = sends(http(307, b"", f"Location: {elsewhere.url}/api/live/status"))
        with ScriptedService(redirect) as service, client(service) as asking:
            with pytest.raises(BadAnswerError):
                asking.live.status()
            assert elsewhere.asked == []


def test_cookies_are_not_kept() -> None:
    baked = sends(http(200, b'{"ok":true,"isLive":false,"state":"idle"}', "Set-Cookie: a=b; Path=/"))
    with ScriptedService(baked) as service, client(service) as asking:
        asking.live.status()
        asking.live.status()
        assert "cookie" not in service.asked[1].headers


def test_the_services_words_arrive_in_the_error() -> None:
    refusal = refuses(409, "conflict", "A broadcast runs already.", "End it first.")
    with ScriptedService(refusal) as service, client(service) as asking:
        with pytest.raises(ConflictError, match=r"A broadcast runs already\. End it first\.") as raised:
            asking.live.start(StartWish())
        assert (raised.value.code, raised.value.status) == ("conflict", 409)


def test_a_fault_of_the_services_is_ours() -> None:
    with ScriptedService(refuses(500, "internal-error")) as service, client(service) as asking:
        with pytest.raises(ServiceBugError):
            asking.live.status()
        assert len(service.asked) == 1


@pytest.mark.parametrize(
    "body", [b"<html>It works!</html>", b"", b"\xff\xfe", b"[1]", b'{"ok":', b'{"isLive":1,"state":""}']
)
def test_rubbish_is_not_understood(body: bytes) -> None:
    with (
        ScriptedService(sends(http(200, body))) as service,
        client(service) as asking,
        pytest.raises(BadAnswerError),
    ):
        asking.live.status()


def test_an_answer_beyond_all_measure_is_not_read(line: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "MAX_ANSWER_BYTES", 200_000)
    with ScriptedService(sends(http(200, b" " * 400_000))) as service, pytest.raises(BadAnswerError):
        line.send(READ, service.address)


def test_an_answer_that_was_compressed_into_a_bomb_stays_packed(line: Wire) -> None:
    with ScriptedService(sends(http(200, b"\x1f\x8b\x08packed", "Content-Encoding: gzip"))) as service:
        assert line.send(READ, service.address).body == b"\x1f\x8b\x08packed"
        assert service.asked[0].headers["accept-encoding"] == "identity"


BROKEN: dict[str, Answer] = {
    "hangs up at once": resets,
    "closes at once": sends(b"", then_closes=True),
    "half a head": sends(b"HTTP/1.1 200 OK\r\nContent-Le", then_closes=True),
    "half a body": sends(http(200, b'{"ok":true}')[:-4], then_closes=True),
    "half a chunk": sends(b"HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\n20\r\n{", then_closes=True),
    "a chunk without a number": sends(
        b"HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"
    ),
    "no HTTP": sends(b"220 mail.example ESMTP\r\n", then_closes=True),
    "binary": sends(bytes(range(256)) * 10, then_closes=True),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_answer_is_a_cut(line: Wire, how: str) -> None:
    with ScriptedService(BROKEN[how]) as service:
        with pytest.raises(MishapError) as raised:
            line.send(READ, service.address)
        assert raised.value.mishap is Mishap.CUT


@pytest.mark.parametrize("how", BROKEN)
def test_a_reader_does_not_notice_a_service_that_was_killed_over_it(how: str) -> None:
    with ScriptedService(BROKEN[how], fine(**IDLE)) as service, client(service) as asking:
        assert asking.live.status().state == "idle"
        assert len(service.asked) == 2


@pytest.mark.parametrize("how", BROKEN)
def test_a_start_over_which_the_service_was_killed_is_not_said_again(how: str) -> None:
    with ScriptedService(BROKEN[how]) as service, client(service) as asking:
        with pytest.raises(ServiceGoneError) as raised:
            asking.live.start(StartWish())
        assert may_have_changed(raised.value)
        assert len(service.asked) == 1


def test_what_is_said_once_takes_no_connection_that_may_just_be_closing(line: Wire) -> None:
    with ScriptedService(fine()) as service:
        line.send(READ, service.address)
        line.send(START, service.address)
        assert service.connections == 2


def holds_back(service_of: list[ScriptedService]) -> Answer:
    def answer(_: Asked, __: socket.socket) -> bool:
        service_of[0].released.wait(5)
        return False

    return answer


def test_silence_is_not_waited_for_without_end(line: Wire) -> None:
    held: list[ScriptedService] = []
    with ScriptedService(holds_back(held)) as service:
        held.append(service)
        began = time.monotonic()
        with pytest.raises(MishapError) as raised:
            line.send(READ, service.address)
        assert raised.value.mishap is Mishap.SILENCE
        assert time.monotonic() - began < 3


def test_an_answer_that_drips_is_given_up(line: Wire) -> None:
    def drips(_: Asked, connection: socket.socket) -> bool:
        connection.sendall(b"HTTP/1.1 200 x\r\nContent-Length: 1000\r\n\r\n")
        while True:  # ended by the client, which hangs up
            connection.sendall(b" ")
            time.sleep(0.02)

    with ScriptedService(drips) as service:
        with pytest.raises(MishapError) as raised:
            line.send(READ, service.address)
        assert raised.value.mishap is Mishap.SILENCE


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_where_nobody_listens_nothing_was_sent(line: Wire) -> None:
    nobody = Address(url=f"http://127.0.0.1:{free_port()}", token=Secret(TOKEN))
    with pytest.raises(MishapError) as raised:
        line.send(START, nobody)
    assert raised.value.mishap is Mishap.NOT_REACHED


def test_no_error_holds_a_token_or_a_key(caplog: pytest.LogCaptureFixture) -> None:
    key = "live_4821_canaryKQ7"
    caplog.set_level(logging.DEBUG)
    answers = (resets, refuses(422, "not-possible"), sends(http(200, b"<html>")), sends(http(302, b"")))
    for answer in answers:
        with ScriptedService(answer) as service, client(service, patience_s=0.1) as asking:
            try:
                asking.live.start(StartWish(stream_key=Secret(key)))
            except (RefusedError, ServiceGoneError, BadAnswerError) as error:
                said = "".join(traceback.format_exception(error)) + error.detail + repr(error)
                assert TOKEN not in said
                assert key not in said
            assert service.asked[0].words["streamKey"] == key
    assert TOKEN not in caplog.text
    assert key not in caplog.text
