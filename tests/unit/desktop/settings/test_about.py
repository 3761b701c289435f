"""What this program is, what it stands on, and what this computer can do."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QPlainTextEdit, QWidget

from powerstream_desktop.client.live import LiveStatus
from powerstream_desktop.client.settings import Value
from powerstream_desktop.desktop.outlook.outlook import Outlook
from powerstream_desktop.desktop.settings.about_part import AboutPart
from powerstream_desktop.desktop.settings.appearance import Appearance, appearance_of, read_appearance
from powerstream_desktop.desktop.settings.examination import (
    Check,
    Examination,
    as_text,
    of_encoders,
    read_checks,
)
from powerstream_desktop.desktop.settings.licences import installed_licences
from powerstream_desktop.desktop.settings.video_part import VideoPart
from tests.unit.desktop import driver
from tests.unit.desktop.fakes import surroundings_with
from tests.unit.desktop.settings.stage import FakeService

CHECKS = [
    {
        "area": "encoders",
        "level": "ok",
        "sentence": "Encoders that work: libx264.",
        "remedy": "",
        "tookMs": 3,
    },
    {
        "area": "disk",
        "level": "problem",
        "sentence": "The disk is full.",
        "remedy": "Make room.",
        "tookMs": 1,
    },
]


def examination(owner: QWidget, output: str) -> Examination:
    """Return one whose doctor says this."""
    return Examination(owner, (sys.executable, "-c", f"print({output!r})"))


def test_what_the_doctor_says_is_read_and_rubbish_is_nothing() -> None:
    checks = read_checks(json.dumps({"checks": CHECKS}).encode())
    assert checks[1] == Check(area="disk", level="problem", sentence="The disk is full.", remedy="Make room.")
    assert of_encoders(checks) == checks[:1]
    assert as_text(checks).splitlines()[1] == "problem  disk: The disk is full. Make room."
    for rubbish in (b"", b"[]", b"{}", b'{"checks": [1]}', b'{"checks": [{"area": 1}]}'):
        assert read_checks(rubbish) == ()


def test_an_examination_runs_beside_the_window_and_shows_the_encoders() -> None:
    surroundings, _, feed, _ = surroundings_with(FakeService())
    owner = QWidget()
    part = driver.show(VideoPart(surroundings, examination(owner, json.dumps({"checks": CHECKS}))), 800, 400)
    go = driver.control(part, "Check now", QAbstractButton)
    driver.click(go)
    assert not go.isEnabled()
    driver.wait_for(lambda: "Encoders that work: libx264." in driver.texts(part))
    assert "The disk is full." not in driver.texts(part)
    assert go.isEnabled()
    feed.replace(Outlook(live=LiveStatus(words={}, is_live=True, state="live", session_id="b1")))
    assert not go.isEnabled()
    assert any("Not during a broadcast" in line for line in driver.texts(part))


@pytest.mark.parametrize("command", [("/nonexistent/doctor",), (sys.executable, "-c", "print('rubbish')")])
def test_a_doctor_that_does_not_answer_is_said(command: tuple[str, ...]) -> None:
    surroundings, _, _, _ = surroundings_with(FakeService())
    owner = QWidget()
    part = driver.show(VideoPart(surroundings, Examination(owner, command)), 800, 400)
    driver.click(driver.control(part, "Check now", QAbstractButton))
    driver.wait_for(lambda: any("gave no answer" in line for line in driver.texts(part)))


def test_an_examination_that_runs_is_ended_with_its_owner() -> None:
    owner = QWidget()
    running = Examination(owner, (sys.executable, "-c", "import time; time.sleep(60)"))
    running.start()
    driver.wait_for(lambda: running.runs)
    running.close()
    assert not running.runs


def test_the_report_is_copied_with_versions(powerstream_home: Path) -> None:
    surroundings, _, _, _ = surroundings_with(FakeService())
    owner = QWidget()
    part = driver.show(AboutPart(surroundings, examination(owner, json.dumps({"checks": CHECKS}))), 800, 700)
    driver.click(driver.control(part, "Check now", QAbstractButton))
    driver.wait_for(lambda: "The disk is full." in driver.texts(part))
    driver.click(driver.control(part, "Copy the report", QAbstractButton))
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("PowerStream Desktop ")
    assert "problem  disk: The disk is full. Make room." in copied
    assert any(str(powerstream_home) in line for line in driver.texts(part))


def test_the_work_of_others_is_named_with_its_licences(powerstream_home: Path) -> None:
    named = {each.name.casefold(): each for each in installed_licences()}
    assert {"av", "numpy", "requests", "fastapi", "shiboken6"} <= set(named)
    assert "powerstream-desktop" not in named
    assert "pytest" not in named
    assert named["av"].licence.startswith("BSD")
    surroundings, _, _, _ = surroundings_with(FakeService())
    part = driver.show(AboutPart(surroundings), 800, 700)
    part.came_up()
    [shown] = part.findChildren(QPlainTextEdit)
    assert f"av {named['av'].version}: BSD" in shown.toPlainText()


def test_the_look_is_read_from_the_file_before_the_service_answers(tmp_path: Path) -> None:
    assert read_appearance(tmp_path) == Appearance()
    file = tmp_path / "settings.toml"
    file.write_text('[appearance]\ntheme = "light"\ntext_percent = 125\nlanguage = "de"\n')
    assert read_appearance(tmp_path) == Appearance(theme="light", text_percent=125, language="de")
    for damaged in ("appearance = 1", "[appearance]\ntheme = 7", "[[[", "\udcff"):
        file.write_bytes(damaged.encode("utf-8", "surrogateescape"))
        assert read_appearance(tmp_path) == Appearance()


def test_the_look_is_read_from_what_the_service_tells() -> None:
    values: dict[str, Value] = {"appearance.theme": "high_contrast", "video.fps": 30}
    assert appearance_of(values) == Appearance(theme="high_contrast")
