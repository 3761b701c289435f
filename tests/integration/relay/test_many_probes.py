"""Many servers probed at once: none costs another one anything, and all together have an end."""

from __future__ import annotations

import asyncio

import pytest

from powerstream_desktop.platforms.failures import FailureKind
from powerstream_desktop.platforms.probe_result import ProbeStage
from powerstream_desktop.relay.probe.probe import PROBES_AT_ONCE, TOTAL_S, Prober
from tests.integration.relay.peers import Platform
from tests.integration.relay.swift_loop import eventually, swiftly
from tests.integration.relay.test_probe import (
    NeverAnswers,
    failed_at,
    probe,
    server_at,
)
from tests.integration.relay.test_tls import wire

K = FailureKind


@swiftly
async def test_one_server_that_hangs_costs_the_others_nothing() -> None:
    async with wire(lambda _: None) as hung, Platform() as platform:
        loop = asyncio.get_running_loop()
        servers = [server_at(platform.port), server_at(hung.port), server_at(platform.port)]
        began = loop.time()
        results = await Prober(loop.time).probe_all(servers)
        assert [result.ok for result in results] == [True, False, True]
        assert all(stage.took_ms < 1_000 for result in (results[0], results[2]) for stage in result.stages)
        assert loop.time() - began < 11.5


@pytest.mark.parametrize("count", [1, PROBES_AT_ONCE, 2 * PROBES_AT_ONCE + 1])
def test_all_together_take_15_s_however_many_hang(count: int) -> None:
    @swiftly
    async def go() -> None:
        loop = asyncio.get_running_loop()
        async with wire(lambda _: None) as hung, Platform() as platform:
            began = loop.time()
            servers = [server_at(hung.port)] * count + [server_at(platform.port)]
            *failed, well = await Prober(loop.time).probe_all(servers)
            assert [failed_at(each) for each in failed] == [
                (ProbeStage.HANDSHAKE, K.HANDSHAKE_TIMEOUT)
            ] * count
            assert well.ok
            assert loop.time() - began < TOTAL_S

    go()


@swiftly
async def test_no_more_than_8_are_probed_at_a_time() -> None:
    class Counting(NeverAnswers):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            super().connection_made(transport)
            at_once.append(sum(not each.lost for each in self.platform.connections))

    at_once: list[int] = []
    async with Platform(Counting) as platform:
        await Prober(asyncio.get_running_loop().time).probe_all([server_at(platform.port)] * 20)
        assert len(platform.connections) == 20
        assert max(at_once) == PROBES_AT_ONCE


@swiftly
async def test_nothing_to_probe_is_no_fault() -> None:
    assert await Prober(asyncio.get_running_loop().time).probe_all([]) == ()


@pytest.mark.parametrize("rounds", [0, 1, 2, 3, 5, 8, 13])
def test_called_off_in_any_round_a_probe_leaves_nothing_open(rounds: int) -> None:
    @swiftly
    async def go() -> None:
        async with Platform(NeverAnswers) as platform:
            call = asyncio.create_task(probe(server_at(platform.port)))
            for _ in range(rounds):
                await asyncio.sleep(0)
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
            await eventually(lambda: all(each.lost for each in platform.connections))

    go()
