"""The document of the protocol says what the code does."""

from __future__ import annotations

from powerstream_desktop.engine.control.reports import PROTOCOL_VERSION
from tests.unit.engine.control.protocol_document import BEGIN, DOCUMENT, document, undescribed


def test_the_tables_are_those_of_the_code() -> None:
    prose, _, made = DOCUMENT.read_text("utf-8").partition(BEGIN)
    assert f"Version **{PROTOCOL_VERSION}**" in prose
    assert made.strip() == document().strip(), "write it anew: protocol_document --write"


def test_every_field_of_every_command_report_and_value_is_described() -> None:
    assert undescribed() == []
