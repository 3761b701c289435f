"""How long the service may be silent before its listener believes it gone, beside how often it speaks."""

from __future__ import annotations

from powerstream_desktop.client.event_connection import SILENCE_S
from powerstream_desktop.service.api.event_stream import HEARTBEAT_S
from powerstream_desktop.service.keeper.answer_watch import HUNG_S


def test_one_heartbeat_that_is_lost_turns_no_light_grey() -> None:
    assert SILENCE_S > 2 * HEARTBEAT_S


def test_lights_are_grey_long_before_a_service_that_hangs_is_killed() -> None:
    assert SILENCE_S < HUNG_S / 2
