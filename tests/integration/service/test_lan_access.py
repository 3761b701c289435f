"""The network's door with real sockets and real TLS, on loopback: who finds it, and who comes in (S27)."""

from __future__ import annotations

import asyncio
import socket
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.service.access.request_limits import MAX_CONNECTIONS
from powerstream_desktop.service.access.scope import Scope
from powerstream_desktop.service.access.token_record import new_record
from powerstream_desktop.service.access.tokens import PairedToken, TokenAuthority
from powerstream_desktop.service.lan import lan_access, lan_server
from powerstream_desktop.service.lan.certificate import FILE_NAME, fingerprint_of
from powerstream_desktop.service.lan.lan_access import LANAccess
from powerstream_desktop.service.lan.own_names import OwnNames
from powerstream_desktop.service.settings.settings import Settings
from tests.integration.relay.swift_loop import eventually
from tests.integration.service.api_door import PATIENCE_S, is_listening

HERE = ((socket.AF_INET, "127.0.0.1"),)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


class Home:
    """A computer with the network's door, and an API behind it that remembers what reached it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.names = OwnNames(names=("studio",), addresses=("127.0.0.1",))
        self.names_fault: SystemFault | None = None
        self.looks = 0
        self.reached: list[str] = []
        self.authority = TokenAuthority(new_record())
        self.lan = LANAccess(self.authority, folder, where=HERE, names=self._own_names)

    async def follow(self, *, is_on: bool = True, port: int | None = None) -> None:
        wish = {"lan.api": is_on, "lan.port": self.port if port is None else port}
        await self.lan.start(self._behind, Settings().with_values(wish))

    def paired(self) -> PairedToken:
        return self.authority.pair("Phone", Scope.READ, time.time())

    def is_listening(self) -> bool:
        return is_listening(socket.AF_INET, "127.0.0.1", self.port)

    async def ask(self, token: str, *, host: str = "", path: str = "/api/vod", pin: str = "") -> int:
        """Ask as a device does that knows nothing but the fingerprint; return the status, 0 if it hung up itself."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, ssl=unverified())
        try:
            shown = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
            if fingerprint_of(shown) != (pin or self.lan.state.fingerprint):
                return 0
            head = f"GET {path} HTTP/1.1\r\nHost: {host or f'studio:{self.port}'}\r\n"
            writer.write(f"{head}Authorization: Bearer {token}\r\n\r\n".encode())
            line = await asyncio.wait_for(reader.readline(), PATIENCE_S)
            return int(line.split()[1])
        finally:
            writer.close()
            await writer.wait_closed()

    def _own_names(self) -> OwnNames:
        self.looks += 1
        if self.names_fault is not None:
            raise self.names_fault
        return self.names

    async def _behind(self, scope: Any, receive: Any, send: Any) -> None:
        assert scope["type"] == "http"
        self.reached.append(scope["path"])
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"{}"})


def unverified() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


@asynccontextmanager
async def at_home(folder: Path) -> AsyncIterator[Home]:
    home = Home(folder)
    try:
        yield home
    finally:
        await home.lan.aclose()


def play(folder: Path, scene: Callable[[Home], Awaitable[None]]) -> None:
    async def run() -> None:
        async with at_home(folder) as home:
            await scene(home)

    asyncio.run(run())


def test_without_the_setting_nobody_listens_and_no_certificate_is_made(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        await home.follow(is_on=False)
        assert not home.is_listening()
        assert home.lan.state == lan_access.LANState()

    play(tmp_path, scene)
    assert not list(tmp_path.iterdir())


def test_a_setting_that_changes_before_the_api_has_begun_opens_nothing_yet(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        await home.lan.follow(Settings().with_values({"lan.api": True, "lan.port": home.port}))
        assert not home.is_listening()
        await home.follow()
        assert home.is_listening()

    play(tmp_path, scene)


def test_a_paired_device_that_pins_the_certificate_comes_in(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        await home.follow()
        state = home.lan.state
        assert (state.is_wanted, state.is_open, state.trouble) == (True, True, "")
        assert state.urls == (f"https://studio:{home.port}", f"https://127.0.0.1:{home.port}")
        token = home.paired().token.reveal()
        assert await home.ask(token) == 200
        assert await home.ask(token, pin="00:11") == 0
        assert home.reached == ["/api/vod"]

    play(tmp_path, scene)


def test_strangers_wrong_names_and_what_is_for_this_computer_stay_out(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        await home.follow()
        paired = home.paired()
        token = paired.token.reveal()
        of_this_run = home.authority.token_of_this_run(time.time()).reveal()
        assert await home.ask(token, host=f"evil.example:{home.port}") == 421
        assert await home.ask("none") == 401
        assert await home.ask("none", path="/api/live/health") == 401
        assert await home.ask(of_this_run) == 403
        assert await home.ask(of_this_run, path="/api/access/lan") == 403
        home.authority.put_out(paired.device.token_id)
        assert await home.ask(token) == 401
        assert home.reached == []

    play(tmp_path, scene)


def test_who_speaks_no_tls_is_answered_with_nothing_of_ours(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        await home.follow()
        reader, writer = await asyncio.open_connection("127.0.0.1", home.port)
        writer.write(f"GET /api/live/health HTTP/1.1\r\nHost: studio:{home.port}\r\n\r\n".encode())
        answer = await asyncio.wait_for(reader.read(), PATIENCE_S)
        writer.close()
        assert b"HTTP" not in answer
        assert home.reached == []

    play(tmp_path, scene)


def test_old_tls_is_refused(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        await home.follow()
        old = unverified()
        old.set_ciphers("ALL:@SECLEVEL=0")
        with pytest.warns(DeprecationWarning, match="deprecated"):
            old.minimum_version = ssl.TLSVersion.TLSv1
        with pytest.warns(DeprecationWarning, match="deprecated"):
            old.maximum_version = ssl.TLSVersion.TLSv1_1
        with pytest.raises((ssl.SSLError, ConnectionError)):
            await asyncio.open_connection("127.0.0.1", home.port, ssl=old)

    play(tmp_path, scene)


def test_a_handshake_that_does_not_come_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lan_server, "HEADER_S", 0.2)

    async def scene(home: Home) -> None:
        await home.follow()
        reader, writer = await asyncio.open_connection("127.0.0.1", home.port)
        assert await asyncio.wait_for(reader.read(), PATIENCE_S) == b""
        writer.close()

    play(tmp_path, scene)


def test_who_connects_and_waits_takes_no_more_than_its_places_and_keeps_nobody_out(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        await home.follow()
        here = ("127.0.0.1", home.port)
        idle = [
            socket.create_connection(here) for _ in range(3 * MAX_CONNECTIONS)
        ]  # all before one is answered
        assert await home.ask(home.paired().token.reveal()) == 200
        loop = asyncio.get_running_loop()
        for each in idle[: 2 * MAX_CONNECTIONS]:
            each.settimeout(0)
            assert await asyncio.wait_for(loop.sock_recv(each, 1), PATIENCE_S / 3) == b""
        for each in idle:
            each.close()

    play(tmp_path, scene)


def test_the_setting_opens_moves_and_closes_it_and_the_certificate_stays(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        token = home.paired().token.reveal()
        await home.follow()
        pin, old_port = home.lan.state.fingerprint, home.port
        assert await home.ask(token, pin=pin) == 200
        home.port = free_port()
        await home.follow()
        assert not is_listening(socket.AF_INET, "127.0.0.1", old_port)
        assert await home.ask(token, pin=pin) == 200
        await home.follow(is_on=False)
        assert not home.is_listening()
        assert not home.lan.state.is_open
        await home.follow()
        assert await home.ask(token, pin=pin) == 200

    play(tmp_path, scene)


def test_a_connection_that_is_open_when_it_closes_is_ended(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        await home.follow()
        reader, writer = await asyncio.open_connection("127.0.0.1", home.port, ssl=unverified())
        await home.follow(is_on=False)
        assert await asyncio.wait_for(reader.read(), PATIENCE_S) == b""
        writer.close()

    play(tmp_path, scene)


def test_a_port_in_use_is_said_and_another_one_helps(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            await home.follow(port=taken.getsockname()[1])
            state = home.lan.state
            assert (state.is_wanted, state.is_open) == (True, False)
            assert "Choose another port" in state.trouble
        await home.follow()
        assert home.lan.state.is_open
        assert home.lan.state.trouble == ""

    play(tmp_path, scene)


def test_a_damaged_certificate_is_said_and_the_same_wish_tries_again(tmp_path: Path) -> None:
    async def scene(home: Home) -> None:
        (tmp_path / FILE_NAME).touch(mode=0o600)
        await home.follow()
        assert "it is damaged" in home.lan.state.trouble
        assert not home.is_listening()
        (tmp_path / FILE_NAME).unlink()
        await home.follow()
        assert home.lan.state.is_open

    play(tmp_path, scene)


def test_it_answers_to_the_address_of_the_network_it_was_carried_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lan_access, "LOOK_S", 0.01)

    async def scene(home: Home) -> None:
        await home.follow()
        token = home.paired().token.reveal()
        home.names = OwnNames(names=(), addresses=("10.0.0.7",))
        await eventually(lambda: home.lan.state.urls == (f"https://10.0.0.7:{home.port}",))
        assert await home.ask(token, host=f"10.0.0.7:{home.port}") == 200
        assert await home.ask(token, host=f"studio:{home.port}") == 421

    play(tmp_path, scene)


def test_it_goes_by_the_names_it_knows_while_the_system_tells_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lan_access, "LOOK_S", 0.01)

    async def scene(home: Home) -> None:
        await home.follow()
        home.names_fault = SystemFault("This computer's addresses cannot be found out.")
        looks = home.looks
        await eventually(lambda: home.looks >= looks + 2)
        assert await home.ask(home.paired().token.reveal()) == 200
        home.names_fault = None
        home.names = OwnNames(names=(), addresses=("10.0.0.7",))
        await eventually(lambda: home.lan.state.urls == (f"https://10.0.0.7:{home.port}",))

    play(tmp_path, scene)
