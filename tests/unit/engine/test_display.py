from __future__ import annotations

import pytest

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.engine.display import resolve_display


@pytest.mark.parametrize("name", [":0", ":99", ":0.1", "host:10.0", "unix:0", "192.168.1.2:0", "[::1]:0"])
def test_a_display_that_is_named_is_taken(name: str) -> None:
    assert resolve_display(name, {"DISPLAY": ":7"}, platform="linux") == name


def test_without_a_name_the_environment_decides() -> None:
    assert resolve_display("", {"DISPLAY": ":7"}, platform="linux") == ":7"


@pytest.mark.parametrize("environ", [{}, {"DISPLAY": ""}])
def test_no_display_at_all_is_said_with_the_variable(environ: dict[str, str]) -> None:
    with pytest.raises(UserError, match="DISPLAY is not set"):
        resolve_display("", environ, platform="linux")


def test_a_wayland_desktop_without_x11_gets_its_own_hint() -> None:
    with pytest.raises(UserError) as caught:
        resolve_display("", {"WAYLAND_DISPLAY": "wayland-0"}, platform="linux")
    assert "Wayland" in caught.value.hint


@pytest.mark.parametrize("name", ["0", "screen", ":", ":x", ":0+10,20", ":0 ", ":123456", ":0\n", "a b:0"])
def test_a_name_that_cannot_be_a_display_is_refused_before_capture(name: str) -> None:
    with pytest.raises(UserError, match="not the name of a display"):
        resolve_display(name, {}, platform="linux")


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_a_system_without_x11_says_so(platform: str) -> None:
    with pytest.raises(UserError, match="no X11"):
        resolve_display(":0", {}, platform=platform)
