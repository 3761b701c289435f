"""What is said of keys, limits and upload before a broadcast starts."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime

import pytest

from powerstream_desktop.cli.before_start import look_before_start, measured_upload
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.platforms.upload_budget import UploadFigure, UploadOrigin
from powerstream_desktop.service.broadcast.uplink_record import keep_uplink, uplink_file
from tests.unit.cli.reports import ENCODE, TWITCH, YOUTUBE
from tests.unit.platforms.endpoints import CATALOGUE, endpoint

ODD_KEY = endpoint("twitch", "canary-4821", name="Twitch")
SLOW = UploadFigure(kbps=3_000, origin=UploadOrigin.MEASURED)


def test_the_upload_that_an_earlier_broadcast_measured_is_known() -> None:
    paths = Paths.from_environment(os.environ)
    assert measured_upload() is None
    paths.ensure()
    keep_uplink(uplink_file(paths), measured_kbps=3_000, carried_kbps=2_900, now=datetime.now(UTC))
    assert measured_upload() == SLOW


def test_a_good_plan_starts_without_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    look_before_start((TWITCH, YOUTUBE), CATALOGUE, encodes=(ENCODE,), as_json=False)
    assert capsys.readouterr() == ("", "")


def test_a_warning_is_one_line_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    look_before_start((ODD_KEY,), CATALOGUE, encodes=(ENCODE,), upload=SLOW, as_json=False)
    printed = capsys.readouterr()
    upload, key = printed.err.splitlines()
    assert upload.startswith("▲ 1 destination needs 6.1 Mbit/s of upload, with a reserve of 30 %")
    assert key.startswith("▲ The stream key of Twitch does not look like a key of Twitch.")
    assert printed.out == ""
    assert "canary" not in printed.err


def test_in_json_a_warning_is_a_notice_among_the_lines(capsys: pytest.CaptureFixture[str]) -> None:
    look_before_start((ODD_KEY,), CATALOGUE, encodes=(ENCODE,), as_json=True)
    printed = capsys.readouterr()
    notice = json.loads(printed.out)
    assert (notice["type"], notice["severity"], notice["code"]) == ("notice", "warning", "key-shape")
    assert notice["destination"] == "Twitch"
    assert printed.err == ""


@pytest.mark.parametrize("as_json", [False, True])
def test_what_cannot_work_is_not_begun(capsys: pytest.CaptureFixture[str], as_json: bool) -> None:
    twin = endpoint("twitch", name="Twin")
    with pytest.raises(UserError, match="send to the same server with the same stream key"):
        look_before_start((TWITCH, twin), CATALOGUE, as_json=as_json)
    assert capsys.readouterr() == ("", "")


def test_an_external_encoder_is_not_judged_by_what_it_may_send(capsys: pytest.CaptureFixture[str]) -> None:
    look_before_start((TWITCH,), CATALOGUE, upload=SLOW, as_json=False)
    assert capsys.readouterr() == ("", "")
