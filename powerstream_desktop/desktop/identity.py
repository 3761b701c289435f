"""What people, and their desktops, know this program by."""

from __future__ import annotations

from typing import Final

NAME: Final = "PowerStream"
APP_ID: Final = "io.github.powerstream.Desktop"
"""Base name of the installed ``.desktop`` file: desktops find a window's icon by it, and since version 1.21 the portal refuses keys to
who has none (style_ecosystem.md 2b)."""
