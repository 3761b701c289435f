"""How the program starts itself in another role."""

from __future__ import annotations

import sys

import pytest

from powerstream_desktop.common.own_program import own_command, role_of


def test_a_role_is_played_by_the_interpreter_that_runs_us() -> None:
    assert own_command("engine") == (sys.executable, "-m", "powerstream_desktop", "engine")


def test_a_role_that_has_a_module_of_its_own_does_without_the_command_line() -> None:
    assert own_command("sound", module="a.worker") == (sys.executable, "-m", "a.worker")


def test_a_frozen_program_plays_every_role_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_command("engine") == (sys.executable, "engine")
    assert own_command("sound", module="a.worker") == (sys.executable, "sound")


@pytest.mark.parametrize(
    ("argv", "role"),
    [
        (own_command("engine"), "engine"),
        (
            (*own_command("sound", module="powerstream_desktop.engine.sources.sound_worker"), "record"),
            "sound",
        ),
        ((sys.executable, "-m", "powerstream_desktop"), ""),
        ((sys.executable, "-m", "pytest", "engine"), ""),
        ((sys.executable, "engine"), ""),
        ((), ""),
    ],
)
def test_what_a_process_is_told_by_its_command(argv: tuple[str, ...], role: str) -> None:
    assert role_of(argv) == role


def test_a_frozen_program_is_known_by_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert role_of(own_command("camera")) == "camera"
    assert role_of(("/bin/other", "camera")) == ""
