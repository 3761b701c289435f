"""The hub without a network: every change once and in order, figures only as fresh as somebody can take them."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping
from typing import Any

import pytest

from powerstream_desktop.service.api.event_ports import Event
from powerstream_desktop.service.events import event_hub
from powerstream_desktop.service.events.event_hub import (
    MAX_KEPT_CHARACTERS,
    MAX_KEPT_EVENTS,
    EventHub,
    Listener,
    TooManyListenersError,
)
from powerstream_desktop.service.events.topics import Topic

STANDING: Mapping[Topic, Mapping[str, Any]] = {
    Topic.LIVE: {"state": "idle"},
    Topic.DESTINATIONS: {"sessions": []},
    Topic.ENGINE: {"state": "stopped"},
}


def hub_of(most: int = 100) -> EventHub:
    return EventHub(lambda: STANDING, max_listeners=most)


async def take(listener: Listener, count: int) -> list[Event]:
    async with asyncio.timeout(5):
        return [await anext(listener) for _ in range(count)]


async def has_nothing(listener: Listener) -> bool:
    try:
        async with asyncio.timeout(0.01):
            await anext(listener)
    except TimeoutError:
        return True
    return False


def numbers(events: list[Event]) -> list[int]:
    return [json.loads(event.data)["number"] for event in events]


def test_who_comes_anew_is_told_how_everything_stands_and_then_what_changes() -> None:
    async def run() -> None:
        hub = hub_of()
        hub.publish(Topic.LIVE, {"number": 1})
        listener = hub.listen(None)
        first = await take(listener, 3)
        assert [event.name for event in first] == ["live", "destinations", "engine"]
        assert json.loads(first[0].data) == {"state": "idle"}
        hub.publish(Topic.LIVE, {"number": 2})
        assert numbers(await take(listener, 1)) == [2]
        assert await has_nothing(listener)

    asyncio.run(run())


def test_the_last_event_of_how_everything_stands_is_the_first_one_from_which_to_go_on() -> None:
    async def run() -> None:
        hub = hub_of()
        first = await take(hub.listen(None), 3)
        assert [bool(event.id) for event in first] == [False, False, True]
        back = hub.listen(first[-1].id)
        assert await has_nothing(back)
        hub.publish(Topic.LIVE, {"number": 1})
        assert numbers(await take(back, 1)) == [1]

    asyncio.run(run())


def test_who_comes_back_gets_each_change_since_then_once() -> None:
    async def run() -> None:
        hub = hub_of()
        listener = hub.listen(None)
        await take(listener, 3)
        hub.publish(Topic.LIVE, {"number": 1})
        (seen,) = await take(listener, 1)
        listener.close()
        for number in range(2, 12):
            hub.publish(Topic.STUDIO, {"number": number})
        back = hub.listen(seen.id)
        assert numbers(await take(back, 10)) == list(range(2, 12))
        assert await has_nothing(back)

    asyncio.run(run())


@pytest.mark.parametrize(
    "id_",
    ["", "nonsense", "00000000-1", "{run}-", "{run}-7x", "{run}-99", "{run}-\u0663", "{run}-" + "9" * 5000],
)
def test_an_id_that_is_not_known_brings_how_everything_stands(id_: str) -> None:
    async def run() -> None:
        hub = hub_of()
        hub.publish(Topic.LIVE, {"number": 1})
        known = (await take(hub.listen(None), 3))[-1].id
        run_id = known.partition("-")[0]
        told = await take(hub.listen(id_.replace("{run}", run_id)), 3)
        assert [event.name for event in told] == ["live", "destinations", "engine"]

    asyncio.run(run())


def test_an_id_that_is_too_old_brings_how_everything_stands() -> None:
    async def run() -> None:
        hub = hub_of()
        old = (await take(hub.listen(None), 3))[-1].id
        for number in range(MAX_KEPT_EVENTS):
            hub.publish(Topic.STUDIO, {"number": number})
        assert numbers(await take(hub.listen(old), MAX_KEPT_EVENTS)) == list(range(MAX_KEPT_EVENTS))
        hub.publish(Topic.STUDIO, {"number": MAX_KEPT_EVENTS})
        told = await take(hub.listen(old), 3)
        assert [event.name for event in told] == ["live", "destinations", "engine"]

    asyncio.run(run())


def test_what_is_kept_for_those_who_come_back_has_a_limit_in_characters_too() -> None:
    async def run() -> None:
        hub = hub_of()
        old = (await take(hub.listen(None), 3))[-1].id
        large = "x" * (MAX_KEPT_CHARACTERS // 3)
        ids = []
        listener = hub.listen(old)
        for number in range(3):
            hub.publish(Topic.STUDIO, {"number": number, "large": large})
            ids += [event.id for event in await take(listener, 1)]
        assert numbers(await take(hub.listen(ids[0]), 2)) == [1, 2]
        assert [event.name for event in await take(hub.listen(old), 3)] == ["live", "destinations", "engine"]

    asyncio.run(run())


def test_of_figures_a_slow_listener_gets_the_newest_and_of_changes_all() -> None:
    async def run() -> None:
        hub = hub_of()
        listener = hub.listen(None)
        await take(listener, 3)
        for number in range(300):
            hub.publish_figures(Topic.DESTINATIONS, {"number": number})
            if number % 100 == 50:
                hub.publish(Topic.LIVE, {"number": number})
        assert numbers(await take(listener, 4)) == [50, 150, 250, 299]
        assert await has_nothing(listener)

    asyncio.run(run())


def test_what_is_fleeting_has_no_id_and_of_it_too_a_slow_listener_gets_the_newest() -> None:
    async def run() -> None:
        hub = hub_of()
        listener = hub.listen(None)
        await take(listener, 3)
        for number in range(100):
            hub.publish_fleeting(Topic.LEVELS, {"number": number})
        hub.publish(Topic.LIVE, {"number": 100})
        fleeting, change = await take(listener, 2)
        assert numbers([fleeting, change]) == [99, 100]
        assert (fleeting.id, bool(change.id)) == ("", True)
        hub.publish_fleeting(Topic.LEVELS, {"number": 101})
        hub.forget(Topic.LEVELS)
        hub.forget(Topic.LEVELS)
        assert await has_nothing(listener)

    asyncio.run(run())


def test_figures_that_are_older_than_a_change_of_their_topic_are_not_told_any_more() -> None:
    async def run() -> None:
        hub = hub_of()
        listener = hub.listen(None)
        await take(listener, 3)
        hub.publish_figures(Topic.LIVE, {"number": 1})
        hub.publish_figures(Topic.ENGINE, {"number": 2})
        hub.publish(Topic.LIVE, {"number": 3})
        assert numbers(await take(listener, 2)) == [2, 3]
        assert await has_nothing(listener)

    asyncio.run(run())


def test_ids_grow_whatever_is_told() -> None:
    async def run() -> None:
        hub = hub_of()
        listener = hub.listen(None)
        await take(listener, 3)
        ids = []
        for number in range(20):
            (hub.publish if number % 3 else hub.publish_figures)(Topic.LIVE, {"number": number})
            ids += [event.id for event in await take(listener, 1)]
        assert [int(each.partition("-")[2]) for each in ids] == list(range(1, 21))
        assert len({each.partition("-")[0] for each in ids}) == 1

    asyncio.run(run())


def test_one_who_stands_still_until_changes_are_gone_is_ended() -> None:
    async def run() -> None:
        hub = hub_of()
        still, quick = hub.listen(None), hub.listen(None)
        await take(still, 3)
        await take(quick, 3)
        for number in range(MAX_KEPT_EVENTS + 1):
            hub.publish(Topic.STUDIO, {"number": number})
            await take(quick, 1)
        with pytest.raises(StopAsyncIteration):
            await take(still, 1)
        assert hub.listeners == 1

    asyncio.run(run())


def test_a_call_that_is_given_up_takes_no_event_with_it() -> None:
    async def run() -> None:
        hub = hub_of()
        listener = hub.listen(None)
        await take(listener, 3)
        for number in range(50):
            waiting = asyncio.ensure_future(take(listener, 1))
            await asyncio.sleep(0)
            hub.publish(Topic.LIVE, {"number": number})
            waiting.cancel()
            await asyncio.wait({waiting})
            assert waiting.cancelled()
            assert numbers(await take(listener, 1)) == [number]

    asyncio.run(run())


def test_who_waits_is_told_that_it_is_over() -> None:
    async def run() -> None:
        hub = hub_of()
        listeners = [hub.listen(None) for _ in range(3)]
        for listener in listeners:
            await take(listener, 3)
        waiting = [asyncio.ensure_future(take(listener, 1)) for listener in listeners]
        await asyncio.sleep(0)
        listeners[0].close()
        await asyncio.wait({waiting[0]}, timeout=5)
        assert hub.listeners == 2
        assert not waiting[1].done()
        hub.close()
        hub.close()
        await asyncio.wait(waiting, timeout=5)
        assert [type(each.exception()) for each in waiting] == [StopAsyncIteration] * 3
        assert hub.listeners == 0
        with pytest.raises(StopAsyncIteration):
            await anext(hub.listen(None))

    asyncio.run(run())


def test_those_who_are_too_many_are_refused_until_somebody_goes() -> None:
    async def run() -> None:
        hub = hub_of(most=event_hub.MAX_LISTENERS)
        listeners = [hub.listen(None) for _ in range(event_hub.MAX_LISTENERS)]
        with pytest.raises(TooManyListenersError):
            hub.listen(None)
        listeners[0].close()
        assert hub.listen(None) is not None
        del listeners[5]  # forgotten without a word
        assert hub.listen(None) is not None

    asyncio.run(run())


def test_a_hundred_listeners_cost_the_publisher_almost_nothing() -> None:
    async def run() -> None:
        hub = hub_of()
        listeners = [hub.listen(None) for _ in range(100)]
        told = [asyncio.ensure_future(take(listener, 3 + 200)) for listener in listeners]
        await asyncio.sleep(0)
        worst_s = 0.0
        for number in range(200):
            begun_s = time.perf_counter()
            hub.publish(Topic.LIVE, {"number": number})
            worst_s = max(worst_s, time.perf_counter() - begun_s)
            await asyncio.sleep(0)
        for events in await asyncio.gather(*told):
            assert numbers(events[3:]) == list(range(200))
        assert worst_s < 0.05

    asyncio.run(run())
