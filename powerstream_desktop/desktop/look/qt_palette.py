"""The palette as Qt's own, for what no style sheet reaches: Fusion's details, text being edited, other people's dialogs."""

from __future__ import annotations

from PySide6.QtGui import QPalette

from powerstream_desktop.desktop.look.palette import Palette


def qt_palette(palette: Palette) -> QPalette:
    """Return Qt's palette in these colours."""
    role, made = QPalette.ColorRole, QPalette()
    colours = {
        role.Window: palette.bg,
        role.WindowText: palette.text,
        role.Base: palette.well,
        role.AlternateBase: palette.surface,
        role.Text: palette.text,
        role.Button: palette.raised,
        role.ButtonText: palette.text,
        role.BrightText: palette.go_ink,
        role.Highlight: palette.accent,
        role.HighlightedText: palette.accent_ink,
        role.Accent: palette.accent,
        role.Link: palette.accent,
        role.LinkVisited: palette.accent,
        role.ToolTipBase: palette.raised,
        role.ToolTipText: palette.text,
        role.PlaceholderText: palette.faint,
        role.Light: palette.hover,
        role.Midlight: palette.raised,
        role.Mid: palette.line,
        role.Dark: palette.line,
        role.Shadow: palette.bg,
    }
    for name, colour in colours.items():
        made.setColor(name, colour)
    for name in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, name, palette.idle)
    return made
