"""The file of destinations that the pages show is one that the program reads, and its fields are all there are."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

from powerstream_desktop.cli.destinations_file import read_destinations
from tests.unit.docs.pages import page
from tests.unit.docs.platforms_document import builtin_catalogue

EVERY_VALUE = {
    "name": "Mine", "platform": "custom", "serverUrl": "rtmp://127.0.0.1/live", "streamKey": "live_4821_canaryKQ7",
    "rendition": "landscape", "priority": 1, "backup": "warm", "backupServerUrl": "rtmp://127.0.0.2/live",
    "keySavedOn": str(date(2026, 11, 23)), "isActive": True,
}  # fmt: skip


def test_the_example_of_the_first_page_is_read(tmp_path: Path) -> None:
    [example] = page("README.md").blocks("json")
    file = tmp_path / "mine.json"
    file.write_text(example.replace("…", "made-upex-ampl-enot-real"))
    youtube, own = read_destinations(file, builtin_catalogue())
    assert (youtube.platform, youtube.priority, own.name) == ("youtube", 10, "My server")
    assert youtube.backup_server is not None


def test_the_table_of_fields_names_all_that_are_known(tmp_path: Path) -> None:
    rows = re.findall(r"^\| (`.*?`) \|", page("docs/guide/terminal.md").text, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert named == EVERY_VALUE.keys()
    file = tmp_path / "mine.json"
    file.write_text(json.dumps([EVERY_VALUE]))
    [read] = read_destinations(file, builtin_catalogue())
    assert (read.key_saved_on, read.priority) == (date(2026, 11, 23), 1)
