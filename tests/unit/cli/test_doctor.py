from __future__ import annotations

import json

from powerstream_desktop.cli.doctor_json import doctor_object
from powerstream_desktop.cli.doctor_lines import examined_lines, verdict_line
from powerstream_desktop.common.camera_device import CameraDevice
from powerstream_desktop.engine.control.desk_reports import Devices, ListedSound
from powerstream_desktop.engine.encoders.verdicts import SelfTestLine
from powerstream_desktop.service.doctor.check import Examined, Level, Verdict
from powerstream_desktop.service.doctor.doctor import Gathered

DISK = Examined(
    area="disk",
    verdicts=(
        Verdict(sentence="There is room."),
        Verdict(level=Level.WARNING, sentence="[red]Not much.", remedy="Free some."),
    ),
    took_ms=12,
)
BROKEN = Examined(
    area="encoders", verdicts=(Verdict(level=Level.PROBLEM, sentence="None.", remedy="Install."),), took_ms=5
)
GATHERED = Gathered(
    devices=Devices(
        cameras=(CameraDevice(id="c", name="Cam"),),
        outputs=(ListedSound(id="o", name="Desk", is_default=True),),
    ),
    self_test=(
        SelfTestLine(encoder="libx264", width=1280, height=720, fps=30, processor_share=0.2, holds=True),
    ),
)


def test_each_verdict_is_a_line_with_shape_and_remedy_and_no_markup_from_data() -> None:
    lines = [line.plain for line in examined_lines(DISK)]
    assert lines == ["disk         ● There is room.", "             ▲ [red]Not much. Free some."]


def test_the_last_line_counts() -> None:
    assert verdict_line([DISK, BROKEN]).plain == "✖ 1 problem, 1 warning."
    assert verdict_line([DISK]).plain == "▲ No problem, 1 warning."
    assert verdict_line([]).plain == "● All is well."


def test_the_json_object_holds_everything() -> None:
    found = json.loads(json.dumps(doctor_object([DISK, BROKEN], GATHERED)))
    assert found["ok"] is False
    assert [check["level"] for check in found["checks"]] == ["ok", "warning", "problem"]
    assert found["checks"][1]["tookMs"] == 12
    assert found["devices"]["cameras"] == [{"id": "c", "name": "Cam"}]
    assert found["devices"]["outputs"] == [{"id": "o", "name": "Desk", "isDefault": True}]
    assert found["selfTest"][0]["holds"] is True


def test_warnings_are_no_reason_to_fail() -> None:
    found = doctor_object([DISK], Gathered())
    assert found["ok"] is True
    assert found["devices"] is None
