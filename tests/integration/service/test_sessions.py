"""Sessions with real relays: where they go, and what is kept of them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.service.store.profiles import Profile
from powerstream_desktop.service.store.sessions import SessionEnding
from powerstream_desktop.service.store.store_faults import ConflictError, UnknownRecordError
from tests.integration.relay.peers import Platform
from tests.integration.relay.swift_loop import eventually
from tests.integration.service.sessions_stage import EXTERNAL, INGEST_KEY, Service, saved, serving

REQUEST = replace(EXTERNAL, stream_key=Secret(INGEST_KEY))
S = DestinationState


def test_a_session_is_told_as_it_was_and_is_over_once(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with Platform() as platform, serving(tmp_path) as service:
            await service.save(saved(platform))
            running = await service.sessions.start(REQUEST)
            assert running.endpoint_ids == {"Platform": "ep1"}
            assert running.ingest_url.endswith("/live/***")
            async with service.published():
                await service.turns(S.LIVE)
                ended = await service.sessions.stop(None)
            assert ended is not None
            assert (ended.session.ending, ended.assets) == (SessionEnding.STOPPED, ())
            assert service.sessions.running is None
            assert await service.sessions.stop(running.session.id) == ended
            assert await service.sessions.stop(None) is None
            await is_told_as_it_was(service, running.session.id)

    asyncio.run(scenario())


async def is_told_as_it_was(service: Service, session_id: str) -> None:
    [timeline] = await service.store.read(lambda tables: tables.timelines.of(session_id))
    states = [change.state.value for change in timeline.changes]
    assert states == ["off", "connecting", "publishing", "live"]
    assert timeline.figures[-1].bytes_sent > 0
    contact = (await service.store.read(lambda tables: tables.endpoints.get("ep1"))).last_contact
    assert (contact.status, contact.error) == ("live", "")
    assert contact.connected_at is not None


def test_an_endpoint_without_a_key_is_red_and_the_others_are_live_until_it_gets_one(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with Platform() as platform, Platform() as other, serving(tmp_path) as service:
            await service.save(saved(platform), saved(other, "ep2", "Platform"))
            key = service.secrets.keys.pop("ep2")
            running = await service.sessions.start(REQUEST)
            assert running.endpoint_ids == {"Platform": "ep1", "Platform (2)": "ep2"}
            async with service.published():
                await service.turns(S.LIVE)
                light = service.light("Platform (2)")
                assert light.state is S.REJECTED
                assert light.cause is not None
                assert light.cause.code == "no-key"
                service.secrets.keys["ep2"] = key
                await service.sessions.retry("ep2")
                await service.turns(S.LIVE, "Platform (2)")
                await service.sessions.stop(None)
            assert len(platform.connections) == 1
            told = await service.store.read(lambda tables: tables.timelines.of(running.session.id))
            changes = next(each.changes for each in told if each.destination.endpoint_id == "ep2")
            assert (changes[0].state, changes[-1].state) == (S.REJECTED, S.LIVE)

    asyncio.run(scenario())


def test_when_nobody_can_be_served_nothing_begins_and_it_is_said_why(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with Platform() as platform, serving(tmp_path) as service:
            await service.save(saved(platform))
            service.secrets.keys.clear()
            with pytest.raises(UserError, match="Platform has no stream key"):
                await service.sessions.start(REQUEST)
            assert service.sessions.running is None
            page = await service.store.read(lambda tables: tables.sessions.page(limit=5))
            assert page.rows == ()
            await service.sessions.start(replace(REQUEST, use_multistream=False))
            assert ids_on_air(service) == {}

    asyncio.run(scenario())


@pytest.mark.parametrize(
    "request_",
    [
        replace(REQUEST, station_id="unknown"),
        replace(REQUEST, profile_id="unknown"),
        replace(REQUEST, selected_endpoints=("unknown",)),
    ],
)
def test_what_does_not_exist_begins_nothing(tmp_path: Path, request_: object) -> None:
    async def scenario() -> None:
        async with serving(tmp_path) as service:
            with pytest.raises(UnknownRecordError):
                await service.sessions.start(request_)  # type: ignore[arg-type]
            with pytest.raises(UnknownRecordError):
                await service.sessions.preflight(request_)  # type: ignore[arg-type]
            with pytest.raises(UnknownRecordError):
                await service.sessions.stop("unknown")
            with pytest.raises(UnknownRecordError):
                await service.sessions.retry("unknown")
            await service.sessions.endpoints_changed()

    asyncio.run(scenario())


def test_endpoints_that_are_changed_while_live_come_and_go_and_the_others_notice_nothing(
    tmp_path: Path,
) -> None:
    async def scenario() -> None:
        async with Platform() as stays, Platform() as goes, Platform() as comes, serving(tmp_path) as service:
            await service.save(saved(stays, "stays", "A"), saved(goes, "goes", "B"))
            running = await service.sessions.start(REQUEST)
            async with service.published():
                await service.turns(S.LIVE, "A")
                await service.turns(S.LIVE, "B")
                await service.store.write(lambda tables: tables.endpoints.remove("goes"))
                renamed = saved(stays, "stays", "Renamed")
                await service.store.write(lambda tables: tables.endpoints.change(renamed))
                await service.save(saved(comes, "comes", "B"))
                await service.sessions.endpoints_changed()
                assert ids_on_air(service) == {"A": "stays", "B (2)": "comes"}
                await service.turns(S.LIVE, "B (2)")
                assert goes.last.lost
                assert service.light("A").state is S.LIVE
                await service.sessions.stop(None)
            assert len(stays.connections) == 1
            told = await service.store.read(lambda tables: tables.timelines.of(running.session.id))
            last = {each.destination.endpoint_id: each.last_state for each in told}
            assert last == {"stays": S.LIVE, "goes": S.STOPPED, "comes": S.LIVE}

    asyncio.run(scenario())


def test_a_profile_chooses_and_a_retry_is_for_one(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with Platform() as platform, serving(tmp_path) as service:
            await service.save(saved(platform), saved(platform, "ep2", "Other", is_active=False))
            profile = Profile(id="p1", name="Evening", endpoint_ids=("ep2",))
            await service.store.write(lambda tables: tables.profiles.add(profile))
            running = await service.sessions.start(replace(REQUEST, profile_id="p1"))
            assert running.endpoint_ids == {"Other": "ep2"}
            await service.sessions.retry("ep2")
            with pytest.raises(UnknownRecordError):
                await service.sessions.retry("ep1")

    asyncio.run(scenario())


def ids_on_air(service: Service) -> Mapping[str, str]:
    running = service.sessions.running
    assert running is not None
    return running.endpoint_ids


@pytest.mark.allow_warning_logs
def test_a_listener_with_a_fault_costs_neither_the_broadcast_nor_the_other_listeners(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(tmp_path) as service:
            told: list[bool] = []

            def fail() -> None:
                raise ZeroDivisionError("a bug")

            service.sessions.listen(fail)
            service.sessions.listen(lambda: told.append(service.sessions.running is not None))
            await service.sessions.start(replace(REQUEST, use_multistream=False))
            await service.sessions.stop(None)
            assert (told[0], told[-1]) == (True, False)

    asyncio.run(scenario())


def test_a_station_on_air_can_be_watched_here_and_no_other(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(tmp_path) as service:
            request = replace(REQUEST, use_multistream=False)
            assert service.sessions.hls_folder("news") is None
            await service.sessions.start(request)
            folder = service.sessions.hls_folder("news")
            assert folder is not None
            assert service.sessions.hls_folder("-") is None
            async with service.published():
                await eventually(lambda: (folder / "index.m3u8").exists())
            await service.sessions.stop(None)
            assert service.sessions.hls_folder("news") is None
            assert not await asyncio.to_thread(folder.exists)
            await service.sessions.start(replace(request, station_id=None))
            assert service.sessions.hls_folder("-") is not None

    asyncio.run(scenario())


def test_an_encoder_shows_the_kept_key_unless_another_one_was_given(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with Platform() as platform, serving(tmp_path) as service:
            await service.save(saved(platform))
            assert await service.sessions.key_refs() == ()
            await service.sessions.start(EXTERNAL)
            [kept] = await service.sessions.key_refs()
            async with service.published((await service.sessions.encoder_access()).key.reveal()):
                await service.turns(S.LIVE)
            await service.sessions.stop(None)
            await service.sessions.start(REQUEST)
            assert INGEST_KEY in {key.reveal() for key in service.secrets.keys.values()}
            assert len(await service.sessions.key_refs()) == 2
            async with service.published():
                await service.turns(S.LIVE)
            await service.sessions.stop(None)
            assert await service.sessions.key_refs() == (kept,)
            assert INGEST_KEY not in {key.reveal() for key in service.secrets.keys.values()}

    asyncio.run(scenario())


def test_an_encoder_is_told_where_to_publish_and_its_key_stays_while_it_may_publish(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with serving(tmp_path) as service:
            before = await service.sessions.encoder_access()
            running = await service.sessions.start(replace(EXTERNAL, use_multistream=False))
            access = await service.sessions.encoder_access()
            assert access.key == before.key
            assert running.ingest_url.rpartition("/")[0] == access.server_url
            with pytest.raises(ConflictError, match="encoder"):
                await service.sessions.encoder_access(renews=True)
            await service.sessions.stop(None)
            assert (await service.sessions.encoder_access(renews=True)).key != access.key

    asyncio.run(scenario())


@pytest.mark.parametrize("key", ["short", "two\nlines of it", "x" * 257])
def test_a_key_that_can_be_guessed_or_cannot_be_one_begins_nothing(tmp_path: Path, key: str) -> None:
    async def scenario() -> None:
        async with serving(tmp_path) as service:
            request = replace(REQUEST, use_multistream=False, stream_key=Secret(key))
            with pytest.raises(UserError, match="stream key"):
                await service.sessions.start(request)
            assert service.sessions.running is None

    asyncio.run(scenario())


def test_the_look_before_finds_servers_that_answer_and_keys_that_are_missing(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with Platform() as platform, serving(tmp_path) as service:
            await service.save(saved(platform, priority=1), saved(platform, "ep2", "Other"))
            del service.secrets.keys["ep2"]
            report = await service.sessions.preflight(REQUEST)
            assert [(each.name, each.ready) for each in report.destinations] == [
                ("Platform", True),
                ("Other", False),
            ]
            assert "no-key" in {finding.code for finding in report.all_findings}
            assert not any(connection.pictures for connection in platform.connections)

    asyncio.run(scenario())


def test_what_turns_is_told_to_those_who_listen(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with Platform() as platform, serving(tmp_path) as service:
            told: list[str] = []
            states: list[str] = []

            def hear() -> None:
                running = service.sessions.running
                told.append("none" if running is None else service.light().state.value)
                states.append("none" if running is None else running.broadcast.state.value)

            service.sessions.listen(hear)
            await service.save(saved(platform))
            await service.sessions.start(REQUEST)
            async with service.published():
                await eventually(lambda: told[-1:] == ["live"])
                await service.sessions.stop(None)
            assert told[-1] == "none"
            assert {"off", "live", "stopped", "none"} <= set(told)
            assert [*dict.fromkeys(states)] == ["starting", "live", "ending", "ended", "none"]

    asyncio.run(scenario())
