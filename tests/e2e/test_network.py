"""S27: the real service listens to this computer and to nobody else, until its user lets the network in."""

from __future__ import annotations

import hashlib
import http.client
import json
import socket
import ssl
from typing import Any

import pytest

from powerstream_desktop.service.lan.own_names import own_names
from tests.e2e.support.listeners import Listener, listeners_of
from tests.e2e.support.ports import LOOPBACK, free_port
from tests.e2e.support.served import Answer, Served
from tests.e2e.support.stage import Stage
from tests.e2e.support.waiting import wait_until

PATIENCE_S = 15.0


class Device:
    """Another computer's program: knows an address and a fingerprint, and nothing else."""

    def __init__(self, url: str, fingerprint: str) -> None:
        self._host = url.removeprefix("https://")
        self._port = int(url.rpartition(":")[2])
        self._fingerprint = fingerprint
        self.token = ""

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Answer]:
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        connection = http.client.HTTPSConnection(LOOPBACK, self._port, timeout=10, context=context)
        try:
            connection.connect()
            shown = connection.sock.getpeercert(binary_form=True)
            assert isinstance(shown, bytes)
            assert hashlib.sha256(shown).digest().hex(":").upper() == self._fingerprint
            headers = {"Host": self._host, "Content-Type": "application/json"}
            if self.token:
                headers["Authorization"] = f"Bearer {self.token}"
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            response = connection.getresponse()
            return response.status, json.loads(response.read() or b"{}")
        finally:
            connection.close()


@pytest.fixture
def served(stage: Stage) -> Served:
    served = Served(stage, "--headless")
    served.wait_until_ready()
    return served


def listeners(served: Served) -> set[Listener]:
    return listeners_of(served.all_pids())


def change(served: Served, **changes: Any) -> None:
    wish = {name.replace("__", "."): value for name, value in changes.items()}
    status, answer = served.ask("PATCH", "/api/settings", wish)
    assert status == 200, answer


def lan(served: Served) -> Answer:
    return served.ask("GET", "/api/access/lan")[1]


def test_nobody_but_this_computer_is_listened_to_also_during_a_broadcast(served: Served) -> None:
    assert {each.port for each in listeners(served)} == {served.port}
    served.go_live(source="external", useMultistream=False, recordingEnabled=False)
    open_now = listeners(served)
    assert len({each.port for each in open_now}) == 2
    assert all(each.is_loopback for each in open_now), open_now


def test_encoders_of_the_network_reach_the_relay_once_that_was_chosen(served: Served) -> None:
    port = free_port()
    change(served, ingest__lan=True, ingest__port=port)
    assert all(each.is_loopback for each in listeners(served))
    wish = {"source": "external", "useMultistream": False, "recordingEnabled": False}
    started = served.ask("POST", "/api/live/start", wish)[1]
    open_now = {each for each in listeners(served) if not each.is_loopback}
    assert {each.address for each in open_now} == {"0.0.0.0"}
    assert {each.port for each in open_now} == {port}
    address = served.ask("POST", "/api/access/ingest-key", {})[1]["serverUrl"]
    assert started["ingestUrl"].rpartition("/")[0] == address
    host = address.removeprefix("rtmp://").partition(":")[0]
    # One of this computer's own, which a test without a network cannot connect to.
    assert host in {LOOPBACK, *own_names().addresses}


def test_a_device_is_let_in_paired_pinned_and_shut_out_again(served: Served) -> None:
    port = free_port()
    change(served, lan__api=True, lan__port=port)
    state = lan(served)
    assert (state["isOpen"], state["trouble"]) == (True, "")
    assert {each.port for each in listeners(served) if not each.is_loopback} == {port}

    device = Device(state["urls"][0], state["fingerprint"])
    assert device.ask("GET", "/api/live/health")[0] == 401
    code = served.ask("POST", "/api/access/pairing", {"scope": "control"})[1]["code"]
    status, paired = device.ask("POST", "/api/access/pair", {"code": code, "name": "Phone"})
    assert status == 200, paired
    device.token = paired["token"]
    assert device.ask("GET", "/api/live/health") == (200, served.ask("GET", "/api/live/health")[1])
    assert device.ask("PATCH", "/api/settings", {"video.fps": 60})[0] == 200
    assert device.ask("PATCH", "/api/settings", {"lan.api": False})[0] == 403
    assert device.ask("GET", "/api/access/lan")[0] == 403
    assert served.ask("GET", "/api/live/health", token=device.token)[0] == 200

    file = served.file()
    assert file is not None
    window = Device(state["urls"][0], state["fingerprint"])
    window.token = file.token.reveal()
    assert window.ask("GET", "/api/settings")[0] == 403

    change(served, lan__api=False)
    assert all(each.is_loopback for each in listeners(served))
    with socket.socket() as knocking:
        assert knocking.connect_ex((LOOPBACK, port)) != 0


def test_the_networks_door_is_open_again_after_the_service_was_killed(served: Served) -> None:
    change(served, lan__api=True, lan__port=free_port())
    before = lan(served)
    served.kill_service()

    def is_back() -> bool:
        try:
            return lan(served) == before
        except OSError:
            return False

    wait_until(is_back, what="the network's door", timeout_s=PATIENCE_S)
    device = Device(before["urls"][0], before["fingerprint"])
    assert device.ask("GET", "/api/live/health")[0] == 401
