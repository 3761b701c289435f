"""A line says how an endpoint stands, in words and in shape, and never more than is known."""

from __future__ import annotations

from datetime import timedelta

import pytest

from powerstream_desktop.desktop.destinations.destination_row import (
    DestinationRow,
    now_words,
    row_of,
    short_host,
)
from powerstream_desktop.desktop.kit.light_kind import LightKind
from tests.unit.desktop.destinations.values import NOW, REFUSED, RESET, broadcast, endpoint, status

HERE = NOW.astimezone()


def row(state: str = "", **fields: object) -> DestinationRow:
    kept = endpoint("yt", last_error="It was slow.", last_connected_at=NOW - timedelta(days=40))
    running = broadcast(status("yt", "YouTube", state, **fields)) if state else None
    return row_of(kept, "YouTube", running, HERE)


@pytest.mark.parametrize(
    ("state", "fields", "light", "words"),
    [
        ("live", {"bitrate_kbps": 6012}, LightKind.LIVE, "Live 6\u202f012\u00a0kbit/s"),
        ("slow", {"bitrate_kbps": 900}, LightKind.SLOW, "Slow 900\u00a0kbit/s"),
        ("slow", {"frames_sent": 97, "dropped_frames": 3}, LightKind.SLOW, "Slow, 3.0\u00a0% dropped"),
        ("connecting", {}, LightKind.WORKING, "Connecting"),
        ("publishing", {}, LightKind.WORKING, "Connecting"),
        ("retrying", {"attempt": 3}, LightKind.WORKING, "Reconnecting, try 3"),
        ("retrying", {"attempt": 0}, LightKind.WORKING, "Reconnecting, try 1"),
        ("rejected", {}, LightKind.BAD, "Rejected"),
        ("stopped", {}, LightKind.OFF, "Stopped"),
        ("unheard", {}, LightKind.OFF, "Not known now"),
        ("off", {}, LightKind.OFF, "Off"),
        ("off", {"cause": RESET}, LightKind.OFF, "Waiting"),
        ("of-a-newer-service", {}, LightKind.OFF, "Off"),
    ],
)
def test_a_destination_on_air_is_told_as_it_stands(
    state: str, fields: dict[str, object], light: LightKind, words: str
) -> None:
    shown = row(state, **fields)
    assert (shown.light, shown.now, shown.is_on_air) == (light, words, True)
    assert now_words(status("yt", "YouTube", state, **fields)) == words


def test_while_it_is_on_air_its_cause_is_told_and_not_that_of_the_last_time() -> None:
    assert row("live").last_error == ""
    shown = row("rejected", cause=REFUSED)
    assert (shown.last_error, shown.remedy) == ("LinkedIn does not accept the key.", "Paste today's key.")


def test_off_air_the_last_error_is_told_and_no_light_is_green() -> None:
    shown = row()
    assert (shown.light, shown.now, shown.is_on_air) == (LightKind.OFF, "Off", False)
    assert shown.last_error == "It was slow."
    assert shown.last_connected != ""


def test_an_endpoint_that_another_broadcast_does_not_have_is_off() -> None:
    shown = row_of(endpoint("tw", "twitch"), "Twitch", broadcast(status("yt", "YouTube", "live")), HERE)
    assert (shown.light, shown.is_on_air, shown.last_connected) == (LightKind.OFF, False, "")


def test_a_missing_key_is_said() -> None:
    shown = row_of(endpoint("yt", stream_key="unset"), "YouTube", None, HERE)
    assert (shown.has_key, shown.now) == (False, "Needs a key")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("rtmps://a.rtmps.youtube.com:443/live2", "a.rtmps.youtube.com"),
        ("rtmps://fa723fc1b171.global-contribute.live-video.net:443/app", "…live-video.net"),
        ("rtmps://1f0e.channel.media.azure.net:2935/live/6b1c", "…channel.media.azure.net"),
        ("", ""),
    ],
)
def test_of_a_long_host_the_part_is_shown_by_which_people_know_it(url: str, shown: str) -> None:
    assert short_host(url) == shown


def test_what_else_is_known_of_its_health_is_told_while_it_is_on_air() -> None:
    shown = row("slow", queue_ms=1400, frames_sent=988, dropped_frames=12, backup_in_use=True)
    assert (
        shown.details
        == "1\u202f400 ms wait to be sent, 12 of 1\u202f000 pictures dropped, the second server takes it"
    )
    assert "server" not in row("live").details
    assert row().details == ""
