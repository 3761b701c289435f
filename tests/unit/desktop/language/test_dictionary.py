"""Finding the translation of a text."""

from __future__ import annotations

from powerstream_desktop.desktop.language.dictionary import WrittenDictionary
from powerstream_desktop.desktop.language.ts_file import Message

GERMAN = WrittenDictionary(
    [
        Message(context="Foot", source="Off", translation=("Aus",)),
        Message(context="TopBar", source="Off", translation=("Nicht auf Sendung",)),
        Message(context="TopBar", source="Off", comment="a switch", translation=("Ausgeschaltet",)),
        Message(
            context="Card", source="%n camera(s)", translation=("%n Kamera", "%n Kameras"), is_counted=True
        ),
        Message(context="Card", source="Later", translation=("Später",), is_finished=False),
    ]
)


def test_a_text_means_what_it_means_in_its_context() -> None:
    assert GERMAN.look_up("TopBar", "Off") == "Nicht auf Sendung"


def test_a_comment_tells_two_meanings_apart() -> None:
    assert GERMAN.look_up("TopBar", "Off", "a switch") == "Ausgeschaltet"


def test_a_text_of_a_base_class_is_found_for_the_class_made_of_it() -> None:
    assert GERMAN.look_up("StudioCard", "%n camera(s)", "", 2) == "%n Kameras"


def test_one_is_counted_otherwise_than_none_and_many() -> None:
    forms = [GERMAN.look_up("Card", "%n camera(s)", "", count) for count in (0, 1, 2, 21)]
    assert forms == ["%n Kameras", "%n Kamera", "%n Kameras", "%n Kameras"]


def test_an_unfinished_or_unknown_text_has_no_translation() -> None:
    assert GERMAN.look_up("Card", "Later") is None
    assert GERMAN.look_up("Card", "Never written") is None
