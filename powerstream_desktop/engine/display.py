"""X11 display names: which screen is meant, and whether there is one at all, asked before anything is opened."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from typing import Final

from powerstream_desktop.common.errors import UserError

_DISPLAY_NAME: Final = re.compile(r"[\w.:\-/\[\]]*:\d{1,5}(\.\d{1,3})?")
"""``:0``, ``:0.1``, ``host:10.0``, ``unix:0``; nothing that x11grab would read as an offset."""


def resolve_display(name: str, environ: Mapping[str, str], *, platform: str = sys.platform) -> str:
    """Return the display to capture: the given one, else that of the environment.

    Args:
        name: what the user asked for; empty for the environment's ``DISPLAY``.
        environ: the process's environment.
        platform: as ``sys.platform``.

    Raises:
        UserError: there is no X11 here, no display was named, or the name cannot be one.
    """
    if platform in {"win32", "darwin"}:
        raise UserError(
            "This system has no X11 screen to capture.",
            hint="Choose the test picture or a media file as the source.",
        )
    display = name or environ.get("DISPLAY", "")
    if not display:
        raise UserError(
            "There is no display to capture: DISPLAY is not set.",
            hint=_hint_without_display(environ),
        )
    if not _DISPLAY_NAME.fullmatch(display):
        raise UserError(
            f"{display!r} is not the name of a display.",
            hint="Display names look like :0 or :99.",
        )
    return display


def _hint_without_display(environ: Mapping[str, str]) -> str:
    if environ.get("WAYLAND_DISPLAY"):
        return "This is a Wayland desktop without X11; choose the test picture or a media file as the source."
    return "Name one with --display, or choose the test picture or a media file as the source."
