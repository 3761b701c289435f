"""The table of destinations, whose lines come and go while their menus are open."""

from __future__ import annotations

import gc

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from powerstream_desktop.desktop.destinations.destination_line import RowAct
from powerstream_desktop.desktop.destinations.destination_row import DestinationRow
from powerstream_desktop.desktop.destinations.table import DestinationsTable
from powerstream_desktop.desktop.kit.buttons import IconButton
from powerstream_desktop.desktop.kit.light_kind import LightKind
from powerstream_desktop.desktop.kit.scroll import Scroll
from tests.unit.desktop import driver

TURNS = 60


def row(name: str, *, is_on_air: bool = False) -> DestinationRow:
    return DestinationRow(
        id=name, platform="Kick", name=name, host="h", server_url="rtmp://h/a", has_key=True,
        light=LightKind.BAD if is_on_air else LightKind.OFF, now="Off", details="", last_error="", remedy="",
        last_connected="", in_use=True, is_on_air=is_on_air,
    )  # fmt: skip


def shown(*names: str) -> tuple[Scroll, DestinationsTable]:
    scroll, table = Scroll(), DestinationsTable()
    scroll.body.addWidget(table)
    table.show_rows([row(name) for name in names])
    driver.show(scroll, 1200, 400)
    return scroll, table


def menu_of(table: DestinationsTable, name: str) -> QMenu:
    return driver.control(table, f"More for Kick {name}", IconButton).menu()


def enabled(menu: QMenu) -> set[str]:
    return {each.text() for each in menu.actions() if each.isEnabled() and each.text()}


def opened_menu(table: DestinationsTable, name: str) -> QMenu:
    """Press "More" of a line; the menu is open."""
    driver.click(driver.control(table, f"More for Kick {name}", IconButton))
    menu = menu_of(table, name)
    driver.wait_for(menu.isVisible)
    return menu


def look_below_qts_own_widgets() -> None:
    """Have Python stand for widgets of Qt's own making, and for what is below them, for a moment."""
    for widget in QApplication.allWidgets():
        if widget.objectName() == "qt_scrollarea_viewport":
            widget.findChildren(QWidget)
    gc.collect()


def test_a_menu_is_kept_up_to_date_after_somebody_has_looked_below_qts_own_widgets() -> None:
    _, table = shown("one", "two")
    assert "Retry now" not in enabled(menu_of(table, "one"))
    look_below_qts_own_widgets()
    table.show_rows([row("one", is_on_air=True), row("two")])
    assert "Retry now" in enabled(menu_of(table, "one"))
    assert "Check" not in enabled(menu_of(table, "one"))


def test_a_destination_that_goes_while_its_menu_is_open_takes_the_menu_with_it() -> None:
    _, table = shown("one", "two")
    opened_menu(table, "one")
    table.show_rows([row("two", is_on_air=True)])
    driver.let_go()
    assert not [
        each for each in QApplication.topLevelWidgets() if isinstance(each, QMenu) and each.isVisible()
    ]
    assert "Retry now" in enabled(menu_of(table, "two"))


def test_lines_come_and_go_while_their_menus_are_opened_and_used() -> None:
    _, table = shown("a", "b", "c")
    acted: list[tuple[str, object]] = []
    table.acted.connect(lambda name, act: acted.append((name, act)))
    firsts = ["abcd"[turn % 4] for turn in range(TURNS)]
    for turn, first in enumerate(firsts):
        names = ["abcd"[(turn + each) % 4] for each in range(1 + turn % 4)]
        table.show_rows([row(name, is_on_air=bool(turn % 2)) for name in names])
        menu = opened_menu(table, first)
        QTest.keyClick(menu, Qt.Key.Key_Down)
        QTest.keyClick(menu, Qt.Key.Key_Return)
        driver.let_go()
        if turn % 10 == 0:
            look_below_qts_own_widgets()
    assert acted == [(first, RowAct.EDIT) for first in firsts]
