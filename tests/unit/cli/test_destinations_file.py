"""What becomes of a destinations file; what is refused in the command's words is in test_wrong_use.py."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.cli.destinations_file import read_destinations
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.platforms.endpoint import BackupUse, Rendition, RTMPEndpoint
from tests.unit.platforms.endpoints import CATALOGUE

KEY = "live_4821_canaryKQ7"
AZURE = "rtmps://abc.channel.media.azure.net:2935/live/0123456789abcdef0123456789abcdef"
FAMILY = "Us 👩‍👩‍👧‍👦"
ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


class DestinationsFile:
    """A file of destinations."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read_all(self, *entries: dict[str, Any]) -> tuple[RTMPEndpoint, ...]:
        """Write entries as JSON and read them."""
        path = self._folder / "destinations.json"
        path.write_text(json.dumps(entries), encoding="utf-8")
        return read_destinations(path, CATALOGUE)

    def read_toml(self, content: str) -> tuple[RTMPEndpoint, ...]:
        """Write TOML and read it."""
        path = self._folder / "destinations.toml"
        path.write_text(content, encoding="utf-8")
        return read_destinations(path, CATALOGUE)

    def read(self, **fields: Any) -> RTMPEndpoint:
        """Read a file with one entry, of which the key and, for a custom server, the address need not be said."""
        if "platform" not in fields:
            fields = {"serverUrl": "rtmp://127.0.0.1/live", **fields}
        [endpoint] = self.read_all({"name": "Mine", "streamKey": KEY, **fields})
        return endpoint

    def refusal(self, **fields: Any) -> tuple[str, str]:
        """Return title and hint with which one entry is refused."""
        with pytest.raises(UserError) as refused:
            self.read(**fields)
        assert KEY not in str(refused.value)
        return refused.value.title, refused.value.hint


@pytest.fixture
def file(tmp_path: Path) -> DestinationsFile:
    return DestinationsFile(tmp_path)


def test_an_entry_says_no_more_than_it_must(file: DestinationsFile) -> None:
    endpoint = file.read()

    assert endpoint.platform == "custom"
    assert endpoint.stream_key.reveal() == KEY
    assert endpoint.rendition is Rendition.LANDSCAPE
    assert endpoint.priority == 0
    assert endpoint.backup_server is None
    assert endpoint.backup_use is BackupUse.OFF
    assert endpoint.codecs is None
    assert endpoint.key_saved_on is None


def test_an_entry_may_say_everything(file: DestinationsFile) -> None:
    endpoint = file.read(
        platform="custom",
        serverUrl="rtmp://a.example.com/live",
        rendition="portrait",
        priority=-7,
        backupServerUrl="rtmp://b.example.com/live",
        backup="hot",
        keySavedOn="2026-08-21",
        isActive=True,
    )

    assert endpoint.rendition is Rendition.PORTRAIT
    assert endpoint.priority == -7
    assert endpoint.backup_server is not None
    assert endpoint.backup_server.host == "b.example.com"
    assert endpoint.backup_use is BackupUse.HOT
    assert endpoint.key_saved_on == date(2026, 8, 21)


def test_toml_has_dates_and_numbers_of_its_own(file: DestinationsFile) -> None:
    [endpoint] = file.read_toml(
        f'[[destinations]]\nplatform = "twitch"\nstreamKey = "{KEY}"\nkeySavedOn = 2026-08-21\npriority = 5\n'
    )

    assert (endpoint.key_saved_on, endpoint.priority) == (date(2026, 8, 21), 5)


# --- what the catalogue adds -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("platform", "host", "app"),
    [
        ("youtube", "a.rtmps.youtube.com", "live2"),
        ("twitch", "live.twitch.tv", "app"),
        ("Twitch", "live.twitch.tv", "app"),
        ("facebook", "rtmp-api.facebook.com", "rtmp"),
        ("instagram", "live-upload.instagram.com", "rtmp"),
        ("x", "ca.pscp.tv", "x"),
        ("trovo", "livepush.trovo.live", "live"),
        ("restream", "live.restream.io", "live"),
    ],
)
def test_without_a_server_the_platforms_usual_one_is_taken(
    file: DestinationsFile, platform: str, host: str, app: str
) -> None:
    endpoint = file.read(platform=platform)

    assert (endpoint.server.host, endpoint.server.app) == (host, app)
    assert endpoint.platform == platform.lower()


@pytest.mark.parametrize(
    ("platform", "words"),
    [
        ("kick", "Kick has no server address that fits all. Kick, Creator Dashboard"),
        ("linkedin", "LinkedIn has no server address that fits all. The page of the LinkedIn event"),
        ("tiktok", "TikTok has no server address that fits all. TikTok Live Center"),
        ("rumble", "Rumble has no server address that fits all. Rumble, Live streaming"),
        ("custom", "It should look like "),
    ],
)
def test_a_server_that_nobody_can_know_must_be_given(
    file: DestinationsFile, platform: str, words: str
) -> None:
    title, hint = file.refusal(platform=platform)

    assert title == "Destination 1 has no serverUrl."
    assert hint.startswith(words)


@pytest.mark.parametrize(
    ("url", "app"),
    [
        ("rtmps://abc.global-contribute.live-video.net", "app"),
        ("rtmps://abc.global-contribute.live-video.net/", "app"),
        ("rtmps://abc.global-contribute.live-video.net:443", "app"),
        ("rtmps://abc.global-contribute.live-video.net/app/", "app"),
        ("rtmps://abc.global-contribute.live-video.net/other", "other"),
    ],
)
def test_kicks_application_is_added_where_its_page_leaves_it_out(
    file: DestinationsFile, url: str, app: str
) -> None:
    assert file.read(platform="kick", serverUrl=url).server.app == app


def test_elsewhere_an_address_without_an_application_is_refused(file: DestinationsFile) -> None:
    title, _ = file.refusal(platform="twitch", serverUrl="rtmp://live.twitch.tv")

    assert title == "'Mine': The server address lacks the application behind the host."


def test_the_address_of_one_event_may_hold_its_ingest(file: DestinationsFile) -> None:
    assert file.read(platform="linkedin", serverUrl=AZURE).server.app.startswith("live/")


def test_the_codecs_are_those_of_the_platform(file: DestinationsFile) -> None:
    assert file.read(platform="twitch").codecs == frozenset({"avc1", "mp4a"})


@pytest.mark.parametrize("backup", ["warm", "hot"])
def test_youtubes_second_ingest_is_known(file: DestinationsFile, backup: str) -> None:
    endpoint = file.read(platform="youtube", backup=backup)

    assert endpoint.backup_use.value == backup
    assert endpoint.backup_server is not None
    assert endpoint.backup_server.tc_url == "rtmps://b.rtmps.youtube.com/live2?backup=1"
    assert endpoint.backup_server.key == KEY


def test_a_platform_has_no_backup_unless_one_is_wanted(file: DestinationsFile) -> None:
    endpoint = file.read(platform="youtube")

    assert (endpoint.backup_server, endpoint.backup_use) == (None, BackupUse.OFF)


def test_a_second_server_that_is_named_without_its_use_stands_by(file: DestinationsFile) -> None:
    assert file.read(backupServerUrl="rtmp://127.0.0.2/live").backup_use is BackupUse.WARM


def test_a_second_server_may_be_named_and_not_used(file: DestinationsFile) -> None:
    endpoint = file.read(backupServerUrl="rtmp://127.0.0.2/live", backup="off")

    assert endpoint.backup_use is BackupUse.OFF


def test_a_backup_that_nobody_knows_must_be_given(file: DestinationsFile) -> None:
    title, hint = file.refusal(platform="twitch", backup="warm")

    assert title == "'Mine' wants a backup, but no second server of Twitch is known."
    assert "backupServerUrl" in hint


@pytest.mark.parametrize(
    ("platform", "meant"), [("twich", "twitch"), ("you-tube", "youtube"), ("facebok", "facebook")]
)
def test_a_typing_mistake_in_a_platform_is_noticed(file: DestinationsFile, platform: str, meant: str) -> None:
    title, hint = file.refusal(platform=platform)

    assert title == f"The platform of 'Mine' is not known: {platform!r}."
    assert hint == f"Did you mean {meant}? A server of your own is custom."


def test_a_platform_like_no_other_is_a_server_of_ones_own(file: DestinationsFile) -> None:
    endpoint = file.read(platform="peertube", serverUrl="rtmp://tube.example.com/live")

    assert (endpoint.platform, endpoint.codecs) == ("peertube", None)


# --- which are read --------------------------------------------------------------------------------------------------


def test_an_entry_that_is_not_active_is_left_out_whatever_it_lacks(file: DestinationsFile) -> None:
    endpoints = file.read_all(
        {"name": "Today", "platform": "twitch", "streamKey": KEY},
        {"name": "Another day", "platform": "linkedin", "isActive": False},
    )

    assert [endpoint.name for endpoint in endpoints] == ["Today"]


def test_a_name_may_stand_twice_if_one_is_not_active(file: DestinationsFile) -> None:
    entry = {"name": "Mine", "platform": "twitch", "streamKey": KEY}

    assert len(file.read_all(entry, {**entry, "isActive": False})) == 1


def test_a_file_without_an_active_entry_is_refused(file: DestinationsFile) -> None:
    with pytest.raises(UserError, match="holds no active destination"):
        file.read_all({"platform": "twitch", "streamKey": KEY, "isActive": False})


# --- fields that make no sense ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({"rendition": "square"}, "The rendition of 'Mine' must be one of landscape, portrait."),
        ({"rendition": 3}, "The rendition of destination 1 is not a text."),
        ({"priority": 101}, "The priority of 'Mine' must be a whole number from -100 to 100."),
        ({"priority": "high"}, "The priority of 'Mine' must be a whole number from -100 to 100."),
        ({"priority": True}, "The priority of 'Mine' must be a whole number from -100 to 100."),
        ({"priority": 1.5}, "The priority of 'Mine' must be a whole number from -100 to 100."),
        ({"backup": "cold"}, "The backup of 'Mine' must be one of off, warm, hot."),
        ({"backupServerUrl": "srt://h/a"}, "'Mine': The protocol srt is not supported."),
        (
            {"backupServerUrl": f"rtmp://h/a/{KEY}"},
            "The backupServerUrl of 'Mine' seems to hold the stream key: rtmp://h/a/****.",
        ),
        ({"keySavedOn": "yesterday"}, "The keySavedOn of 'Mine' must be a date such as 2026-08-21."),
        ({"keySavedOn": 20260821}, "The keySavedOn of 'Mine' must be a date such as 2026-08-21."),
        ({"isActive": "no"}, "The isActive of 'Mine' must be true or false."),
        ({"streamKey": " "}, "'Mine' has no streamKey."),
        ({"server": "rtmp://h/a"}, "Destination 1 has a field that is not known: 'server'."),
    ],
)
def test_a_field_that_makes_no_sense_is_named(
    file: DestinationsFile, fields: dict[str, Any], title: str
) -> None:
    assert file.refusal(**fields)[0] == title


def test_a_key_that_stands_in_the_address_is_not_called_missing(file: DestinationsFile) -> None:
    title, _ = file.refusal(serverUrl=f"rtmp://h/a/{KEY}", streamKey="")

    assert title == "The serverUrl of 'Mine' seems to hold the stream key: rtmp://h/a/****."


def test_a_day_with_a_time_is_no_day(file: DestinationsFile) -> None:
    with pytest.raises(UserError, match="must be a date"):
        file.read_toml(
            f'[[destinations]]\nplatform = "twitch"\nstreamKey = "{KEY}"\nkeySavedOn = 2026-08-21T10:00:00\n'
        )


# --- names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [FAMILY, ENGLAND, "Kanal 1 – Übertragung", "قناتي", "私のチャンネル", "❤️"])
def test_a_name_may_be_in_any_writing(file: DestinationsFile, name: str) -> None:
    assert file.read(name=name).name == name


@pytest.mark.parametrize(
    "name",
    [
        "a\nb",
        "a\x1b[31m",
        "a\0",
        "a\u2028b",
        "a\u2029b",
        "a\u202eb",
        "a\u2066b",
        "a\x85b",
        "x" * 81,
        "a\ud800",
    ],
)
def test_a_name_that_would_disturb_what_stands_around_it_is_refused(
    file: DestinationsFile, name: str
) -> None:
    assert file.refusal(name=name)[0] == "The name of destination 1 is too long or not printable."
