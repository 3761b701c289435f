"""docs/platforms.md says what the catalogue holds."""

from __future__ import annotations

from tests.unit.docs.platforms_document import BEGIN, DOCUMENT, notes


def test_the_page_of_platforms_is_that_of_the_catalogue() -> None:
    made = DOCUMENT.read_text("utf-8").partition(f"{BEGIN}\n\n")[2]
    assert made == notes(), "python -m tests.unit.docs.platforms_document --write"


def test_what_has_no_source_at_first_hand_is_marked() -> None:
    rows = {
        row.split("]")[0].removeprefix("| ["): row for row in notes().splitlines() if row.startswith("| [")
    }
    assert "3000 ?" in rows["TikTok"]
    assert "?" not in rows["Twitch"]
