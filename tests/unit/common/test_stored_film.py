"""A copy in a folder that is a store is known by where it lies, and nothing else is taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from powerstream_desktop.cloud.object_store.folder_names import names_of
from powerstream_desktop.cloud.uploads.object_keys import media_key
from powerstream_desktop.common.stored_film import STORE_MARK, is_stored_film


@pytest.mark.parametrize("prefix", ["", "station/", "one/two/"])
def test_what_an_upload_brings_to_a_folder_is_known_as_a_copy(tmp_path: Path, prefix: str) -> None:
    film = tmp_path.joinpath(*names_of(media_key(prefix, "replay-one", "0a" * 32, ".mp4")))
    assert not is_stored_film(film), "there is no store"
    (tmp_path / STORE_MARK).mkdir()
    assert is_stored_film(film)


@pytest.mark.parametrize(
    "name",
    [
        "Show.mp4",
        "vod/Show.mp4",
        "vod/replay-one/Show.mp4",
        f"films/replay-one/{'0a' * 8}.mp4",
        f"{'0a' * 8}.mp4",
    ],
)
def test_recordings_in_a_folder_that_is_a_store_too_are_none(tmp_path: Path, name: str) -> None:
    (tmp_path / STORE_MARK).mkdir()
    assert not is_stored_film(tmp_path / name)
