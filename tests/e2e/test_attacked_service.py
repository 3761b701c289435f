"""The real service under attack by a program of this computer and by a device that was put out (S14-S18, S24, S28, S34)."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.e2e.support.ports import LOOPBACK, free_port
from tests.e2e.support.served import Served
from tests.e2e.support.stage import Stage

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

PATIENCE_S = 10.0
HEARTBEAT_S = 10.0
KEY = "key-of-a-station-4711"
PASSPHRASE = "four unrelated words here"
WRONG_CODES = 20
SECRET_FILES = {
    "service.json", "powerstream.db", "powerstream.db-wal", "keys.sealed", "settings.toml", "going_on.json", "paired-devices.json",
    "network-certificate.pem",
}  # fmt: skip
PATHS = (
    "..", "%2e%2e", "..%2f..%2f..%2fetc%2fpasswd", "%2fetc%2fpasswd", "..%5c..%5cwin.ini", "a%00b", "CON", "a:b", "%e2%80%aea", "a" * 500,
)  # fmt: skip
CLOSING = b"Host: HOST\r\nAuthorization: Bearer TOKEN\r\nConnection: close\r\n"
DEEP = b'{"name":' + b"[" * 30_000 + b"]" * 30_000 + b"}"
BODIES = {
    "deep arrays": DEEP,
    "deep objects": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
    "a huge whole number": b'{"name":' + b"9" * 60_000 + b"}",
    "a number beyond all": b'{"name":1e999}',
    "no number": b'{"name":NaN}',
    "half a character": b'{"name":"\\ud800"}',
    "a null byte": b'{"name":"a\\u0000b"}',
    "text that turns around": '{"name":"a\u202eb"}'.encode(),
    "no UTF-8": b'{"name":"\xff\xfe"}',
    "no object": b"[]",
    "nothing of use": b"null",
    "too many bytes": b'{"name":"' + b"x" * 70_000 + b'"}',
}


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """A service whose home everybody may look into, as far as it lets them."""
    folder = Path(tempfile.mkdtemp(prefix="home-"))
    folder.chmod(0o755)
    stage = Stage(folder)
    try:
        served = Served(stage, "--headless")
        served.wait_until_ready()
        yield served
        assert served.ask("GET", "/api/live/health")[0] == 200
        assert "INFO" in levels_logged(served)
        assert not levels_logged(served) & {"ERROR", "CRITICAL"}, "nothing that was tried was a fault"
    finally:
        stage.close()
        shutil.rmtree(folder)


def levels_logged(served: Served) -> set[str]:
    [log] = (served.home / "logs").glob("service-*.jsonl")
    return {json.loads(line)["level"] for line in log.read_text("utf-8").splitlines()}


def token_of(served: Served) -> str:
    file = served.file()
    assert file is not None
    return file.token.reveal()


def raw(served: Served, request: bytes) -> bytes:
    """Send bytes, with HOST and TOKEN put in, and return all that comes until the connection ends, as they ask for."""
    host = f"{LOOPBACK}:{served.port}"
    request = request.replace(b"HOST", host.encode()).replace(b"TOKEN", token_of(served).encode())
    with socket.create_connection((LOOPBACK, served.port), timeout=PATIENCE_S) as connection:
        connection.sendall(request)
        parts: list[bytes] = []
        try:
            while part := connection.recv(65_536):
                parts.append(part)
        except ConnectionResetError:
            pass  # what we sent was not even read
        return b"".join(parts)


def statuses(answers: bytes) -> list[int]:
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3}) ", answers)]


def listen(served: Served, token: str) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
    connection = http.client.HTTPConnection(LOOPBACK, served.port, timeout=2 * HEARTBEAT_S)
    connection.request("GET", "/api/events", headers={"Authorization": f"Bearer {token}"})
    return connection, connection.getresponse()


def pair(served: Served) -> dict[str, Any]:
    code = served.ask("POST", "/api/access/pairing", {"scope": "control"})[1]["code"]
    status, answer = served.ask("POST", "/api/access/pair", {"code": code, "name": "Tablet"}, token="")
    assert status == 200, answer
    return answer


def add_replay(served: Served, id_: str) -> None:
    wish = {"title": "Show", "recordedAt": "2026-05-04T12:00:00Z"}
    assert served.ask("PUT", f"/api/vod/{id_}", wish)[0] in {200, 201}


def test_a_device_that_was_put_out_is_told_nothing_more_also_where_it_listens_already(served: Served) -> None:
    paired = pair(served)
    connection, events = listen(served, paired["token"])
    assert events.status == 200
    assert events.readline() == b"retry: 1000\n"
    assert served.ask("DELETE", f"/api/access/devices/{paired['device']['id']}")[0] == 200
    add_replay(served, "after-it-was-put-out")
    rest = events.read()
    connection.close()
    assert b"event: live" in rest
    assert b"after-it-was-put-out" not in rest
    assert served.ask("GET", "/api/settings", token=paired["token"])[0] == 401


def test_guessing_the_code_ends_the_pairing(served: Served) -> None:
    code = served.ask("POST", "/api/access/pairing", {"scope": "control"})[1]["code"]
    wrong = [f"{(int(code) + number) % 10**6:06}" for number in range(1, WRONG_CODES)]
    for guess in (*wrong, code):
        assert served.ask("POST", "/api/access/pair", {"code": guess, "name": "Guesser"}, token="")[0] == 403
    assert served.ask("GET", "/api/access/pairing")[1]["state"] == "spent"
    assert served.ask("POST", "/api/access/pairing", {"scope": "admin"})[0] == 422


@pytest.mark.parametrize("name", BODIES)
def test_a_body_that_means_harm_is_refused(served: Served, name: str) -> None:
    body = BODIES[name]
    head = CLOSING + b"Content-Type: application/json\r\nContent-Length: "
    head += str(len(body)).encode() + b"\r\n\r\n"
    for line in (
        b"POST /api/stations",
        b"PATCH /api/settings",
        b"POST /api/live/start",
        b"POST /api/studio/switch-scene",
    ):
        [status] = statuses(raw(served, line + b" HTTP/1.1\r\n" + head + body))
        assert 400 <= status < 500, line


def test_no_request_hides_in_another(served: Served) -> None:
    inner = b"GET /api/settings HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n"
    post = b"POST /api/stations HTTP/1.1\r\nContent-Type: application/json\r\n" + CLOSING
    two_ends = b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    assert statuses(raw(served, post + two_ends + inner)) == [400]
    assert statuses(raw(served, post + b"Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}" + inner)) == [400]
    assert statuses(raw(served, post + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + inner)) == [400]
    get = b"GET /api/settings HTTP/1.1\r\nHost: HOST\r\nAuthorization: Bearer TOKEN\r\n\r\n"
    assert statuses(raw(served, get + inner)) == [200, 401], "each request shows a token of its own"
    assert statuses(raw(served, b"GET /api/live/health HTTP/1.0\r\n\r\n")) == [421]
    assert statuses(raw(served, b"GET http://HOST/api/settings HTTP/1.1\r\n" + CLOSING + b"\r\n")) == [400]
    assert statuses(raw(served, b"CONNECT 127.0.0.1:22 HTTP/1.1\r\n" + CLOSING + b"\r\n")) == [400]


def test_no_path_leads_around_the_token(served: Served) -> None:
    for path in (
        "//api/settings", "/api/./settings", "/live/../api/settings", "/live/%2e%2e/api/settings", "/live/x/..%2f..%2fapi/settings",
        "/api/live/health/../../settings", "/api/live/health%00", "/api/live/health;x", "/api/live/status/", "/API/settings",
        "/api/access/pair/../devices", "/api/access/pair%2f..%2fdevices", "/api/openapi.json", "/openapi.json", "/docs", "/redoc",
    ):  # fmt: skip
        answer = raw(served, f"GET {path} HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n".encode())
        assert statuses(answer) in ([401], [404]), path
        assert b'"ok": true' not in answer.replace(b'"ok":', b'"ok": ')


def test_no_id_and_no_name_leads_to_a_file(served: Served) -> None:
    document = served.ask("GET", "/api/openapi.json")[1]
    routes = [path for path, methods in document["paths"].items() if "{" in path and "get" in methods]
    assert len(routes) >= 8
    for number, route in enumerate(routes):
        for name in PATHS[number % 2 :: 2]:
            path = "/".join(name if part.startswith("{") else part for part in route.split("/"))
            request = f"GET {path} HTTP/1.1\r\nHost: HOST\r\nAuthorization: Bearer TOKEN\r\nConnection: close\r\n\r\n"
            answer = raw(served, request.encode())
            assert statuses(answer)[0] in {404, 422, 429}, path
            assert b"root:" not in answer


def test_nobody_says_which_file_a_replay_is(served: Served) -> None:
    wish = {"title": "Mine", "recordedAt": "2026-05-04T12:00:00Z"}
    for name in ("file", "path", "url", "thumbnail", "picture", "file_path"):
        assert served.ask("PUT", "/api/vod/mine", {**wish, name: "/etc/passwd"})[0] == 422, name
        assert served.ask("PATCH", "/api/vod/mine", {name: "/etc/passwd"})[0] == 422, name
    add_replay(served, "mine")
    for part in ("video", "thumbnail"):
        assert served.ask("GET", f"/api/vod/mine/{part}")[0] == 404
    station = {"name": "Mine", "picture": "../../../etc/passwd"}
    assert served.ask("PUT", "/api/stations/mine", station)[0] == 422
    assert served.ask("GET", f"/live/{quote('../data', safe='')}/index.m3u8")[0] == 404


def test_a_paired_device_cannot_have_anything_written_or_read_elsewhere(served: Served) -> None:
    token = pair(served)["token"]
    for wish in ({"recording.folder": "/etc"}, {"api.port": 6000}, {"ingest.lan": True}, {"lan.api": True}):
        assert served.ask("PATCH", "/api/settings", wish, token=token)[0] == 403, wish
    assert served.ask("PATCH", "/api/settings", {"secrets.place": "this-run"}, token=token)[0] == 422
    for path in ("/api/access/secrets", "/api/access/devices", "/api/access/lan"):
        assert served.ask("GET", path, token=token)[0] == 403


def test_a_kept_key_goes_to_no_server_of_an_attacker(served: Served) -> None:
    port = free_port()
    id_ = served.add_endpoint("Home", f"rtmp://{LOOPBACK}:{port}/app", KEY)
    wish = {"name": "Home", "platform": "custom", "serverUrl": f"rtmp://{LOOPBACK}:{port}/app"}
    assert served.ask("PUT", f"/api/rtmp/endpoints/{id_}", wish)[0] == 200
    for change in (
        {"serverUrl": f"rtmp://{LOOPBACK}:{port + 1}/app"},
        {"serverUrl": f"rtmp://localhost:{port}/app"},
        {"backupServerUrl": "rtmps://attacker.invalid/app", "backupUse": "hot"},
        {"platform": "twitch", "serverUrl": "rtmp://attacker.invalid/app"},
    ):
        assert served.ask("PUT", f"/api/rtmp/endpoints/{id_}", {**wish, **change})[0] == 422, change
    assert served.ask("DELETE", f"/api/rtmp/endpoints/{id_}")[0] == 200


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may ask as somebody else")
def test_another_user_reads_nothing_of_a_service_that_is_on_air(served: Served) -> None:
    pair(served)
    moved = served.ask(
        "POST", "/api/access/secrets/place", {"place": "sealed-file", "passphrase": PASSPHRASE}
    )
    assert moved[0] == 200, moved
    assert served.ask("PATCH", "/api/settings", {"lan.api": True, "lan.port": free_port()})[0] == 200
    served.go_live(source="external", useMultistream=False)
    try:
        files = [path for path in served.home.rglob("*") if path.is_file()]
        assert {path.name for path in files} >= SECRET_FILES
        seen = subprocess.run(
            ["find", str(served.home), "-type", "f", "-readable"],
            user="nobody", capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert seen.stdout == ""
        # And if a folder above were opened by mistake, the files are still their owner's alone.
        open_to_others = {str(path) for path in files if path.stat().st_mode & 0o077}
        assert open_to_others == set()
    finally:
        served.ask("POST", "/api/live/stop", {})
