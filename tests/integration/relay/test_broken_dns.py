"""DNS breaks while a destination is live: it comes back to where it was, or follows (reliability_security.md 2.5, F07, F08)."""

from __future__ import annotations

import asyncio
import socket

import pytest

from powerstream_desktop.relay.destination.destination_states import DestinationState
from tests.integration.relay.peers import Platform, endpoint
from tests.integration.relay.stage import Stage
from tests.integration.relay.swift_loop import eventually, let_pass, swiftly
from tests.integration.relay.test_tls import Authority

S = DestinationState
BACK_WITHIN_S = 8.0


class Names:
    """The only name server of the running loop."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.address: tuple[str, int] | None = None
        self.hangs = False
        monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", self.getaddrinfo)

    async def getaddrinfo(self, _host: str, _port: int, **_hints: object) -> list[object]:
        if self.hangs:
            await asyncio.Event().wait()
        if self.address is None:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", self.address)]


@pytest.mark.parametrize("hangs", [False, True], ids=["no such name", "no answer"])
def test_a_destination_that_is_lost_while_dns_is_broken_is_live_again_within_eight_seconds(
    hangs: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    @swiftly
    async def broadcast() -> None:
        names = Names(monkeypatch)
        async with Platform() as platform, Stage(endpoint(platform.port, host="broken.invalid")) as stage:
            names.address = ("127.0.0.1", platform.port)
            encoder = await stage.publish()
            streaming = asyncio.create_task(encoder.stream(12.0))
            await stage.turns(S.LIVE)
            names.address, names.hangs = None, hangs
            lost_at = asyncio.get_running_loop().time()
            platform.last.transport.abort()
            await eventually(lambda: stage.light().connects == 2)
            assert asyncio.get_running_loop().time() - lost_at < BACK_WITHIN_S
            streaming.cancel()

    broadcast()


def test_a_platform_that_dns_moves_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    @swiftly
    async def broadcast() -> None:
        names = Names(monkeypatch)
        async with (
            Platform() as old,
            Platform() as new,
            Stage(endpoint(old.port, host="moving.invalid")) as stage,
        ):
            names.address = ("127.0.0.1", old.port)
            encoder = await stage.publish()
            streaming = asyncio.create_task(encoder.stream(8.0))
            await stage.turns(S.LIVE)
            names.address = ("127.0.0.1", new.port)
            old.last.transport.abort()
            await eventually(lambda: stage.light().connects == 2)
            assert (len(old.connections), len(new.connections)) == (1, 1)
            streaming.cancel()

    broadcast()


def test_an_address_from_memory_has_to_prove_its_name_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    authority = Authority()

    @swiftly
    async def broadcast() -> None:
        names = Names(monkeypatch)
        async with Platform(tls=authority.server("proved.invalid")) as platform:
            target = endpoint(platform.port, scheme="rtmps", host="proved.invalid")
            async with Stage(target, tls=authority.client()) as stage:
                names.address = ("127.0.0.1", platform.port)
                encoder = await stage.publish()
                streaming = asyncio.create_task(encoder.stream(8.0))
                await stage.turns(S.LIVE)
                names.address = None
                port = platform.port
                await platform.stop()
                async with Platform(tls=authority.server("other.invalid")) as stranger:
                    await stranger.stop()
                    stranger.port = port
                    await stranger.start()
                    await eventually(lambda: cause_of(stage) == "tls-wrong-name")
                    await let_pass(1.0)
                    assert not any(connection.received for connection in stranger.connections)
                streaming.cancel()

    broadcast()


def cause_of(stage: Stage) -> str:
    """What the light says."""
    cause = stage.light().cause
    return cause.code if cause is not None else ""
