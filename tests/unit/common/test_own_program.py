"""How the program starts itself in another role."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from powerstream_desktop.common.own_program import own_command

if TYPE_CHECKING:
    import pytest


def test_a_role_is_played_by_the_interpreter_that_runs_us() -> None:
    assert own_command("engine") == (sys.executable, "-m", "powerstream_desktop", "engine")


def test_a_role_that_has_a_module_of_its_own_does_without_the_command_line() -> None:
    assert own_command("sound", module="a.worker") == (sys.executable, "-m", "a.worker")


def test_a_frozen_program_plays_every_role_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_command("engine") == (sys.executable, "engine")
    assert own_command("sound", module="a.worker") == (sys.executable, "sound")
