"""Recognising the service's sentences."""

from __future__ import annotations

from powerstream_desktop.desktop.language.sentence_forms import SentenceForms
from powerstream_desktop.desktop.language.ts_file import Message


def form(source: str, translation: str, code: str = "any") -> Message:
    return Message(context=code, source=source, translation=(translation,))


FORMS = SentenceForms(
    [
        form("{name} is gone.", "{name} ist weg."),
        form("{name} is gone for {n} s.", "{name} ist seit {n#} s weg."),
        form("{name} is gone.", "{name} hat aufgelegt.", "closed"),
        form("{name} came late.", "{name} kam zu spät.", "late"),
        form("{name} is gone. Nobody minds.", "{name} ist weg, und keinen stört es."),
        form("Plug it in again.", "Wieder anstecken."),
        form("{name} takes no more than {limit*}.", "{name} nimmt höchstens {limit}."),
        form("{n} pictures", "{n} Bilder"),
        form("{name} and {name} are one.", "{name} ist zweimal da."),
        form("Set {thing*} to {value}.", "{thing} auf {value} stellen."),
        form("the bitrate", "die Bitrate"),
    ],
    decimal_sign=",",
)


def test_a_name_is_kept_as_it_is() -> None:
    assert FORMS.said("", "The {camera} 100 %n is gone.") == "The {camera} 100 %n ist weg."


def test_the_form_with_the_most_words_fits_best() -> None:
    assert FORMS.said("", "Kick is gone for 5 s.") == "Kick ist seit 5 s weg."


def test_a_figure_has_the_languages_decimal_sign_and_a_name_keeps_its_dots() -> None:
    assert FORMS.said("", "cam.1.0 is gone for 5.25 s.") == "cam.1.0 ist seit 5,25 s weg."


def test_a_codes_own_form_goes_before_those_for_all() -> None:
    assert FORMS.said("closed", "Kick is gone.") == "Kick hat aufgelegt."


def test_a_sentence_whose_code_was_lost_is_known_all_the_same() -> None:
    assert FORMS.said("", "Kick came late.") == "Kick kam zu spät."


def test_words_of_the_service_within_a_sentence_are_translated_too() -> None:
    assert FORMS.said("", "Kick takes no more than 30 pictures.") == "Kick nimmt höchstens 30 Bilder."


def test_a_sentence_whose_first_words_are_translated_begins_with_a_capital_all_the_same() -> None:
    assert FORMS.said("", "Set the bitrate to 5.") == "Die Bitrate auf 5 stellen."
    assert FORMS.said("", "Kick is gone. Set the bitrate to 5.") == "Kick ist weg. Die Bitrate auf 5 stellen."
    assert FORMS.said("", "obs is gone.") == "obs ist weg."


def test_words_within_a_sentence_that_nobody_knows_stay() -> None:
    assert FORMS.said("", "Kick takes no more than three.") == "Kick nimmt höchstens three."


def test_a_sentence_with_its_remedy_behind_it_is_both() -> None:
    assert FORMS.said("", "Cam is gone. Plug it in again.") == "Cam ist weg. Wieder anstecken."


def test_a_form_of_two_sentences_goes_before_its_parts() -> None:
    assert FORMS.said("", "Cam is gone. Nobody minds.") == "Cam ist weg, und keinen stört es."


def test_an_address_behind_a_remedy_stays() -> None:
    assert (
        FORMS.said("", "Plug it in again. https://example.org/a") == "Wieder anstecken. https://example.org/a"
    )


def test_a_sentence_that_is_half_known_stays_english() -> None:
    assert (
        FORMS.said("", "Cam was lost somehow. Plug it in again.") == "Cam was lost somehow. Plug it in again."
    )
    assert not FORMS.knows("", "Cam was lost somehow. Plug it in again.")


def test_one_hole_twice_is_one_name() -> None:
    assert FORMS.said("", "A and A are one.") == "A ist zweimal da."
    assert FORMS.said("", "A and B are one.") == "A and B are one."


def test_a_sentence_that_never_ends_is_not_looked_through_for_ever() -> None:
    endless = "Really. " * 40
    assert FORMS.said("", endless) == endless
