"""The way to a PowerStream server over real sockets: nobody is followed, nothing endless is read, and the token goes nowhere else."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import trustme

from powerstream_desktop.cloud.backend import backend_wire
from powerstream_desktop.cloud.backend.backend_troubles import BackendCode, BackendTrouble
from powerstream_desktop.cloud.backend.backend_wire import BackendWire, WireAnswer, WireRequest
from powerstream_desktop.common.secrets import Secret

TOKEN = Secret("token-of-these-tests")


class Recorder:
    """A server that says prepared bytes, and keeps what it was asked.

    Args:
        says: the answer, whole.
        again: more of it, without end.
    """

    def __init__(self, says: bytes, again: bytes = b"") -> None:
        self.heads: list[str] = []
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            def handle_one_request(self) -> None:
                head = b""
                # What begins with a byte of 22 is TLS, and nothing more comes before an answer.
                while (
                    b"\r\n\r\n" not in head
                    and not head.startswith(b"\x16")
                    and (data := self.connection.recv(65536))
                ):
                    head += data
                recorder.heads.append(head.decode("latin-1"))
                self.close_connection = True
                try:
                    self.connection.sendall(says)
                    while again:
                        self.connection.sendall(again)
                except OSError:
                    pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"


@contextmanager
def serving(says: bytes, again: bytes = b"", tls: ssl.SSLContext | None = None) -> Iterator[Recorder]:
    """Serve for a while."""
    recorder = Recorder(says, again)
    if tls is not None:
        recorder.server.socket = tls.wrap_socket(recorder.server.socket, server_side=True)
    thread = threading.Thread(target=recorder.server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield recorder
    finally:
        recorder.server.shutdown()
        recorder.server.server_close()
        thread.join(10)


def _ask(url: str, wire: BackendWire | None = None) -> WireAnswer:
    return (wire or BackendWire()).send(
        WireRequest(
            method="PUT", url=f"{url}/api/vod/x", token=TOKEN, headers={"If-Match": '"1"'}, body=b"{}"
        )
    )


def _refused(url: str, wire: BackendWire | None = None) -> BackendCode:
    with pytest.raises(BackendTrouble) as trouble:
        _ask(url, wire)
    assert TOKEN.reveal() not in f"{trouble.value} {trouble.value.detail}"
    return trouble.value.kind


def test_a_request_carries_its_token_in_a_header_and_comes_back_whole() -> None:
    answer = (
        b'HTTP/1.1 201 Created\r\nContent-Length: 2\r\nETag: "7"\r\nRetry-After: 99999\r\n'
        b"Date: Sun, 01 Nov 2026 20:00:00 GMT\r\n\r\n{}"
    )
    with serving(answer) as server:
        assert _ask(server.url) == WireAnswer(
            status=201, body=b"{}", etag='"7"', date_s=1793563200.0, retry_after_s=3600.0
        )
        (head,) = server.heads
    assert head.startswith("PUT /api/vod/x HTTP/1.1\r\n")
    assert f"Authorization: Bearer {TOKEN.reveal()}\r\n" in head
    assert 'If-Match: "1"\r\n' in head


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(status: int) -> None:
    with serving(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}") as elsewhere:
        says = f"HTTP/1.1 {status} Moved\r\nLocation: {elsewhere.url}/\r\nContent-Length: 0\r\n\r\n".encode()
        with serving(says) as server:
            assert _refused(server.url) is BackendCode.MOVED
        assert elsewhere.heads == []


def test_no_proxy_of_the_environment_gets_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}") as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        monkeypatch.setenv("no_proxy", "")
        with serving(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}") as server:
            assert _ask(server.url).status == 200
        assert proxy.heads == []


def test_nobody_there_is_told_from_an_answer_that_was_lost() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    assert _refused(f"http://127.0.0.1:{port}") is BackendCode.UNREACHABLE
    with serving(b"") as server:
        assert _refused(server.url) is BackendCode.FAILED


@pytest.mark.parametrize("told", [b"50", b"1" * 5000], ids=["longer", "beyond all numbers"])
def test_an_answer_that_is_cut_is_none(told: bytes) -> None:
    with serving(b"HTTP/1.1 200 OK\r\nContent-Length: " + told + b"\r\n\r\n{}") as server:
        assert _refused(server.url) is BackendCode.FAILED


def test_an_answer_without_end_is_read_no_further_than_any_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backend_wire, "MAX_ANSWER_BYTES", 100_000)
    with serving(b"HTTP/1.1 200 OK\r\n\r\n", b" " * 65536) as server:
        assert _refused(server.url) is BackendCode.STRANGE


def test_an_answer_that_trickles_for_ever_is_given_up() -> None:
    moments = iter(range(0, 10_000, 40))
    wire = BackendWire(whole_s=60.0, clock=lambda: next(moments))
    with serving(b"HTTP/1.1 200 OK\r\n\r\n", b" ") as server:
        assert _refused(server.url, wire) is BackendCode.FAILED


def test_a_server_without_tls_behind_https_is_told_as_that() -> None:
    with serving(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}") as server:
        assert _refused(server.url.replace("http:", "https:")) is BackendCode.TLS


def test_a_server_whose_certificate_nobody_vouches_for_gets_no_token() -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(tls)
    with serving(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", tls=tls) as server:
        assert _refused(server.url.replace("http:", "https:")) is BackendCode.TLS
    assert server.heads == []


@pytest.mark.parametrize(
    ("text", "seconds"), [("7", 7.0), ("", None), ("-1", None), ("soon", None), ("9" * 400, 3600.0)]
)
def test_a_pause_that_is_asked_for_is_taken_only_within_reason(text: str, seconds: float | None) -> None:
    assert backend_wire.retry_after_s(text) == seconds
