"""S01-S08, S14, S24-S27 with bytes on real connections, through the real server."""

from __future__ import annotations

import asyncio
import socket
import time

import pytest
import requests

from powerstream_desktop.service.access import guarded_http
from powerstream_desktop.service.access.loopback import listen_on_loopback
from powerstream_desktop.service.access.request_limits import MAX_BODY_BYTES, MAX_CONNECTIONS
from tests.integration.relay.swift_loop import eventually
from tests.integration.service.api_door import FIRST_PORT, APIDoor, is_listening, shut


def test_requests_are_answered_by_status_whatever_their_bytes() -> None:
    async def run() -> None:
        async with APIDoor() as door:
            get = "GET /api/vod HTTP/1.1"
            assert await door.ask(get) == 200
            assert await door.ask(get, host=f"[::1]:{door.port}") == 200
            for host in (
                "evil.example",
                f"evil.example:{door.port}",
                "127.0.0.1",
                f"LOCALHOST:{door.port}",
                "",
            ):
                assert await door.ask(get, host=host) in {400, 421}, host
            assert await door.ask(get, f"Host: {door.host}") == 400
            assert await door.ask(get, "Host: evil.example") == 400
            assert await door.ask(f"GET http://{door.host}/api/vod HTTP/1.1") == 400
            assert await door.ask("GET http://evil.example/api/vod HTTP/1.1") == 400
            assert await door.ask(get, "Origin: http://evil.example") == 403
            assert await door.ask(get, "Upgrade: websocket", "Connection: Upgrade", "Origin: null") == 403
            assert await door.ask(get, f"X: {'y' * 9000}") == 431
            assert await door.ask(get, f"X: {'y' * 90_000}") == 431
            assert await door.send(f"{get}\r\nX: {'y' * 300_000}".encode()) in {0, 400}
            assert await door.send(f"GET /api/vod HTTP/1.1\r\nHost: {door.host}\r\n\r\n".encode()) == 401
            query = f"GET /api/vod?token={door.token}&access_token={door.token} HTTP/1.1\r\nHost: {door.host}\r\n\r\n"
            assert await door.send(query.encode()) == 401
            assert await door.send(b"GET /api/vod HTTP/1.1\r\n\r\n") == 400
            assert await door.send(b"\x16\x03\x01 this is TLS") in {0, 400}

    asyncio.run(run())


def test_a_proxys_word_on_where_a_request_came_from_is_not_taken() -> None:
    async def run() -> None:
        async with APIDoor() as door:
            plain = f"GET /live/main/index.m3u8 HTTP/1.1\r\nHost: {door.host}\r\n"
            assert await door.send(f"{plain}X-Forwarded-For: 8.8.8.8\r\n\r\n".encode()) == 200

    asyncio.run(run())


def test_a_body_that_grows_beyond_the_limit_is_refused_however_it_is_sent() -> None:
    async def run() -> None:
        async with APIDoor() as door:
            post = ("POST /api/live/start HTTP/1.1", "Content-Type: application/json")
            small = b"{}"
            assert await door.ask(*post, "Content-Length: 2", body=small) == 200
            assert await door.ask(*post, f"Content-Length: {MAX_BODY_BYTES + 1}", body=small) == 413
            chunks = b"1000\r\n" + b" " * 4096 + b"\r\n"
            assert await door.ask(*post, "Transfer-Encoding: chunked", body=chunks * 17) == 413
            assert await door.ask(*post, "Transfer-Encoding: chunked", body=chunks + b"0\r\n\r\n") == 200

    asyncio.run(run())


@pytest.mark.parametrize("with_token", [True, False])
def test_who_sends_a_large_body_before_looking_for_an_answer_gets_to_read_the_refusal(
    with_token: bool,
) -> None:
    def put(url: str, token: str) -> int:
        headers = {"Content-Type": "application/json"}
        if with_token:
            headers["Authorization"] = f"Bearer {token}"
        with requests.Session() as session:
            session.trust_env = False
            return session.put(
                f"{url}/api/studio", data=b"x" * 1_500_000, headers=headers, timeout=10
            ).status_code

    async def run() -> None:
        async with APIDoor() as door:
            statuses = [await asyncio.to_thread(put, f"http://{door.host}", door.token) for _ in range(10)]
            assert statuses == [413] * 10

    asyncio.run(run())


def test_two_hundred_sockets_that_sit_there_keep_nobody_out() -> None:
    async def run() -> None:
        async with APIDoor() as door:
            sitting = [await door.connect() for _ in range(200)]
            for number, (_, writer) in enumerate(sitting):
                if number % 2:
                    writer.write(b"GET /api/vod HTTP/1.1\r\nHost: ")
            begun_s = time.monotonic()
            assert await door.ask("GET /api/vod HTTP/1.1") == 200
            assert time.monotonic() - begun_s < 2
            ended = [reader for reader, _ in sitting if await _has_ended(reader)]
            assert len(ended) >= 200 - MAX_CONNECTIONS
            for _, writer in sitting:
                await shut(writer)

    asyncio.run(run())


@pytest.mark.parametrize(
    "begun",
    [
        "POST /api/access/pair HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n",
        "POST /api/stations HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n",
        "POST /api/stations HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 9\r\n\r\n",
        "GET /api/live/health HTTP/1.1\r\nHost: HOST\r\n\r\n",
    ],
    ids=["open to strangers", "without a token", "by another name", "and ended"],
)
def test_requests_of_strangers_that_are_never_ended_keep_nobody_out_and_cut_nobody_who_is_known(
    begun: str,
) -> None:
    async def run() -> None:
        async with APIDoor() as door:
            get = f"GET /api/vod HTTP/1.1\r\nHost: {door.host}\r\nAuthorization: Bearer {door.token}\r\n\r\n".encode()
            known, known_writer = await door.connect()
            known_writer.write(get)
            await known.readuntil(b"{}")
            sitting = [await door.connect() for _ in range(MAX_CONNECTIONS - 1)]
            for _, writer in sitting:
                writer.write(begun.replace("HOST", door.host).encode())
            await eventually(lambda: door.asked == MAX_CONNECTIONS)
            for _ in range(5):
                assert await door.ask("GET /api/vod HTTP/1.1") == 200
            known_writer.write(get)
            assert b" 200 " in await known.readuntil(b"{}")
            for each in (known_writer, *(writer for _, writer in sitting)):
                await shut(each)

    asyncio.run(run())


def test_a_crowd_that_comes_at_once_is_taken_in_by_the_handful(monkeypatch: pytest.MonkeyPatch) -> None:
    taken_in = 0
    really_take = guarded_http.GuardedHTTP.connection_made

    def take(protocol: guarded_http.GuardedHTTP, transport: asyncio.Transport) -> None:
        nonlocal taken_in
        taken_in += 1
        really_take(protocol, transport)

    monkeypatch.setattr(guarded_http.GuardedHTTP, "connection_made", take)

    async def run() -> None:
        async with APIDoor() as door:
            crowd = [socket.socket() for _ in range(300)]
            for each in crowd:
                each.settimeout(0)
                each.connect_ex(("127.0.0.1", door.port))
            most = 0
            for _ in range(50):
                before = taken_in
                await asyncio.sleep(0)
                most = max(most, taken_in - before)
            for each in crowd:
                each.close()
            assert 0 < most <= MAX_CONNECTIONS + 1

    asyncio.run(run())


@pytest.mark.parametrize(
    "first",
    [b"", b"GET /api/vod HTTP/1.1\r\nHost: HOST\r\nAuthorization: Bearer TOKEN\r\n\r\n"],
    ids=["as the first thing", "behind a request that was answered"],
)
def test_headers_that_come_a_byte_at_a_time_are_not_waited_for(
    monkeypatch: pytest.MonkeyPatch, first: bytes
) -> None:
    monkeypatch.setattr(guarded_http, "HEADER_S", 0.2)

    async def run() -> None:
        async with APIDoor() as door:
            reader, writer = await door.connect()
            writer.write(first.replace(b"HOST", door.host.encode()).replace(b"TOKEN", door.token.encode()))
            if first:
                assert (await reader.readline()).split()[1] == b"200"
            sending = asyncio.create_task(_dribble(writer))
            await asyncio.wait_for(_until_ended(reader), 5)
            sending.cancel()
            await asyncio.wait({sending})
            await shut(writer)

    asyncio.run(run())


def test_a_connection_that_is_kept_alive_is_not_cut_by_the_limit_for_headers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(guarded_http, "HEADER_S", 0.1)

    async def run() -> None:
        async with APIDoor() as door:
            reader, writer = await door.connect()
            request = (
                f"GET /api/vod HTTP/1.1\r\nHost: {door.host}\r\nAuthorization: Bearer {door.token}\r\n\r\n"
            )
            for _ in range(2):
                writer.write(request.encode())
                assert b"200" in await reader.readuntil(b"{}")
                await asyncio.sleep(0.3)
            assert not reader.at_eof()
            await shut(writer)

    asyncio.run(run())


def test_only_this_computer_is_listened_to_and_both_of_its_names_are_ours() -> None:
    sockets = listen_on_loopback(FIRST_PORT)
    try:
        assert {each.getsockname()[0] for each in sockets} <= {"127.0.0.1", "::1"}
        assert len({each.getsockname()[1] for each in sockets}) == 1
        assert is_listening(socket.AF_INET, "127.0.0.1", sockets[0].getsockname()[1])
    finally:
        for each in sockets:
            each.close()


def test_a_port_that_is_taken_on_either_name_is_passed_over() -> None:
    first = listen_on_loopback(FIRST_PORT)
    second = listen_on_loopback(FIRST_PORT)
    try:
        assert second[0].getsockname()[1] > first[0].getsockname()[1]
    finally:
        for each in (*first, *second):
            each.close()


async def _dribble(writer: asyncio.StreamWriter) -> None:
    for character in b"GET /api/vod HTTP/1.1\r\n" + b"X: y\r\n" * 1000:
        writer.write(bytes([character]))
        await asyncio.sleep(0.02)


async def _until_ended(reader: asyncio.StreamReader) -> None:
    try:
        while await reader.read(1024):
            continue
    except ConnectionError:
        return


async def _has_ended(reader: asyncio.StreamReader) -> bool:
    try:
        return await asyncio.wait_for(reader.read(1), 0.01) == b""
    except TimeoutError:
        return False
    except ConnectionError:
        return True
