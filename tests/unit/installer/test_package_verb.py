"""``package`` works in an environment of its own."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from installer import verbs
from installer.environment import ROOT


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Sequence[str], Mapping[str, str]]]:
    made: list[tuple[Sequence[str], Mapping[str, str]]] = []

    def call(command: Sequence[str], *, cwd: Path, env: Mapping[str, str]) -> int:
        assert cwd == ROOT
        made.append((command, env))
        return 0

    monkeypatch.setattr(subprocess, "call", call)
    return made


def test_what_only_development_needs_cannot_be_packed(
    calls: list[tuple[Sequence[str], Mapping[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("POWERSTREAM_VENV", raising=False)
    assert verbs.package(["--no-trial"]) == 0
    ((command, environment),) = calls
    assert list(command[1:]) == ["-m", "installer.package", "--no-trial"]
    assert environment["POWERSTREAM_VENV"] == str(ROOT / "build" / "package" / "venv")


def test_another_environment_may_be_named(
    calls: list[tuple[Sequence[str], Mapping[str, str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POWERSTREAM_VENV", "/somewhere/else")
    verbs.package([])
    assert calls[0][1]["POWERSTREAM_VENV"] == "/somewhere/else"


def test_the_verb_makes_no_environment_for_development() -> None:
    assert verbs.VERBS["package"].lock is None
    assert {"mmdebstrap", "nsis", "xvfb"} <= set(verbs.VERBS["package"].packages)
