"""What ``run`` starts."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from installer import verbs


@pytest.mark.parametrize(
    ("environ", "platform", "expected"),
    [
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"DISPLAY": ""}, "linux", False),
        ({}, "linux", False),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_a_display_is_what_a_window_needs(environ: dict[str, str], platform: str, expected: bool) -> None:
    assert verbs.has_display(environ, platform=platform) is expected


@pytest.mark.parametrize(
    ("display", "arguments", "passed_on"),
    [(":0", [], []), ("", [], ["rehearse"]), ("", ["--duration", "5"], ["rehearse", "--duration", "5"])],
)
def test_run_opens_the_window_or_rehearses_without_a_display(
    display: str,
    arguments: list[str],
    passed_on: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    became: list[Sequence[str | Path]] = []

    def become(*command: str | Path) -> int:
        became.append(command)
        return 0

    monkeypatch.setattr(verbs, "become", become)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", display)

    verbs.run_application(arguments)

    [(program, *rest)] = became
    assert Path(program).name == "powerstream"
    assert rest == passed_on
