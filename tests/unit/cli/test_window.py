"""Whether there is a display, asked before Qt asks."""

from __future__ import annotations

from pathlib import Path

import pytest

from powerstream_desktop.cli.window import require_display
from powerstream_desktop.common.errors import UserError


@pytest.fixture
def x11_sockets(tmp_path: Path) -> Path:
    (tmp_path / "X0").touch()
    return tmp_path


@pytest.mark.parametrize(
    "environ",
    [
        {"DISPLAY": ":0"},
        {"DISPLAY": ":0.1"},
        {"DISPLAY": "unix:0"},
        {"DISPLAY": "far-away:10.0"},
        {"WAYLAND_DISPLAY": "wayland-0"},
        {"QT_QPA_PLATFORM": "offscreen"},
    ],
)
def test_a_display_is_enough(environ: dict[str, str], x11_sockets: Path) -> None:
    require_display(environ, platform="linux", x11_sockets=x11_sockets)


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_some_systems_always_have_one(platform: str) -> None:
    require_display({}, platform=platform)


@pytest.mark.parametrize(
    ("environ", "sentence"),
    [
        ({}, "There is no display to show the window on."),
        ({"DISPLAY": ":7"}, "There is no display :7 on this computer."),
    ],
)
def test_without_one_there_is_a_sentence(environ: dict[str, str], sentence: str, x11_sockets: Path) -> None:
    with pytest.raises(UserError) as refused:
        require_display(environ, platform="linux", x11_sockets=x11_sockets)
    assert refused.value.title == sentence
    assert "powerstream rehearse" in refused.value.hint


def test_where_the_system_keeps_its_sockets_elsewhere_qt_is_believed(tmp_path: Path) -> None:
    require_display({"DISPLAY": ":7"}, platform="linux", x11_sockets=tmp_path / "elsewhere")
