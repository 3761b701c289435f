"""The look of the running window: which theme, which text size; everything else follows from these two."""

from __future__ import annotations

import functools
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.common.resources import resource_path
from powerstream_desktop.desktop.look.icons import ApplicationIcon, Icons, application_icon
from powerstream_desktop.desktop.look.letters import (
    MAX_PERCENT,
    MIN_PERCENT,
    NORMAL_PX,
    letters,
    load_letters,
    scaled_px,
)
from powerstream_desktop.desktop.look.palette import Palette
from powerstream_desktop.desktop.look.qt_palette import qt_palette
from powerstream_desktop.desktop.look.style import style_sheet
from powerstream_desktop.desktop.look.theme import (
    ThemeName,
    palette_of,
    system_is_light,
    system_wants_contrast,
)

_THEMES: Final = "themes"


class Look(QObject):
    """Puts the application into a theme, and tells everybody who paints when it becomes another. On the window's thread.

    Ask for it by ``look``.

    Args:
        application: is given style, palette, font and style sheet at once.
    """

    changed = Signal()
    """The theme or the text size is another; what a widget of ours paints by itself is repainted by then."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._application = application
        self._theme = ThemeName.DARK
        self._text_percent = 100
        self._source = (resource_path(_THEMES) / "window.qss").read_text("utf-8")
        load_letters()
        application.setStyle(QStyleFactory.create("Fusion"))
        self._follow_system()
        self._put_on()

    @property
    def palette(self) -> Palette:
        """The colours of now; read them when painting, keep none."""
        return self._palette

    @property
    def theme(self) -> ThemeName:
        """What was chosen; not what the system made of it."""
        return self._theme

    @property
    def text_percent(self) -> int:
        """The text size; 100 is as designed."""
        return self._text_percent

    def use(self, theme_name: str) -> None:
        """Change to a theme, at once and everywhere.

        Args:
            theme_name: a value of ``ThemeName``; the system's for a name that is not known.
        """
        known = {theme.value: theme for theme in ThemeName}
        self._change(known.get(theme_name, ThemeName.SYSTEM), self._text_percent)

    def set_text_size(self, percent: int) -> None:
        """Change the size of all letters, at once and everywhere; 90 to 150 %, and the nearest of these for another."""
        self._change(self._theme, min(MAX_PERCENT, max(MIN_PERCENT, percent)))

    def icon(self, name: str) -> QIcon:
        """Return an icon in the theme's colours; ask again after ``changed``.

        Raises:
            BugError: there is no icon of this name.
        """
        return self._icons.icon(name)

    def pixmap(self, name: str, size_px: int, colour: QColor, on: QWidget) -> QPixmap:
        """Return an icon in one colour, as fine as the screen of the widget it is painted on.

        Raises:
            BugError: there is no icon of this name.
        """
        return self._icons.pixmap(name, size_px, colour, on.devicePixelRatioF())

    def scaled_px(self, size_px: float) -> int:
        """Return how large something is that goes with the letters, given its size at 100 %."""
        return scaled_px(size_px, self._text_percent)

    def application_icon(self, kind: ApplicationIcon) -> QIcon:
        """Return the program's own icon."""
        return application_icon(kind)

    def font(self, size_px: float = NORMAL_PX, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Return the window's font for what is painted.

        Args:
            size_px: at 100 %.
            weight: of the strokes.
        """
        return letters(self._text_percent, size_px, weight)

    def _change(self, theme: ThemeName, text_percent: int) -> None:
        if (theme, text_percent) != (self._theme, self._text_percent):
            self._theme, self._text_percent = theme, text_percent
            self._put_on()
            self.changed.emit()

    def _follow_system(self) -> None:
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        if hasattr(hints, "accessibility"):  # Qt 6.10
            hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)

    def _system_changed(self) -> None:
        if self._theme is ThemeName.SYSTEM and self._wanted_palette() is not self._palette:
            self._put_on()
            self.changed.emit()

    def _wanted_palette(self) -> Palette:
        return palette_of(
            self._theme, system_is_light=system_is_light(), system_wants_contrast=system_wants_contrast()
        )

    def _put_on(self) -> None:
        self._palette = self._wanted_palette()
        self._icons = Icons(self._palette, self._application.devicePixelRatio(), self._text_percent)
        folder = resource_path(_THEMES).as_posix()
        self._application.setPalette(qt_palette(self._palette))
        self._application.setFont(letters(self._text_percent))
        self._application.setStyleSheet(style_sheet(self._source, self._palette, self._text_percent, folder))
        for widget in self._application.allWidgets():  # not all of Qt's tell their layout that they grew
            widget.updateGeometry()


@functools.cache
def look() -> Look:
    """Return the application's look; the first call puts it on.

    Raises:
        BugError: there is no application yet, or one without windows.
    """
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise BugError("The window's look was asked for before there was an application.")
    return Look(application)
