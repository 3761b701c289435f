"""The client and the real API understand each other: every room is entered."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from powerstream_desktop.client.address import HomeAddress, KnownAddress
from powerstream_desktop.client.assets import AssetWish
from powerstream_desktop.client.catalogue import ProfileWish, StationWish
from powerstream_desktop.client.client import Client, client_of_home
from powerstream_desktop.client.endpoints import EndpointWish, VideoLimits
from powerstream_desktop.client.errors import ConflictError, NotAllowedError, RefusedError, UnknownError
from powerstream_desktop.client.event_stream import Connected, Reconnecting, ServiceEvent, StreamItem
from powerstream_desktop.client.live import EXTERNAL, StartWish
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine.control.commands import HoldToTalk, Privacy, WatchLevels, WatchPreview
from powerstream_desktop.engine.control.sound_commands import Mute, SetGain
from powerstream_desktop.engine.control.studio_commands import Redo, SetPortraitWindow, SwitchScene, Undo
from powerstream_desktop.service.events.topics import Topic
from tests.integration.client.served_api import ServedAPI

KEY = "live_4821_canaryKQ7"
TWITCH = EndpointWish(
    name="Mine", platform="twitch", server_url="rtmp://live.example.invalid/app", stream_key=Secret(KEY)
)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[ServedAPI]:
    with ServedAPI(tmp_path / "served") as service:
        yield service


@pytest.fixture
def client(served: ServedAPI) -> Iterator[Client]:
    with Client(HomeAddress(runtime=served.paths.runtime)) as asking:
        yield asking


def test_the_service_is_there(client: Client) -> None:
    assert client.live.health() == "1.2.3"
    assert client.live.status().state == "idle"


def test_a_broadcast_from_its_start_to_its_end(served: ServedAPI, client: Client) -> None:
    client.endpoints.add(TWITCH)
    started = client.live.start(StartWish(title="Evening show", source=EXTERNAL, stream_key=Secret(KEY)))
    assert "****" in started.ingest_url
    assert served.multistream.requests[0].stream_key == Secret(KEY)
    assert client.live.status().title == "Evening show"
    [running] = client.live.destinations().sessions
    assert [(each.name, each.status) for each in running.endpoints] == [("Mine", "live")]
    assert client.live.mark("Goal").label == "Goal"
    with pytest.raises(ConflictError):
        client.live.start(StartWish())
    ended = client.live.stop(started.session_id)
    assert ended.session_id == started.session_id
    assert [each.asset_id for each in ended.recordings] == ["as1"]
    assert client.live.stop(started.session_id).session_id == started.session_id
    assert client.live.stop().session_id is None
    with pytest.raises(ConflictError):
        client.live.mark()


def test_an_endpoint_is_added_changed_and_removed_and_its_key_stays(
    served: ServedAPI, client: Client
) -> None:
    added = client.endpoints.add(TWITCH)
    assert added.has_key
    assert served.secrets.texts == [KEY]
    limits = VideoLimits(max_fps=30)
    changed = client.endpoints.save(
        added.id, replace(added.wish, name="Yours", priority=5, video_limits=limits)
    )
    assert (changed.name, changed.priority, changed.video_limits, changed.has_key) == (
        "Yours",
        5,
        limits,
        True,
    )
    assert client.endpoints.all() == (changed,)
    assert client.endpoints.status(added.id).status == "off"
    emptied = client.endpoints.save(added.id, replace(changed.wish, stream_key=Secret("")))
    assert not emptied.has_key
    assert served.secrets.texts == []
    client.endpoints.remove(added.id)
    assert client.endpoints.all() == ()
    with pytest.raises(UnknownError):
        client.endpoints.remove(added.id)


def test_an_endpoint_is_looked_at_and_told_to_try_again(served: ServedAPI, client: Client) -> None:
    added = client.endpoints.add(TWITCH)
    assert [each.name for each in client.endpoints.check(added.id).destinations] == ["Mine"]
    assert client.preflight.look(selected_endpoints=(added.id,)).destinations[0].platform == "twitch"
    with pytest.raises(UnknownError):
        client.endpoints.retry(added.id)
    client.live.start(StartWish())
    client.endpoints.retry(added.id)
    assert served.multistream.retried == [added.id]


def test_what_the_service_refuses_is_said_in_its_words_and_without_the_key(client: Client) -> None:
    with pytest.raises(RefusedError) as raised:
        client.endpoints.add(replace(TWITCH, priority=1000))
    assert "priority" in raised.value.title
    assert KEY not in str(raised.value)


def test_stations_and_profiles(client: Client) -> None:
    station = client.stations.add(StationWish(name="Évening News"))
    assert station.slug
    assert client.stations.get(station.id) == station
    renamed = client.stations.save(station.id, replace(station.wish, name="Morning"))
    assert (renamed.name, renamed.slug) == ("Morning", station.slug)
    endpoint = client.endpoints.add(replace(TWITCH, station_id=station.id))
    profile = client.profiles.add(ProfileWish(name="All", endpoint_ids=(endpoint.id,)))
    assert client.profiles.all() == (profile,)
    assert client.profiles.save(profile.id, replace(profile.wish, endpoint_ids=())).endpoint_ids == ()
    client.profiles.remove(profile.id)
    client.stations.remove(station.id)
    assert (client.stations.all(), client.endpoints.all()) == ((), ())


def test_platforms_and_sessions(client: Client) -> None:
    assert "twitch" in {each.id for each in client.platforms.all()}
    assert client.sessions.page(limit=5).sessions == ()
    with pytest.raises(UnknownError):
        client.sessions.get("nobody")


def test_a_restart_of_the_service_costs_a_client_only_the_delay(tmp_path: Path) -> None:
    with ServedAPI(tmp_path / "served") as first, Client(HomeAddress(runtime=first.paths.runtime)) as client:
        client.endpoints.add(TWITCH)
        first.end()
        with ServedAPI(tmp_path / "served") as second:
            assert second.token != first.token
            assert [each.name for each in client.endpoints.all()] == ["Mine"]


def test_a_service_that_dies_after_it_was_found_and_before_it_was_asked_is_waited_for(tmp_path: Path) -> None:
    with ServedAPI(tmp_path / "served") as first, client_of_home(first.paths) as client:
        first.end()
        second = ServedAPI(tmp_path / "served")
        coming = threading.Timer(0.3, second.__enter__)
        coming.start()
        try:
            assert client.endpoints.all() == ()
        finally:
            coming.join()
            second.end()


def test_the_studio_is_told_and_changed(served: ServedAPI, client: Client) -> None:
    assert client.studio.status().studio is None
    woken = client.studio.wake()
    assert woken.studio is not None
    assert woken.sound is not None
    scene, channel = woken.studio.scenes[0], woken.sound.channels[0]
    client.studio.switch_scene(scene.name)
    client.studio.change_audio(channel.id, is_muted=True, gain_db=-6.5)
    client.studio.set_privacy(is_on=True)
    client.studio.hold_to_talk(channel.name, is_held=False)
    client.studio.undo()
    client.studio.redo()
    client.studio.watch_preview(640, 360, 15)
    client.studio.watch_levels(is_watched=True)
    client.studio.obey("portrait", {"position": 0.25})
    assert [type(each) for each in served.studio.sent[-10:]] == [
        SwitchScene, Mute, SetGain, Privacy, HoldToTalk, Undo, Redo, WatchPreview, WatchLevels, SetPortraitWindow,
    ]  # fmt: skip
    assert client.studio.status().levels is not None
    client.studio.hold_to_talk(channel.name, is_held=True, for_s=2.5)
    assert served.studio.sent[-1] == HoldToTalk(channel=channel.id, is_held=True, for_s=2.5)


def test_what_the_engine_refuses_is_said_in_its_words(served: ServedAPI, client: Client) -> None:
    served.studio.refuses = UserError("There is no such scene.", hint="Choose another.")
    with pytest.raises(RefusedError, match=r"There is no such scene\. Choose another\."):
        client.studio.switch_scene("Nowhere")


def test_the_library_is_listed_and_changed(client: Client) -> None:
    wish = AssetWish(
        title="Café at night", recorded_at="2026-11-23T20:00:00Z", duration=61.5, size_bytes=1000
    )
    added = client.library.register("replay-1", wish)
    assert (added.title, added.duration, added.size_bytes) == ("Café at night", 61.5, 1000)
    assert client.library.register("replay-1", wish) == added
    assert client.library.page(words="cafe nig").assets == (added,)
    assert client.library.page(words="morning").assets == ()
    assert client.library.change("replay-1", title="Bar").title == "Bar"
    marker = client.library.mark("replay-1", 12_500, "here")
    assert (marker.offset_ms, client.library.markers("replay-1")) == (12_500, (marker,))
    assert client.library.get("replay-1").markers == (marker,)
    client.library.remove_marker("replay-1", marker.id)
    assert client.library.remove("replay-1").file is None
    with pytest.raises(UnknownError):
        client.library.get("replay-1")


def test_pages_lead_to_the_next(client: Client) -> None:
    for number in range(5):
        client.library.register(
            f"r{number}", AssetWish(title="x", recorded_at=f"2026-11-2{number}T00:00:00Z")
        )
    first = client.library.page(limit=3)
    rest = client.library.page(limit=3, cursor=first.next_cursor)
    assert [each.id for each in (*first.assets, *rest.assets)] == ["r4", "r3", "r2", "r1", "r0"]
    assert rest.next_cursor is None


def test_another_device_is_let_in_and_put_out(served: ServedAPI, client: Client) -> None:
    opened = client.access.open_pairing("read")
    assert client.access.pairing().state == "open"
    address = HomeAddress(runtime=served.paths.runtime).address()
    assert address is not None
    with Client(KnownAddress(known=replace(address, token=Secret("")))) as stranger:
        token, device = stranger.access.pair(opened.code, "Phone")
        with pytest.raises(NotAllowedError):
            stranger.access.pair(opened.code, "Phone again")
        with pytest.raises(NotAllowedError):
            stranger.stations.all()
    assert client.access.devices() == (device,)
    assert (device.name, device.scope) == ("Phone", "read")
    assert token
    client.access.put_out(device.id)
    assert client.access.devices() == ()
    client.access.rotate()
    client.access.close_pairing()


def test_settings_and_the_place_of_keys(client: Client) -> None:
    settings = {each.name: each for each in client.settings.all().settings}
    assert settings["video.fps"].value == settings["video.fps"].default
    changed = {each.name: each.value for each in client.settings.change({"video.fps": 60}).settings}
    assert changed["video.fps"] == 60
    back = {each.name: each.value for each in client.settings.change({"video.fps": None}).settings}
    assert back["video.fps"] == settings["video.fps"].default
    with pytest.raises(RefusedError):
        client.settings.change({"no.such.thing": 1})
    assert client.keys.place().place == "this-run"
    assert not client.access.network().is_open


def test_devices_and_figures(client: Client) -> None:
    assert client.computer.devices().cameras
    assert client.computer.stats()["version"] == "1.2.3"


def test_what_happens_is_told_over_a_restart(tmp_path: Path) -> None:
    with ServedAPI(tmp_path / "served") as first, Client(HomeAddress(runtime=first.paths.runtime)) as client:
        second = ServedAPI(tmp_path / "served")
        stream = client.events(frozenset({"notice"}))
        try:
            events = iter(stream)
            assert isinstance(next(events), Connected)
            first.publish(Topic.NOTICE, {"n": 1})
            assert _notice(events) == {"n": 1}
            first.end()
            assert isinstance(next(events), Reconnecting)
            second.__enter__()
            while not isinstance(next(events), Connected):
                continue
            second.publish(Topic.NOTICE, {"n": 2})
            assert _notice(events) == {"n": 2}
        finally:
            stream.close()
            second.end()


def _notice(events: Iterator[StreamItem]) -> object:
    item = next(events)
    assert isinstance(item, ServiceEvent)
    return item.data
