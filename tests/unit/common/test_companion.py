"""Names of what lies beside a file for a while."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from powerstream_desktop.common.companion import companion


def test_a_companion_is_called_like_its_file() -> None:
    assert companion(Path("/shows/evening.mp4"), ".evict") == Path("/shows/evening.mp4.evict")


@pytest.mark.parametrize("name", ["a" * 251 + ".mp4", "配" * 83 + ".mp4"])
def test_a_name_without_room_for_a_suffix_has_a_companion_all_the_same(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(b"film")
    aside = companion(file, ".powerstream-part")
    file.rename(aside)
    assert len(os.fsencode(aside.name)) <= 255
    assert aside == companion(file, ".powerstream-part")
    assert aside != companion(tmp_path / f"b{name[1:]}", ".powerstream-part")
