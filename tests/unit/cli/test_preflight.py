"""How a pre-flight report is shown, and what the command refuses; whole runs are tried in tests/e2e/test_preflight.py."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from rich.console import Console

from powerstream_desktop.cli.preflight_json import preflight_object
from powerstream_desktop.cli.preflight_table import preflight_lines, preflight_table
from powerstream_desktop.cli.source_option import engine_config
from powerstream_desktop.engine.output.sound_encoder import AUDIO_BITRATE
from powerstream_desktop.engine.program_video import program_video
from powerstream_desktop.engine.scene.sources import TestPictureContent
from powerstream_desktop.engine.sound import CHANNELS, SAMPLE_RATE
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.platforms.preflight import PreflightReport
from powerstream_desktop.service.broadcast.encode_plan import AUDIO_KBPS, encode_plans
from tests.unit.cli.reports import MINE, MIXED, TWITCH, YOUTUBE, report, stated
from tests.unit.cli.test_wrong_use import CommandLine, command_line  # noqa: F401 - a fixture
from tests.unit.platforms.endpoints import endpoint


def drawn(shown: PreflightReport, width: int = 100) -> list[str]:
    out = io.StringIO()
    Console(file=out, width=width, force_terminal=False).print(preflight_table(shown))
    return [line.rstrip() for line in out.getvalue().splitlines()]


def lines(shown: PreflightReport) -> list[str]:
    return [line.plain for line in preflight_lines(shown)]


# The table and the sentences.


def test_each_server_has_a_row_with_a_light_for_each_stage() -> None:
    assert drawn(MIXED) == [
        "destination        DNS     TCP      TLS      RTMP     connect",
        "● Twitch           ● 1 ms  ● 2 ms   -        ● 3 ms   ● 4 ms",
        "▲ YouTube          ● 3 ms  ● 12 ms  ● 30 ms  ● 14 ms  ● 20 ms",
        "  backup           ● 2 ms  ✖ 5.0 s  ○        ○        ○",
        "✖ [red]Mine[/red]  ● 2 ms  ✖ 5.0 s  ○        ○        ○",
    ]


def test_sentences_stand_below_the_worst_first_and_the_verdict_last() -> None:
    told = lines(MIXED)
    assert [line[0] for line in told] == ["✖", "▲", "▲", "A", "U", "✖"]
    assert told[0] == (
        "✖ [red]Mine[/red] did not answer."
        " A firewall may block the port; RTMPS (port 443) often gets through."
    )
    assert told[1].startswith("▲ 3 destinations with 1 hot backup need 24.2 Mbit/s of upload")
    assert told[2].startswith("▲ YouTube (backup) did not answer.")
    assert told[3].startswith(
        "At most, landscape: 6000 kbit/s of video (Twitch), 160 kbit/s of sound (YouTube)"
    )
    assert told[4] == "Upload: 24.2 Mbit/s needed with reserve, 20 Mbit/s stated."
    assert told[5] == "✖ 2 of 3 destinations ready."


def test_servers_that_nobody_asked_have_no_stages() -> None:
    assert drawn(report(TWITCH, YOUTUBE)) == ["destination", "● Twitch", "● YouTube"]


@pytest.mark.parametrize(
    ("shown", "verdict"),
    [
        (report(TWITCH), "● Everything is ready."),
        (report(TWITCH, upload=stated(5_000)), "▲ Ready, but look at the warnings."),
        (
            report(TWITCH, upload=stated(1_000)),
            "✖ Each destination is ready for itself, but not all together.",
        ),
    ],
    ids=["well", "warned", "upload too small"],
)
def test_the_verdict_says_whether_to_go_live(shown: PreflightReport, verdict: str) -> None:
    assert lines(shown)[-1] == verdict


def test_a_narrow_terminal_keeps_the_lights_of_the_destinations() -> None:
    rows = drawn(MIXED, width=40)
    assert max(map(len, rows)) <= 40
    assert [row[:5] for row in rows[1:]] == ["● Twi", "▲ You", "  bac", "✖ [re"]


# JSON.

FINDING = {"severity": str, "code": str, "message": str, "hint": str, "destination": (str, type(None))}
PROBE = {
    "serverUrl": str,
    "ok": bool,
    "error": (str, type(None)),
    "address": (str, type(None)),
    "stages": list,
    "tlsVersion": (str, type(None)),
    "certificateDaysLeft": (int, type(None)),
    "serverVersion": (str, type(None)),
}
SHAPES: dict[str, dict[str, Any]] = {
    "report": {
        "type": str,
        "ok": bool,
        "ready": list,
        "destinations": list,
        "findings": list,
        "limits": dict,
        "upload": dict,
    },
    "destination": {
        "name": str,
        "platform": str,
        "ready": bool,
        "findings": list,
        "server": (dict, type(None)),
        "backupServer": (dict, type(None)),
    },
    "stage": {"stage": str, "ok": bool, "tookMs": int},
    "limit": {"code": str, "max": str, "platform": str},
    "upload": {
        "streams": int,
        "payloadKbps": int,
        "neededKbps": int,
        "availableKbps": (int, type(None)),
        "origin": (str, type(None)),
    },
}


def assert_shape(value: dict[str, Any], shape: dict[str, Any]) -> None:
    assert value.keys() == shape.keys()
    assert [name for name, kind in shape.items() if not isinstance(value[name], kind)] == []


@pytest.mark.parametrize("shown", [MIXED, report(MINE)], ids=["asked", "offline"])
def test_the_json_object_has_the_fields_that_scripts_rely_on(shown: PreflightReport) -> None:
    told = json.loads(json.dumps(preflight_object(shown)))
    assert_shape(told, SHAPES["report"])
    assert_shape(told["upload"], SHAPES["upload"])
    for limit in told["limits"]["landscape"]:
        assert_shape(limit, SHAPES["limit"])
    for destination in told["destinations"]:
        assert_shape(destination, SHAPES["destination"])
        for finding in destination["findings"]:
            assert_shape(finding, FINDING)
        for probe in filter(None, (destination["server"], destination["backupServer"])):
            assert_shape(probe, PROBE)
            for stage in probe["stages"]:
                assert_shape(stage, SHAPES["stage"])


def test_the_json_object_says_what_the_table_says() -> None:
    told = preflight_object(MIXED)
    assert (told["ok"], told["ready"]) == (False, ["Twitch", "YouTube"])
    twitch, youtube, mine = told["destinations"]
    assert twitch["server"]["stages"][-1] == {"stage": "connect", "ok": True, "tookMs": 4}
    assert youtube["server"]["certificateDaysLeft"] == 61
    assert youtube["backupServer"]["error"] == "connect-timeout"
    assert (mine["ready"], mine["findings"][0]["code"]) == (False, "connect-timeout")
    assert told["upload"] == {
        "streams": 4,
        "payloadKbps": 18_640,
        "neededKbps": 24_232,
        "availableKbps": 20_000,
        "origin": "stated",
    }
    assert told["limits"]["landscape"][0] == {
        "code": "video-bitrate",
        "max": "6000 kbit/s",
        "platform": "Twitch",
    }


# The command.


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--only", "Yours"], "There is no destination 'Yours'. There are: Mine."),
        (["--size", "big"], "'big' is not a size."),
        (["--fps", "0"], "'--fps': 0 is not in the range x>=1."),
        (["--upload-kbps", "-5"], "'--upload-kbps': -5 is not in the range x>=1."),
    ],
)
def test_a_wish_that_makes_no_sense_is_explained(
    command_line: CommandLine,  # noqa: F811
    options: list[str],
    words: str,
) -> None:
    assert words in command_line.refuses("preflight", "--destinations", "good.json", *options)


def test_the_plans_are_what_the_engine_makes_for_those_who_take_it() -> None:
    engine = engine_config(TestPictureContent(), program_video(size="1920x1080", fps=60, bitrate_kbps=6000))
    [plan] = encode_plans(engine, [endpoint("twitch")])
    assert (plan.width, plan.height, plan.fps, plan.video_kbps) == (1920, 1080, 60, 6000)
    assert (plan.rendition, plan.video_codec) == (Rendition.LANDSCAPE, "avc1")
    assert AUDIO_KBPS * 1000 == AUDIO_BITRATE
    assert (plan.sample_rate, plan.channels) == (SAMPLE_RATE, CHANNELS)
    assert plan.key_interval_s * plan.fps == engine.landscape.keyframe_interval
    both = encode_plans(engine, [endpoint("tiktok", rendition=Rendition.PORTRAIT)])
    assert [(each.rendition, each.width, each.height) for each in both] == [
        (Rendition.LANDSCAPE, 1920, 1080),
        (Rendition.PORTRAIT, 720, 1280),
    ]
