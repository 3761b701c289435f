from __future__ import annotations

import pytest

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.engine.scene.sources import MAX_NAME_CHARACTERS, check_name


@pytest.mark.parametrize(
    "name",
    [
        "Desk",
        "Büro 2 – Überblick",
        "カメラ",
        "مصاحبه‌ها",  # Persian: a non-joiner within a word
        "שולחן\u200f!",
        "\N{MAN}\u200d\N{PERSONAL COMPUTER}",
        "x" * MAX_NAME_CHARACTERS,
    ],
)
def test_a_name_may_be_written_in_any_script(name: str) -> None:
    check_name(name, "scene")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "  ",
        "x" * (MAX_NAME_CHARACTERS + 1),
        "a\nb",
        "a\x7fb",
        "a\x85b",
        "a\x9b31mb",
        "a\u2028b",
        "live\u202egpj.exe",
        "a\u202ab",
        "a\u2066b",
        "a\u2069b",
        "a\ud800b",
    ],
)
def test_a_name_that_breaks_its_line_or_turns_it_around_is_refused(name: str) -> None:
    with pytest.raises(UserError, match="cannot be the name of a scene") as caught:
        check_name(name, "scene")
    assert str(caught.value).isprintable()
