"""Reading Qt Linguist's files."""

from __future__ import annotations

from pathlib import Path

import pytest

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.desktop.language.ts_file import Message, read_ts
from tests.unit.desktop.language.ts_writing import ts_text

MESSAGES = (
    Message(context="GoLiveDialog", source="Go live", translation=("Live gehen",)),
    Message(context="GoLiveDialog", source="Off", comment="the air", translation=("Nicht auf Sendung",)),
    Message(
        context="GoLiveDialog",
        source="%n camera(s)",
        translation=("%n Kamera", "%n Kameras"),
        is_counted=True,
    ),
    Message(context="Rail", source='<b> & "quotes"', translation=("<b> & »Zeichen«",)),
    Message(context="Rail", source="Studio", translation=("",), is_finished=False),
    Message(context="Rail", source="%n hour(s)", translation=("", ""), is_counted=True, is_finished=False),
)


def written(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8")
    return path


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    assert read_ts(written(tmp_path / "a.ts", ts_text(MESSAGES, "de"))) == MESSAGES


def test_what_a_translator_marked_as_not_done_is_unfinished(tmp_path: Path) -> None:
    text = ts_text(MESSAGES[:1], "de").replace("<translation>", '<translation type="vanished">')
    assert not read_ts(written(tmp_path / "a.ts", text))[0].is_finished


def test_what_a_translator_added_beside_is_passed_over(tmp_path: Path) -> None:
    text = ts_text(MESSAGES[:2], "de").replace("<source>Off", '<location filename="x" line="3"/><source>Off')
    assert read_ts(written(tmp_path / "a.ts", text)) == MESSAGES[:2]


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    path = written(tmp_path / "a.ts", ts_text(MESSAGES, "de")[:-30])
    with pytest.raises(BugError, match=r"a\.ts cannot be read"):
        read_ts(path)
