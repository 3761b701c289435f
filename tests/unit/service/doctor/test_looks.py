"""What the doctor makes of what it sees."""

from __future__ import annotations

import os
import ssl
import sys
from pathlib import Path

import pytest

from powerstream_desktop.common.camera_device import CameraDevice
from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.engine.control.desk_reports import DeviceKind, DeviceProblem, Devices, ListedSound
from powerstream_desktop.engine.encoders.verdicts import ProbedEncoder, SelfTestLine
from powerstream_desktop.engine.sources.devices import ScreenDevice, WindowDevice
from powerstream_desktop.service.doctor.check import Level, Verdict
from powerstream_desktop.service.doctor.devices import look_at_devices
from powerstream_desktop.service.doctor.encoders import look_at_encoders, look_at_speed
from powerstream_desktop.service.doctor.folders import look_at_disk, look_at_folders
from powerstream_desktop.service.doctor.media import look_at_confinement
from powerstream_desktop.service.doctor.security import look_at_keyring, look_at_tls_roots
from powerstream_desktop.service.secret_store.port import KeyringState
from tests.unit.service.secret_store.fake_keyrings import FakeKeyring


def levels(verdicts: tuple[Verdict, ...]) -> list[Level]:
    assert all(verdict.remedy or verdict.level is Level.OK for verdict in verdicts)
    return [verdict.level for verdict in verdicts]


@pytest.fixture
def paths(powerstream_home: Path) -> Paths:
    return Paths.from_environment(os.environ)


def test_folders_that_are_missing_are_made_and_are_well(paths: Paths) -> None:
    assert levels(look_at_folders(paths)) == [Level.OK]
    assert paths.runtime.is_dir()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes")
def test_a_folder_that_others_may_look_into_is_said_with_what_to_do(paths: Paths) -> None:
    paths.ensure()
    paths.config.chmod(0o755)
    (verdict,) = look_at_folders(paths)
    assert verdict.level is Level.WARNING
    assert f"chmod 700 '{paths.config}'" in verdict.remedy


def test_a_file_in_a_folders_place_is_a_problem(paths: Paths) -> None:
    paths.data.parent.mkdir(parents=True)
    paths.data.write_text("I am in the way.")
    with pytest.raises(SystemFault):
        look_at_folders(paths)


@pytest.mark.parametrize(
    ("free_bytes", "level"),
    [(500_000_000_000, Level.OK), (9_000_000_000, Level.WARNING), (900_000_000, Level.PROBLEM)],
)
def test_room_for_recordings_is_told_in_hours(tmp_path: Path, free_bytes: int, level: Level) -> None:
    verdicts = look_at_disk(tmp_path / "recordings", lambda _folder: free_bytes)
    assert levels(verdicts) == [level]
    assert f"{free_bytes / 2.7e9:.1f} hours at 6 Mbit/s" in verdicts[0].sentence


def test_a_recordings_folder_that_cannot_be_made_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SystemFault, match="cannot be written"):
        look_at_disk(tmp_path / "file" / "recordings")


def test_what_a_film_that_was_made_to_do_harm_could_do_is_said() -> None:
    assert levels(look_at_confinement(lambda: ("seccomp", "landlock", "rlimit"))) == [Level.OK]
    assert levels(look_at_confinement(lambda: ("namespace", "landlock", "job object"))) == [Level.OK]
    verdicts = look_at_confinement(lambda: ("rlimit",))
    assert levels(verdicts) == [Level.WARNING, Level.WARNING]
    assert ["network" in each.sentence for each in verdicts] == [True, False]
    assert len(look_at_confinement(lambda: ())) == 3


def test_without_authorities_no_platform_can_be_told_from_an_impostor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    nowhere = ssl.get_default_verify_paths()._replace(capath="")
    monkeypatch.setattr(ssl, "get_default_verify_paths", lambda: nowhere)
    assert levels(look_at_tls_roots(lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT))) == [Level.PROBLEM]


@pytest.mark.parametrize(
    ("state", "level", "words"),
    [
        (KeyringState.AVAILABLE, Level.OK, "can be kept in a fake."),
        (KeyringState.LOCKED, Level.OK, "will ask for its password"),
        (KeyringState.ABSENT, Level.WARNING, "no keyring"),
    ],
)
def test_how_the_keyring_stands_is_told(state: KeyringState, level: Level, words: str) -> None:
    keyring = FakeKeyring()
    keyring.stands = state
    verdicts = look_at_keyring(lambda: keyring)
    assert levels(verdicts) == [level]
    assert words in verdicts[0].sentence


def test_a_computer_with_everything_is_well() -> None:
    sound = (ListedSound(id="1", name="Desk", is_default=True),)
    devices = Devices(
        screens=(ScreenDevice(name="HDMI-1", x=0, y=0, width=1920, height=1080),),
        windows=(WindowDevice(id="1", title="Secret plans"),),
        cameras=tuple(CameraDevice(id=f"{n}", name=f"Camera {n}") for n in range(8)),
        microphones=sound,
        outputs=sound,
    )
    verdicts = look_at_devices(devices)
    assert levels(verdicts) == [Level.OK] * 4
    said = " ".join(verdict.sentence for verdict in verdicts)
    assert "Screens: HDMI-1 1920x1080; 1 window." in said
    assert "Camera 5 and 2 more." in said
    assert "Secret" not in said


def test_a_camera_that_is_not_there_is_no_fault_but_a_sound_system_is_missed() -> None:
    no_sound = DeviceProblem(kinds=frozenset({DeviceKind.OUTPUT}), title="No sound system is running.")
    verdicts = look_at_devices(Devices(problems=(no_sound,)))
    assert levels(verdicts) == [Level.OK, Level.OK, Level.OK, Level.WARNING]


def test_a_name_that_would_command_the_terminal_is_made_harmless() -> None:
    devices = Devices(cameras=(CameraDevice(id="1", name="\x1b[2JEvil\n"),))
    assert "\x1b" not in look_at_devices(devices)[0].sentence


def test_encoders_that_work_are_named_and_hardware_that_does_not_is_a_warning() -> None:
    found = (
        ProbedEncoder(name="libx264", works=True),
        ProbedEncoder(name="h264_nvenc", works=False, why="No driver."),
    )
    verdicts = look_at_encoders(lambda: found)
    assert levels(verdicts) == [Level.OK, Level.WARNING]
    assert "libx264" in verdicts[0].sentence


@pytest.mark.parametrize(("name", "level"), [("libx264", Level.PROBLEM), ("h264_nvenc", Level.WARNING)])
def test_of_an_encoder_that_did_not_answer_in_time_nobody_says_that_it_does_not_work(
    name: str, level: Level
) -> None:
    """A slow disk reads it for the first time: installing the program again would not help."""
    silent = ProbedEncoder(name=name, works=False, why="It did not answer within 20 s.", is_silent=True)
    verdict = look_at_encoders(lambda: (silent,))[0]
    assert verdict.level is level
    assert "does not work" not in verdict.sentence
    assert "Install" not in verdict.remedy
    assert "too slow" in verdict.remedy


@pytest.mark.parametrize("found", [(), (ProbedEncoder(name="libx264", works=False, why="It crashed."),)])
def test_without_x264_nothing_can_be_broadcast(found: tuple[ProbedEncoder, ...]) -> None:
    assert levels(look_at_encoders(lambda: found)) == [Level.PROBLEM]


def mode(width: int, height: int, fps: int, *, holds: bool) -> SelfTestLine:
    return SelfTestLine(
        encoder="libx264", width=width, height=height, fps=fps, processor_share=0.31, holds=holds
    )


def test_the_largest_mode_that_holds_is_told() -> None:
    lines = [
        mode(1280, 720, 30, holds=True),
        mode(1920, 1080, 30, holds=True),
        mode(1920, 1080, 60, holds=False),
    ]
    (verdict,) = look_at_speed(lines)
    assert verdict.level is Level.OK
    assert "1920x1080 with 30 frames a second (31% of the processor)" in verdict.sentence


def test_a_computer_that_holds_not_even_the_least_mode_is_a_problem() -> None:
    assert levels(look_at_speed([mode(1280, 720, 30, holds=False)])) == [Level.PROBLEM]
    assert levels(look_at_speed([])) == [Level.PROBLEM]
