"""The plan that becomes of a request and the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.platforms.catalogue import load_catalogue
from powerstream_desktop.recording.options import Container, RecordingOptions
from powerstream_desktop.service.api.ports import Multistream
from powerstream_desktop.service.broadcast.plan import BroadcastPlan
from powerstream_desktop.service.multistream.broadcast_settings import (
    BroadcastSettings,
    broadcast_plan,
    broadcast_settings_of,
)
from powerstream_desktop.service.multistream.multistream_service import MultistreamService
from powerstream_desktop.service.multistream.session_request import SessionRequest
from powerstream_desktop.service.settings.settings import Settings
from powerstream_desktop.service.store.sessions import SessionSource

as_the_api_wants_it: Callable[[MultistreamService], Multistream] = lambda service: service  # noqa: E731
"""For the type checker: the service is what the API's ports say."""


VIDEOS = RecordingOptions(folder=Path("/videos"))


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return Paths.from_environment({"POWERSTREAM_HOME": str(tmp_path)})


@pytest.fixture
def settings() -> BroadcastSettings:
    return BroadcastSettings(recording=VIDEOS, ingest_host="0.0.0.0", bridge_limit_s=7.0)


def plan(
    paths: Paths, settings: BroadcastSettings, request: SessionRequest, port_before: int | None = None
) -> BroadcastPlan:
    return broadcast_plan(
        request,
        settings,
        endpoints=(),
        stream_key=Secret("sk_encoder_0815"),
        catalogue=load_catalogue(paths),
        hls_folder=Path("/hls"),
        uplink_file=Path("/uplink"),
        port_before=port_before,
    )


def test_the_studio_publishes_on_this_computer_whatever_is_set_for_encoders(
    paths: Paths, settings: BroadcastSettings
) -> None:
    made = plan(paths, settings, SessionRequest(is_rehearsal=True))
    assert (made.host, made.port, made.rehearsal) == ("127.0.0.1", 0, True)
    assert (made.recording, made.bridge_limit_s) == (VIDEOS, 7.0)


def test_an_encoder_finds_a_broadcast_that_goes_on_where_it_was(
    paths: Paths, settings: BroadcastSettings
) -> None:
    request = SessionRequest(source=SessionSource.EXTERNAL, is_recorded=False)
    made = plan(paths, settings, request, port_before=4711)
    assert (made.host, made.port, made.recording) == ("0.0.0.0", 4711, None)


def test_the_users_settings_are_those_of_broadcasts(paths: Paths) -> None:
    chosen = Settings()
    made = broadcast_settings_of(chosen, paths)
    assert made == BroadcastSettings(recording=RecordingOptions(folder=paths.recordings))
    moved = replace(chosen, recording=replace(chosen.recording, folder=Path("/elsewhere")))
    assert broadcast_settings_of(moved, paths).recording.folder == Path("/elsewhere")


def test_a_recording_is_split_and_has_room_kept_as_the_user_chose(paths: Paths) -> None:
    chosen = Settings().with_values(
        {
            "recording.fallback_folders": (Path("/second"),),
            "recording.container": Container.MKV,
            "recording.split_after_minutes": 0,
            "recording.split_at_megabytes": 500,
            "recording.reserve_megabytes": 2,
        }
    )
    assert broadcast_settings_of(chosen, paths).recording == RecordingOptions(
        folder=paths.recordings,
        fallback_folders=(Path("/second"),),
        container=Container.MKV,
        split_after_s=None,
        split_at_bytes=500_000_000,
        reserve_bytes=2 * 1024 * 1024,
    )
