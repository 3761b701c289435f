"""docs/settings.md says what the code declares."""

from __future__ import annotations

from powerstream_desktop.service.settings.settings import OPTIONS
from tests.unit.docs.settings_document import BEGIN, DOCUMENT, tables


def test_the_page_of_settings_is_that_of_the_code() -> None:
    made = DOCUMENT.read_text("utf-8").partition(f"{BEGIN}\n\n")[2]
    assert made == tables(), "python -m tests.unit.docs.settings_document --write"


def test_every_setting_has_a_row_with_a_name_for_people() -> None:
    rows = {row.split("`")[1]: row for row in tables().splitlines() if row.startswith("| `")}
    assert rows.keys() == OPTIONS.keys()
    assert [name for name, row in rows.items() if f"**{name}.**" in row] == []
