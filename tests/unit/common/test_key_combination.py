"""What a shortcut may be, and how it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.key_combination import ALONE, KEYS, KeyCombination, Modifier

combinations = st.builds(
    lambda key, held, firm: KeyCombination(key=key, modifiers=frozenset({*held, firm})),
    st.sampled_from(KEYS),
    st.sets(st.sampled_from(Modifier)),
    st.sampled_from([Modifier.CTRL, Modifier.ALT, Modifier.META]),
)


@given(combinations)
def test_what_is_written_is_read_again(combination: KeyCombination) -> None:
    assert KeyCombination.of(str(combination)) == combination


@given(st.text(max_size=80))
def test_any_text_is_a_shortcut_or_refused_in_a_sentence(text: str) -> None:
    try:
        found = KeyCombination.of(text)
    except UserError as error:
        refused = error.title
    else:
        refused = ""
        assert KeyCombination.of(str(found)) == found
    assert refused == "" or refused.endswith(".")


@pytest.mark.parametrize(
    "text", ["ctrl+alt+m", "Alt+Ctrl+M", "control + option + m", "CTRL+ALT+M", "Ctrl+Ctrl+Alt+M"]
)
def test_order_case_and_other_names_do_not_matter(text: str) -> None:
    assert str(KeyCombination.of(text)) == "Ctrl+Alt+M"


@pytest.mark.parametrize(
    "text", ["", "+", "M+Ctrl", "Ctrl+", "Ctrl+Alt", "Hyper+M", "Ctrl+Nothing", "Ctrl+M" * 20]
)
def test_what_is_no_combination_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="no shortcut"):
        KeyCombination.of(text)


@pytest.mark.parametrize("text", ["M", "Shift+M", "F5", "Shift+F12", "Space", "Num0"])
def test_what_could_not_be_typed_any_more_is_refused(text: str) -> None:
    with pytest.raises(UserError, match="needs Ctrl, Alt"):
        KeyCombination.of(text)


@pytest.mark.parametrize("key", sorted(ALONE))
def test_keys_of_macro_pads_need_nothing_beside_them(key: str) -> None:
    assert str(KeyCombination.of(key)) == key


def test_a_key_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UserError, match="cannot be part"):
        KeyCombination(key="Escape", modifiers=frozenset({Modifier.CTRL}))


@pytest.mark.parametrize(
    ("system", "shown"),
    [("linux", "Ctrl+Alt+Super+Page Up"), ("win32", "Ctrl+Alt+Win+Page Up"), ("darwin", "⌃⌥⌘Page Up")],
)
def test_each_system_is_shown_its_own_names(system: str, shown: str) -> None:
    assert KeyCombination.of("Meta+Alt+Ctrl+PageUp").shown(system) == shown
