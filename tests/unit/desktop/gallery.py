"""Renders all widgets of the kit in every theme: ``python -m tests.unit.desktop.gallery DIR``. For eyes, not for tests."""

from __future__ import annotations

import math
import os
import sys
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QRadioButton,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from powerstream_desktop.desktop.kit.ask_once import AskOnceButton
from powerstream_desktop.desktop.kit.buttons import Button, IconButton, Role
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.chip import Chip
from powerstream_desktop.desktop.kit.field import Field
from powerstream_desktop.desktop.kit.filler import Filler
from powerstream_desktop.desktop.kit.key_field import KeyField
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.light import Light
from powerstream_desktop.desktop.kit.light_kind import LightKind, tone_of, word_of
from powerstream_desktop.desktop.kit.line_chart import ChartLine, LineChart
from powerstream_desktop.desktop.kit.sheet import Sheet
from powerstream_desktop.desktop.kit.spark_line import SparkLine
from powerstream_desktop.desktop.kit.switch import Switch
from powerstream_desktop.desktop.kit.timeline_bar import TimelineBar, TimeSpan
from powerstream_desktop.desktop.kit.toggle_chip import ToggleChip
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.look.icons import ICON_NAMES, ApplicationIcon
from powerstream_desktop.desktop.look.look import look
from powerstream_desktop.desktop.look.theme import ThemeName


def gallery() -> QWidget:
    """Return a widget that shows one of each."""
    page = QWidget()
    grid = QGridLayout(page)
    grid.setContentsMargins(14, 14, 14, 14)
    grid.setSpacing(14)
    for index, card in enumerate(
        (_lights(), _buttons(), _fields(), _choices(), _icons(), _chart(), _fillers(), _words())
    ):
        grid.addWidget(card, index // 3, index % 3)
    grid.addWidget(_sheet(), 2, 2)
    return page


def _padded(title: str) -> tuple[Card, QVBoxLayout]:
    card = Card(title)
    inner = QVBoxLayout()
    inner.setContentsMargins(12, 12, 12, 12)
    inner.setSpacing(9)
    card.body.addLayout(inner)
    return card, inner


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def _lights() -> Card:
    card, inner = _padded("Destinations")
    for text, tone in (("3 live", Tone.OK), ("1 retrying", Tone.WARN), ("1 rejected", Tone.ERR)):
        card.add_beside_title(Chip(text, tone))
    card.add_to_header(Button("Edit", Role.SMALL))
    for kind in LightKind:
        light, spark = Light(), SparkLine()
        light.show_light(kind, "because")
        fall = 40 if kind is LightKind.SLOW else 999
        spark.show_points(
            [
                0 if kind is LightKind.BAD or fall < n < fall + 12 else 6000 + 150 * math.sin(n)
                for n in range(60)
            ],
            kind,
        )
        row = _row(light, Label(word_of(kind), tone_of(kind)))
        row.addWidget(spark)
        row.addWidget(Label("6 012 kbit/s", Tone.MUTED, letters=Letters.SMALL))
        inner.addLayout(row)
    inner.addStretch(1)
    return card


def _buttons() -> Card:
    card, inner = _padded("Buttons")
    asking = AskOnceButton("Delete", "Delete it?", small=True)
    off = Button("Go live", Role.GO)
    off.setEnabled(False)
    inner.addLayout(_row(Button("Sources…"), Button("Check", Role.PRIMARY), Button("Go live", Role.GO)))
    inner.addLayout(_row(Button("End stream", Role.DANGER), off, Button("Key page", Role.LINK)))
    inner.addLayout(
        _row(Button("Split", Role.SMALL), Button("+ Add destination", Role.PRIMARY, small=True), asking)
    )
    asked = AskOnceButton("End stream", "End it now?")
    asked.click()
    chips = [ToggleChip(name) for name in ("YouTube", "Twitch & more", "Kick")]
    chips[0].setChecked(True)
    inner.addLayout(_row(asked, *chips))
    on = Switch("on")
    on.setChecked(True)
    checked = IconButton("mic_off", "Unmute")
    checked.setCheckable(True)
    checked.setChecked(True)
    inner.addLayout(
        _row(
            on,
            Switch("off"),
            IconButton("more", "More"),
            checked,
            Chip("key set"),
            Chip("LIVE 01:23", Tone.LIVE),
        )
    )
    inner.addStretch(1)
    return card


def _fields() -> Card:
    card, inner = _padded("Fields")
    key, wrong = KeyField("Stream key"), Field("Server", QLineEdit("rtmp://"), "As the platform says.")
    key.set_key("abcd-efgh-ijkl")
    wrong.show_error("A server's name is missing.")
    title = QLineEdit()
    title.setPlaceholderText("Search titles, descriptions, markers")
    for field in (Field("Title", title, "What viewers read."), Field("Stream key (local relay)", key), wrong):
        inner.addWidget(field)
    inner.addWidget(Field("Description", QPlainTextEdit("Guests: to be announced")))
    return card


def _choices() -> Card:
    card, inner = _padded("Choices")
    combo, spin, slider, progress = (
        QComboBox(),
        QSpinBox(),
        QSlider(Qt.Orientation.Horizontal),
        QProgressBar(),
    )
    combo.addItems(["Weekly show", "Quick update"])
    spin.setSuffix(" kbit/s")
    spin.setRange(0, 9000)
    spin.setValue(6000)
    slider.setValue(60)
    progress.setValue(46)
    check, radio = QCheckBox("Record on this computer"), QRadioButton("Landscape")
    check.setChecked(True)
    radio.setChecked(True)
    for widget in (combo, spin, slider, progress):
        inner.addWidget(widget)
    inner.addLayout(_row(check, QCheckBox("Off"), radio, QRadioButton("Portrait")))
    inner.addStretch(1)
    return card


def _icons() -> Card:
    card, inner = _padded("Icons")
    grid = QGridLayout()
    for index, name in enumerate(sorted(ICON_NAMES)):
        grid.addWidget(IconButton(name, name), index // 10, index % 10)
    inner.addLayout(grid)
    row = _row()
    for kind in ApplicationIcon:
        for side in (16, 32, 64):
            picture = QLabel()
            picture.setPixmap(look().application_icon(kind).pixmap(QSize(side, side)))
            row.insertWidget(0, picture)
    inner.addLayout(row)
    return card


def _time_text(at_s: float) -> str:
    return f"{19 + int(at_s) // 3600}:{int(at_s) % 3600 // 60:02d}"


def _chart() -> Card:
    card, inner = _padded("This stream, minute by minute")
    kinds = [
        (LightKind.LIVE, 3000),
        (LightKind.BAD, 3060),
        (LightKind.WORKING, 3300),
        (LightKind.LIVE, 4200),
        (LightKind.SLOW, 5000),
    ]
    for shift in (0, 400):
        bar, start, spans = TimelineBar("Kick", _time_text), 0.0, []
        for kind, end in kinds:
            spans.append(TimeSpan(start_s=start, end_s=end + shift, kind=kind, cause="reset by peer"))
            start = end + shift
        bar.show_spans(spans, 5400)
        row = QHBoxLayout()
        row.addWidget(Label("Kick", bold=True))
        row.addWidget(bar, 1)
        row.addWidget(Label("97.1 %", Tone.MUTED))
        inner.addLayout(row)
    chart = LineChart("Bitrate", lambda value: f"{value:,.0f}".replace(",", " "), _time_text)
    chart.show_lines(
        [
            ChartLine(name="YouTube", points=tuple((n * 60.0, 6000 + 120 * math.sin(n)) for n in range(90))),
            ChartLine(
                name="Twitch",
                points=tuple((n * 60.0, None if 30 < n < 34 else 5600 + 90 * math.cos(n)) for n in range(90)),
            ),
            ChartLine(
                name="Facebook", points=tuple((n * 60.0, 5200.0 if n < 70 else 2200) for n in range(90))
            ),
            ChartLine(name="Kick", points=tuple((n * 60.0, 3200.0 + n) for n in range(90))),
        ],
        0,
        5400,
    )
    chart._read(4500)
    inner.addWidget(chart, 1)
    return card


def _fillers() -> Card:
    card, inner = _padded("Fillers")
    error, empty = Filler(), Filler()
    error.error("The service does not answer.", lambda: None, "It is being started again.")
    empty.empty(
        "No recorded shows for this station yet.", "What you record appears here.", "Go live", lambda: None
    )
    inner.addWidget(error)
    inner.addWidget(empty)
    return card


def _words() -> Card:
    card, inner = _padded("Words")
    for tone in Tone:
        inner.addWidget(Label(f"{tone.value}: <b>no markup</b> 0123456789 1111111111", tone))
    inner.addWidget(
        Label(
            "A long sentence that does not fit into this card and therefore ends in an ellipsis", elide=True
        )
    )
    inner.addWidget(Label("No Limit Live — Episode 12", bold=True, letters=Letters.TITLE))
    return card


def _sheet() -> Sheet:
    sheet = Sheet("Go live on No Limit Live", 420)
    sheet.body.addWidget(Field("Title", QLineEdit("Episode 12")))
    sheet.body.addWidget(
        Label("Sends to a test receiver on this computer; nothing goes out.", Tone.MUTED, wrap=True)
    )
    sheet.footer.addWidget(Button("Rehearse"))
    sheet.footer.addStretch(1)
    sheet.footer.addWidget(Button("Cancel"))
    sheet.footer.addWidget(Button("Go live on 4 of 5", Role.GO))
    return sheet


def main(folder: Path) -> None:
    """Write a picture per theme, and one of large letters."""
    application = QApplication(["gallery"])
    folder.mkdir(parents=True, exist_ok=True)
    look()  # before the first widget, as the program does
    page = gallery()
    page.resize(1440, 1080)
    page.show()
    for theme in (ThemeName.DARK, ThemeName.LIGHT, ThemeName.HIGH_CONTRAST):
        look().use(theme.value)
        application.processEvents()
        page.grab().save(str(folder / f"kit_{theme.value}.png"))
    look().use(ThemeName.DARK.value)
    look().set_text_size(150)
    for _ in range(3):  # the page grows by itself
        application.processEvents()
    page.grab().save(str(folder / "kit_150.png"))


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    main(Path(sys.argv[1]))
