"""Runs the window as its user starts it, and tells a test what is to be seen there: ``python -m`` this, one request a line.

The test acts by mouse and keyboard only; what stands here looks. Requests are JSON objects with an ``id``, which the answer has too.
Answers go to the file that the variable ``ANSWERS`` names, a line each:

- ``{"look": "controls"}``: every control that is visible, with its words and its place on the screen;
- ``{"look": "clipped"}``: the texts that are cut off (``tests.unit.desktop.clipping``);
- ``{"look": "stalls"}``: how long the loop stood still by its own fault, and computed, in ms, each time (``OwnStalls``);
- ``{"look": "pages"}``: goes to every page, twice: what each change took until it was painted, and computed, in ms;
- ``{"look": "previews", "seconds": S}``: how many pictures of the program were painted in that time, and what its thread computed in
  it, in ms;
- ``{"look": "speak", "code": C}``: lets the window speak this language, also one that nobody can choose;
- ``{"look": "picture", "path": P, "size": [W, H]}``: makes the window so large, and writes what it shows as PNG.
"""

from __future__ import annotations

import importlib
import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from powerstream_desktop.cli.main import main

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

ANSWERS: Final = "POWERSTREAM_TEST_ANSWERS"
APPEARS_S: Final = 0.02
SETTLES_MS: Final = 350
"""A window of another size is laid out anew, and its pictures are scaled."""


def _watch_requests() -> None:
    """Wait for the application, then let its own thread answer each request."""
    from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

    from tests.e2e.support.own_stalls import OwnStalls

    while QCoreApplication.instance() is None:
        time.sleep(APPEARS_S)
    application = QCoreApplication.instance()
    assert application is not None

    class Eyes(QObject):
        asked = Signal(str)
        stalls: OwnStalls | None = None

        def look(self, line: str) -> None:
            request = json.loads(line)
            self.stalls = self.stalls or OwnStalls(self)
            seen = self.stalls.stalls_ms if request["look"] == "stalls" else _LOOKS[request["look"]](request)
            _say({"id": request["id"], "seen": seen})
            self.stalls.begin_anew()

    eyes = Eyes()
    eyes.moveToThread(application.thread())
    eyes.asked.connect(eyes.look, Qt.ConnectionType.QueuedConnection)
    for line in sys.stdin:
        eyes.asked.emit(line)


def _say(words: dict[str, Any]) -> None:
    with Path(os.environ[ANSWERS]).open("a", encoding="utf-8") as answers:
        answers.write(json.dumps(words) + "\n")


def _application() -> QApplication:
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application


def _windows() -> list[QWidget]:
    return [each for each in _application().topLevelWidgets() if each.isVisible()]


def _controls(_request: dict[str, Any]) -> list[dict[str, Any]]:
    from PySide6.QtWidgets import QWidget

    seen: list[dict[str, Any]] = []
    for top in _windows():
        widgets = (top, *top.findChildren(QWidget))
        rail = next((each for each in widgets if type(each).__name__ == "Rail"), None)
        for each in widgets:
            if each.isVisible() and not each.visibleRegion().isEmpty():
                seen += [_words(each, rail), *_rows(each)]
    return seen


def _rows(widget: QWidget) -> Iterator[dict[str, Any]]:
    """Yield the rows of a list, which are no widgets."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QAbstractItemView

    if not isinstance(widget, QAbstractItemView) or widget.model() is None:
        return
    for row in range(widget.model().rowCount()):
        index = widget.model().index(row, 0)
        place = widget.visualRect(index).intersected(widget.viewport().rect())
        if not place.isEmpty():
            corner = widget.viewport().mapToGlobal(place.topLeft())
            yield {
                **_words(widget),
                "kind": ["row"],
                "name": str(index.data(Qt.ItemDataRole.AccessibleTextRole) or index.data() or ""),
                "text": "",
                "place": [corner.x(), corner.y(), place.width(), place.height()],
                "on_top": True,
            }


def _words(widget: QWidget, rail: QWidget | None = None) -> dict[str, Any]:
    # Its ancestors are not asked for: a shell that Python makes for one of Qt's own takes its children's shells with it when it ends.
    region = widget.visibleRegion().boundingRect()
    corner = widget.mapToGlobal(region.topLeft())
    text = _text(widget)
    over = (
        _application().widgetAt(widget.mapToGlobal(region.center()))
        if text or widget.accessibleName()
        else None
    )
    return {
        "kind": [kind.__name__ for kind in type(widget).__mro__ if kind.__name__ not in {"Object", "object"}],
        "name": widget.accessibleName(),
        "text": text,
        "on_rail": rail is not None and rail.isAncestorOf(widget),
        "title": widget.windowTitle(),
        "tip": widget.toolTip(),
        "place": [corner.x(), corner.y(), region.width(), region.height()],
        "enabled": widget.isEnabled(),
        "focused": _application().focusWidget() is widget,
        "checked": bool(getattr(widget, "isChecked", lambda: False)()),
        "on_top": over is not None and (over is widget or widget.isAncestorOf(over)),
    }


def _text(widget: QWidget) -> str:
    for name in ("text", "toPlainText", "currentText"):
        give = getattr(widget, name, None)
        if callable(give):
            words = give()
            if isinstance(words, str):
                return words
    return ""


def _clipped(_request: dict[str, Any]) -> list[str]:
    from tests.unit.desktop.clipping import clipped

    return [words for top in _windows() for words in clipped(top)]


def _picture(request: dict[str, Any]) -> list[int]:
    from PySide6.QtWidgets import QMainWindow

    window = max(_windows(), key=lambda each: (isinstance(each, QMainWindow), each.width() * each.height()))
    window.resize(*request["size"])
    _go_on(SETTLES_MS)
    if request["path"]:
        assert window.grab().save(request["path"])
    return [window.width(), window.height()]


def _pages(_request: dict[str, Any]) -> list[list[float]]:
    from PySide6.QtWidgets import QToolButton

    rail = next(each for top in _windows() for each in _all_below(top) if type(each).__name__ == "Rail")
    changes = []
    for entry in 2 * rail.findChildren(QToolButton):
        began_at, computed_before = time.monotonic(), time.thread_time()
        entry.click()
        for _ in range(2):  # what was asked for by the click, and the painting that follows from it
            _application().processEvents()
        changes.append([1000 * (time.monotonic() - began_at), 1000 * (time.thread_time() - computed_before)])
        _go_on(SETTLES_MS)
    return changes


def _previews(request: dict[str, Any]) -> list[float]:
    from PySide6.QtCore import QEvent, QObject

    class Count(QObject):
        painted = 0

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            self.painted += event.type() == QEvent.Type.Paint
            return False

    [preview] = [
        each
        for top in _windows()
        for each in _all_below(top)
        if type(each).__name__ == "PreviewView" and each.isVisible()
    ]
    count, computed_before = Count(), time.thread_time()
    preview.installEventFilter(count)
    _go_on(round(1000 * request["seconds"]))
    preview.removeEventFilter(count)
    return [count.painted, 1000 * (time.thread_time() - computed_before)]


def _all_below(top: QWidget) -> list[QWidget]:
    from PySide6.QtWidgets import QWidget

    return [top, *top.findChildren(QWidget)]


def _go_on(for_ms: int) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(for_ms, loop.quit)
    loop.exec()


def _speak(request: dict[str, Any]) -> bool:
    from powerstream_desktop.desktop.language import language

    language.choose(request["code"])
    return True


_LOOKS: Final = {
    "speak": _speak,
    "controls": _controls,
    "clipped": _clipped,
    "picture": _picture,
    "pages": _pages,
    "previews": _previews,
}


if __name__ == "__main__":
    # The first thread that loads PySide6 is the one on which it lets objects end: it must be the window's.
    importlib.import_module("PySide6.QtCore")
    threading.Thread(target=_watch_requests, name="eyes", daemon=True).start()
    main()
