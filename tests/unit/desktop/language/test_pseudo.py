"""The language that shows what is not translated, or clipped."""

from __future__ import annotations

import pytest

from powerstream_desktop.desktop.language.pseudo import LONGER_BY, pseudo


def test_letters_get_marks_and_the_text_gets_longer() -> None:
    text = pseudo("Go live on your platforms")
    assert text.startswith("[Ĝö ļîvé öñ ýöûŕ pļåţƒöŕmš".replace("ƒ", "f"))
    assert text.endswith("~]")
    assert len(text) >= len("Go live on your platforms") * (1 + LONGER_BY) - 2


@pytest.mark.parametrize("kept", ["{name}", "%n", "%Ln", "%1", "&S"])
def test_what_a_program_fills_in_stays_as_it_is(kept: str) -> None:
    assert kept in pseudo(f"Stop {kept} now")


@pytest.mark.parametrize("sign", ["", "…", "●", "− 12", "{name}"])
def test_what_has_no_letter_stays_as_it_is(sign: str) -> None:
    assert pseudo(sign) == sign


def test_a_single_letter_is_not_padded() -> None:
    assert pseudo("M") == "[M]"
