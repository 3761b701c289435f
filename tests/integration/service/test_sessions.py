"""Sessions with real relays: where they go, what is kept of them, and how they end."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.service.store.sessions import SessionEnding
from tests.integration.relay.peers import Platform
from tests.integration.service.sessions_stage import EXTERNAL, INGEST_KEY, saved, serving

REQUEST = replace(EXTERNAL, stream_key=Secret(INGEST_KEY))


def test_a_session_goes_live_is_told_as_it_was_and_is_over_once(tmp_path: Path) -> None:
    async def scenario() -> None:
        async with Platform() as platform, serving(tmp_path) as service:
            await service.save(saved(platform))
            running = await service.sessions.start(REQUEST)
            assert running.endpoint_ids == {"Platform": "ep1"}
            assert running.ingest_url.endswith("/live/***")
            async with service.published():
                await service.turns(DestinationState.LIVE)
                ended = await service.sessions.stop(None)
            assert ended is not None
            assert (ended.session.ending, ended.assets) == (SessionEnding.STOPPED, ())
            assert service.sessions.running is None
            assert await service.sessions.stop(running.session.id) == ended
            assert await service.sessions.stop(None) is None
            [timeline] = await service.store.read(lambda tables: tables.timelines.of(running.session.id))
            states = [change.state.value for change in timeline.changes]
            assert [*dict.fromkeys(states)] == ["off", "connecting", "publishing", "live"]
            assert timeline.figures[-1].bytes_sent > 0
            contact = (await service.store.read(lambda tables: tables.endpoints.get("ep1"))).last_contact
            assert (contact.status, contact.error) == ("live", "")
            assert contact.connected_at is not None

    asyncio.run(scenario())
