"""What is said of the PowerStream server: what hinders most stands first, and who may wait is not alarmed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from powerstream_desktop.client.cloud import CloudServer, RefusedReplay, Trouble
from powerstream_desktop.desktop.kit.light_kind import LightKind
from powerstream_desktop.desktop.replays.server_words import server_line
from tests.unit.desktop.language.speaking import speaking

NOW = datetime(2026, 11, 1, tzinfo=UTC)
HOST = "https://replays.example.com"
LOGGED_OUT = Trouble(code="logged_out", sentence="It does not let us in.", remedy="Enter a new token.")
AWAY = Trouble(code="unreachable", sentence="It cannot be reached.", remedy="It is tried again.")
REFUSED = RefusedReplay(asset_id="as1", title="Evening", trouble=LOGGED_OUT)


@pytest.mark.parametrize(
    ("server", "light", "sentence", "remedy"),
    [
        (CloudServer(address=HOST), LightKind.WORKING, "It is being asked.", ""),
        (CloudServer(address=HOST, untold=3), LightKind.WORKING, "It is being told of 3 replays.", ""),
        (
            CloudServer(address=HOST, compared_at=NOW),
            LightKind.LIVE,
            "It knows all replays that this computer has uploaded.",
            "",
        ),
        (
            CloudServer(address=HOST, compared_at=NOW, only_there=2),
            LightKind.LIVE,
            "It knows all replays that this computer has uploaded. 2 more are listed there only.",
            "",
        ),
        (
            CloudServer(
                address=HOST, compared_at=NOW, trouble=LOGGED_OUT, refused=(REFUSED,), refused_count=1
            ),
            LightKind.BAD,
            LOGGED_OUT.sentence,
            LOGGED_OUT.remedy,
        ),
        (CloudServer(address=HOST, trouble=AWAY), LightKind.SLOW, AWAY.sentence, AWAY.remedy),
        (
            CloudServer(address=HOST, compared_at=NOW, refused=(REFUSED,), refused_count=2, missing=1),
            LightKind.SLOW,
            "It does not take 2 replays.",
            "“Evening”: It does not let us in. Enter a new token.",
        ),
        (
            CloudServer(address=HOST, compared_at=NOW, missing=1),
            LightKind.SLOW,
            "1 replay is gone from the cloud store, and has no file here.",
            "Look whether another computer has the files, and upload them there.",
        ),
    ],
)
def test_what_is_said(server: CloudServer, light: LightKind, sentence: str, remedy: str) -> None:
    with speaking("en"):
        line = server_line(server)
    assert (line.light, line.sentence, line.remedy) == (light, sentence, remedy)
    assert line.is_bad == (light in {LightKind.BAD, LightKind.SLOW})


def test_only_what_somebody_must_do_leads_to_the_settings() -> None:
    assert server_line(CloudServer(address=HOST, trouble=LOGGED_OUT)).needs_settings
    assert not server_line(CloudServer(address=HOST, trouble=AWAY)).needs_settings
