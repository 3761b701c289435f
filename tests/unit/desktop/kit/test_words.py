from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from powerstream_desktop.desktop.kit.breakable import breakable
from powerstream_desktop.desktop.kit.card import Card
from powerstream_desktop.desktop.kit.chip import Chip
from powerstream_desktop.desktop.kit.field import Field
from powerstream_desktop.desktop.kit.filler import Filler
from powerstream_desktop.desktop.kit.label import Label, Letters
from powerstream_desktop.desktop.kit.sheet import Sheet
from powerstream_desktop.desktop.kit.toggle_chip import ToggleChip
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.look.look import look
from tests.unit.desktop.driver import click, control, show, texts

HOSTILE = "<img src=x><b>bold</b>"


def test_markup_in_a_name_is_part_of_the_name() -> None:
    label, chip = Label(HOSTILE), Chip(HOSTILE)
    assert label.textFormat() is chip.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == HOSTILE


def test_a_tone_is_the_themes_colour_and_can_become_another() -> None:
    label = show(Label("Slow", Tone.WARN))
    assert label.palette().windowText().color() == look().palette.warn
    label.show_text("Live", Tone.OK)
    assert label.palette().windowText().color() == look().palette.ok
    assert label.text() == "Live"


def test_sizes_of_letters_are_in_order() -> None:
    sizes = [show(Label("x", letters=letters)).font().pixelSize() for letters in Letters]
    assert sizes == sorted(set(sizes))


def test_words_that_have_no_room_end_early_and_are_whole_in_the_tooltip() -> None:
    page = QWidget()
    label = Label("A name that is much too long for its place", elide=True)
    QVBoxLayout(page).addWidget(label)
    show(page, 100, 60).grab()
    assert label.toolTip() == "A name that is much too long for its place"
    page.resize(600, 60)
    page.grab()
    assert label.toolTip() == ""


def test_words_that_do_not_elide_demand_their_room() -> None:
    words = "A name that is rather long"
    assert Label(words).minimumSizeHint().width() > 100 > Label(words, elide=True).minimumSizeHint().width()


def test_a_chip_changes_word_and_tone() -> None:
    chip = show(Chip("3 live", Tone.OK))
    chip.show_text("1 rejected", Tone.ERR)
    assert chip.text() == "1 rejected"
    assert chip.palette().windowText().color() == look().palette.err


def test_a_card_has_its_chips_beside_the_heading_and_its_buttons_at_the_end() -> None:
    card, first, second, button = Card("Destinations"), Chip("3 live"), Chip("1 slow"), Chip("button")
    card.add_to_header(button)
    card.add_beside_title(first)
    card.add_beside_title(second)
    show(card, 500, 200)
    assert first.x() < second.x() < button.x()
    assert card.width() - button.x() - button.width() < 20
    assert card.accessibleName() == "Destinations"


def test_a_card_without_a_heading_is_all_body() -> None:
    card, inner = Card(), QWidget()
    card.body.addWidget(inner)
    show(card, 300, 200)
    assert inner.y() < 5
    card.show_title("Audio")
    assert texts(card) == ["Audio"]


def test_a_field_names_what_is_filled_in() -> None:
    line = QLineEdit()
    field = Field("&Server", line, "As the platform says.")
    show(field)
    assert line.accessibleName() == "Server"
    assert line.accessibleDescription() == "As the platform says."
    field.setFocus()
    assert field.focusProxy() is line


def test_a_field_says_what_is_wrong_in_place_of_its_help_and_takes_it_back() -> None:
    line = QLineEdit()
    field = show(Field("Server", line, "As the platform says."))

    field.show_error("A name is missing.")
    assert texts(field) == ["Server", "A name is missing."]
    assert (field.error, line.accessibleDescription(), line.property("wrong")) == (
        "A name is missing.",
    ) * 2 + ("true",)

    field.show_error("")
    assert texts(field) == ["Server", "As the platform says."]
    assert (field.error, line.property("wrong")) == ("", "false")


def test_a_field_without_help_shows_only_what_is_wrong() -> None:
    field = show(Field("Server", QLineEdit()))
    assert texts(field) == ["Server"]
    field.show_error("A name is missing.")
    assert texts(field) == ["Server", "A name is missing."]


def test_a_filler_says_that_it_loads_and_offers_nothing() -> None:
    filler = show(Filler())
    filler.loading("Asking for your replays…")
    assert texts(filler) == ["Asking for your replays…"]
    assert filler.accessibleName() == "Asking for your replays…"


def test_a_filler_says_why_it_failed_and_asks_again_when_told() -> None:
    asked: list[bool] = []
    filler = show(Filler())
    filler.error("The service does not answer.", lambda: asked.append(True), "It is being started again.")
    assert texts(filler) == ["The service does not answer.", "It is being started again."]
    click(control(filler, "Try again"))
    assert asked == [True]


def test_a_filler_says_that_there_is_nothing_and_what_to_do() -> None:
    done: list[str] = []
    filler = show(Filler())
    filler.error("The service does not answer.", lambda: done.append("retried"))
    filler.empty("No platform yet.", "Add the first.", "Add", lambda: done.append("added"))
    click(control(filler, "Add"))
    assert texts(filler) == ["No platform yet.", "Add the first."]
    assert done == ["added"]


class ShownWindows(QObject):
    """Notes what is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.names.append(type(watched).__name__)
        return super().eventFilter(watched, event)


def test_no_part_of_a_widget_is_a_window_for_a_moment_while_it_is_made(application: QApplication) -> None:
    shown = ShownWindows()
    application.installEventFilter(shown)
    card, field = Card("Audio"), Field("Server", QLineEdit(), "As the platform says.")
    card.add_to_header(Chip("ok"))
    field.show_error("A name is missing.")
    others = [Filler(), Sheet("Edit", 400)]
    application.removeEventFilter(shown)
    assert (shown.names, len(others)) == ([], 2)


def test_a_name_without_blanks_goes_on_in_the_next_line_and_is_the_same_name() -> None:
    name = "x" * 80
    label = show(Label(f"Reached: {name}", wrap=True), 240, 200)
    assert label.minimumSizeHint().width() < 240
    assert label.text() == label.accessibleName() == f"Reached: {name}"
    label.show_text("Reached")
    assert label.accessibleName() == ""


def test_words_of_a_sentence_are_never_broken() -> None:
    sentence = "Sicherheitszertifikatsaussteller, and what is said of them."
    assert breakable(sentence) == sentence


def test_a_long_word_is_broken_between_letters_as_people_see_them() -> None:
    flag, accented = "\U0001f1e9\U0001f1ea", "e\u0301"
    words = f"{flag * 40}\n{accented * 40}"
    broken = breakable(words)
    assert broken.replace("\u200b", "") == words
    flags, _, letters = broken.partition("\n")
    assert set(flags.split("\u200b")) == {flag * 8}
    assert set(letters.split("\u200b")) == {accented * 8}


def test_a_chip_with_a_long_name_leaves_room_for_others_and_tells_all_of_it() -> None:
    chip = show(ToggleChip("x" * 80))
    chip.setChecked(True)
    assert chip.text() == f"✓ {'x' * 47}…"
    assert chip.words == chip.accessibleName() == "x" * 80
    assert "x" * 80 in chip.toolTip()
    short = show(ToggleChip("YouTube"))
    short.setChecked(True)
    assert (short.text(), short.toolTip()) == ("✓ YouTube", "")
