"""What stands in the title bars of a virtual screen."""

from __future__ import annotations

from typing import Any, Self

from Xlib import X, display  # type: ignore[import-untyped]
from Xlib.error import BadWindow  # type: ignore[import-untyped]


class WindowTitles:
    """Looks at the windows of an X server; leave it as a context.

    Args:
        name: of the display.
    """

    def __init__(self, name: str) -> None:
        self._display = display.Display(name)
        self._title = self._display.intern_atom("_NET_WM_NAME")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self._display.close()

    def shown(self) -> list[str]:
        """Return the titles of the windows that can be seen."""
        return [title for title in self._titles(self._display.screen().root) if title]

    def _titles(self, window: Any) -> list[str]:
        try:
            found = [] if window.get_attributes().map_state != X.IsViewable else [self._title_of(window)]
            for child in window.query_tree().children:
                found += self._titles(child)
        except BadWindow:  # it has just gone
            return []
        return found

    def _title_of(self, window: Any) -> str:
        value = window.get_full_property(self._title, X.AnyPropertyType)
        return "" if value is None else bytes(value.value).decode("utf-8", "replace")
