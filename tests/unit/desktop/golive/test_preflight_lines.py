"""What a look found becomes lines with a light, a sentence, what to do, and an action."""

from __future__ import annotations

import dataclasses

import pytest

from powerstream_desktop.client.studio import EngineStatus
from powerstream_desktop.desktop.golive.preflight_lines import (
    LineAction,
    disk_line,
    encoder_line,
    limits_sentence,
    looking_line,
    report_lines,
    studio_lines,
)
from powerstream_desktop.desktop.kit.light_kind import LightKind
from powerstream_desktop.desktop.studio.room_left import RoomLeft
from tests.unit.desktop.destinations.values import NO_KEY, destination_report, finding, report

CHOSEN = [("yt", "YouTube"), ("li", "LinkedIn")]


def test_who_was_reached_is_said_once_for_all_and_the_upload_where_it_suffices() -> None:
    lines = report_lines(report(destination_report("Main"), destination_report("Event")), CHOSEN)
    assert [(each.light, each.sentence) for each in lines] == [
        (LightKind.LIVE, "Reached over a checked TLS connection: YouTube, LinkedIn"),
        (LightKind.LIVE, "Upload needs 31.0\u00a0Mbit/s; last measured 34.0\u00a0Mbit/s."),
    ]


def test_a_connection_that_is_not_encrypted_is_not_praised() -> None:
    found = report(destination_report("Main"))
    words = {**found.words, "destinations": [{"server": {"ok": True, "tlsVersion": ""}}]}
    lines = report_lines(dataclasses.replace(found, words=words), CHOSEN[:1])
    assert lines[0].sentence == "Reached: YouTube"


@pytest.mark.parametrize(
    ("severity", "light"),
    [("error", LightKind.BAD), ("warning", LightKind.SLOW), ("note", LightKind.OFF), ("new", LightKind.OFF)],
)
def test_a_finding_has_the_light_of_its_severity(severity: str, light: LightKind) -> None:
    found = report(destination_report("Main", finding(severity, "dns", "Not found.", "Check it.")))
    line = next(each for each in report_lines(found, CHOSEN) if each.sentence == "Not found.")
    assert (line.light, line.remedy, line.action, line.endpoint_id) == (
        light,
        "Check it.",
        LineAction.EDIT,
        "yt",
    )


def test_what_is_wrong_with_a_key_leads_to_another_key() -> None:
    found = report(destination_report("Main"), destination_report("Event", NO_KEY))
    line = next(each for each in report_lines(found, CHOSEN) if each.light is LightKind.BAD)
    assert (line.action, line.endpoint_id) == (LineAction.PASTE_KEY, "li")


@pytest.mark.parametrize(
    ("code", "severity", "hint", "action", "kbps"),
    [
        (
            "video-bitrate",
            "warning",
            "Set the video bitrate to 4000 kbit/s, the limit of Kick.",
            LineAction.LOWER_BITRATE,
            4000,
        ),
        (
            "video-bitrate",
            "note",
            "If it does not work, set the video bitrate to 4000 kbit/s.",
            LineAction.NONE,
            0,
        ),
        ("video-bitrate", "warning", "Take less.", LineAction.NONE, 0),
        ("audio-bitrate", "warning", "Set the audio bitrate to 128 kbit/s.", LineAction.NONE, 0),
        ("picture-size", "warning", "Set the picture size to 1280x720.", LineAction.NONE, 0),
        ("orientation", "warning", "Let it take the portrait rendition.", LineAction.EDIT, 0),
    ],
)
def test_what_is_offered_helps(code: str, severity: str, hint: str, action: LineAction, kbps: int) -> None:
    found = report(destination_report("Main", finding(severity, code, "Too much.", hint)))
    line = next(each for each in report_lines(found, CHOSEN) if each.sentence == "Too much.")
    assert (line.action, line.kbps) == (action, kbps)


def test_what_is_about_all_has_no_action() -> None:
    about_all = finding("warning", "upload-too-small", "Too small.", "Leave one out.")
    found = report(destination_report("Main"), findings=(about_all,))
    assert [each.action for each in report_lines(found, CHOSEN) if each.sentence == "Too small."] == [
        LineAction.NONE
    ]


def test_an_upload_that_does_not_suffice_is_left_to_its_finding() -> None:
    found = report(destination_report("Main"))
    words = {**found.words, "upload": {"neededKbps": 40_000, "availableKbps": 34_000}}
    lines = report_lines(dataclasses.replace(found, words=words), CHOSEN[:1])
    assert not any("Upload" in each.sentence for each in lines)


@pytest.mark.parametrize(
    ("state", "troubles", "light"),
    [
        (None, (), LightKind.OFF),
        ("stopped", (), LightKind.OFF),
        ("starting", (), LightKind.WORKING),
        ("running", (), LightKind.LIVE),
        ("running", ("The camera does not answer.",), LightKind.SLOW),
    ],
)
def test_the_studio_is_told_as_it_stands(
    state: str | None, troubles: tuple[str, ...], light: LightKind
) -> None:
    engine = None if state is None else EngineStatus(words={}, state=state, troubles=troubles)
    [line] = studio_lines(engine)
    assert line.light is light
    assert line.sentence


def test_one_encode_is_told_with_who_takes_the_least() -> None:
    found = report(destination_report("Main"))
    told = limits_sentence(found, "1920x1080", 30, 6000)
    assert "1920×1080, 30 fps, 6\u202f000\u00a0kbit/s" in told
    assert "Twitch sets the limit: 6000 kbit/s." in told
    unknown = dataclasses.replace(found, words={})
    assert "limit" not in limits_sentence(unknown, "1920x1080", 30, 6000)


def test_what_is_only_told_is_not_green() -> None:
    assert encoder_line().light is LightKind.OFF
    assert looking_line(2).light is LightKind.WORKING


@pytest.mark.parametrize(
    ("hours", "light", "words"),
    [
        (78.4, LightKind.LIVE, "78 hours"),
        (3.9, LightKind.SLOW, "3.9 hours"),
        (0.99, LightKind.SLOW, "2.4 GB free, enough to record for 59"),
        (0.2, LightKind.BAD, "2.4 GB free, enough to record for 12"),
        (0.0, LightKind.BAD, "2.4 GB free, too little for a recording"),
    ],
)
def test_a_disk_that_fills_soon_is_no_green_light(hours: float, light: LightKind, words: str) -> None:
    line = disk_line(room(hours))
    assert line.light is light
    assert words in line.sentence.replace("\u202f", " ").replace("\xa0", " ")


def room(hours: float) -> RoomLeft:
    return RoomLeft(free_bytes=2_400_000_000, hours=hours)


def test_a_disk_that_is_nearly_full_says_what_to_do() -> None:
    assert disk_line(room(0.0)).remedy == disk_line(room(1.0)).remedy
    assert disk_line(room(0.0)).remedy.startswith("Make room")
    assert disk_line(room(78.0)).remedy == ""
