"""What a manifest is told of a copy: only what was verified (I3)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from powerstream_desktop.cloud.manifests.edits import Replay, brought_back, deleted, first_manifest, purged
from powerstream_desktop.cloud.uploads.upload_record import UploadRecord
from powerstream_desktop.cloud.uploads.upload_states import UploadState
from powerstream_desktop.common.errors import BugError
from powerstream_desktop.service.cloud.kept_uploads import keep_record, read_record
from powerstream_desktop.service.cloud.replay_words import replay_here, take_over
from powerstream_desktop.service.store.assets import AssetStatus
from tests.unit.cloud.manifests.replays import STUDIO, at
from tests.unit.service.store.rows import NOW, asset, opened

SHA256 = "ab" * 32
VERIFIED = UploadRecord(
    asset_id="replay-one",
    suffix=".mp4",
    state=UploadState.VERIFIED,
    key=f"one/vod/replay-one/{SHA256[:16]}.mp4",
    size_bytes=5000,
    part_bytes=5000,
    sha256=SHA256,
    verified_at_ms=1,
    level=1,
)


def told(folder: Path, record: UploadRecord) -> Replay | None:
    """Return what a manifest is told of a replay whose upload stands so."""
    folder.mkdir(exist_ok=True)
    with opened(folder) as tables:
        known = tables.assets.put(asset("replay-one", file="/films/one.mp4"))
        keep_record(tables, None, record, NOW)
        return replay_here(tables, known, "one/", None)


def test_a_verified_copy_is_told_by_its_key_and_its_hash(tmp_path: Path) -> None:
    said = told(tmp_path, VERIFIED)
    assert said is not None
    assert said.media is not None
    assert (said.media.key, said.media.sha256) == (f"vod/replay-one/{SHA256[:16]}.mp4", SHA256)


@pytest.mark.parametrize("state", [UploadState.SENDING, UploadState.COMPLETED, UploadState.FAILED])
def test_nothing_is_told_of_a_copy_on_its_way(tmp_path: Path, state: UploadState) -> None:
    assert told(tmp_path, replace(VERIFIED, state=state)) is None


def test_a_copy_that_another_computer_has_proven_is_that_ones_to_tell(tmp_path: Path) -> None:
    said = told(tmp_path, replace(VERIFIED, state=UploadState.ACKNOWLEDGED, level=0, verified_at_ms=0))
    assert said is not None
    assert said.media is None


@pytest.mark.parametrize("lack", [{"verified_at_ms": 0}, {"sha256": ""}])
def test_to_tell_of_a_copy_that_was_never_verified_is_a_mistake(
    tmp_path: Path, lack: dict[str, object]
) -> None:
    with pytest.raises(BugError) as raised:
        told(tmp_path, replace(VERIFIED, **lack))  # type: ignore[arg-type]
    assert raised.value.detail.startswith("I3")


@pytest.mark.parametrize(("size_bytes", "is_known"), [(5000, True), (4999, False)])
def test_a_film_that_went_before_its_hash_was_counted_is_in_the_cloud_if_it_was_as_long(
    tmp_path: Path, size_bytes: int, is_known: bool
) -> None:
    said = told(tmp_path / "elsewhere", VERIFIED)
    assert said is not None
    manifest = first_manifest(said, STUDIO)
    (tmp_path / "here").mkdir()
    with opened(tmp_path / "here") as tables:
        gone = asset("replay-one", file="/films/one.mp4", size_bytes=size_bytes, status=AssetStatus.MISSING)
        tables.assets.put(gone)
        take_over(tables, manifest, "one/", NOW)
        assert (read_record(tables, "replay-one") is not None) is is_known


@pytest.mark.parametrize("life", [UploadState.VERIFIED, UploadState.ACKNOWLEDGED])
@pytest.mark.parametrize(
    ("file", "status", "becomes"),
    [
        ("/films/one.mp4", AssetStatus.READY, UploadState.WAITING),
        ("/films/one.mp4", AssetStatus.MISSING, None),
        (None, AssetStatus.READY, None),
    ],
)
@pytest.mark.parametrize("is_gone", [True, False])
def test_a_copy_that_went_with_a_replay_that_came_back_is_brought_again_from_its_file(
    tmp_path: Path,
    life: UploadState,
    file: str | None,
    status: AssetStatus,
    becomes: UploadState | None,
    is_gone: bool,
) -> None:
    said = told(tmp_path / "elsewhere", VERIFIED)
    assert said is not None
    gone = purged(deleted(first_manifest(said, STUDIO), at(STUDIO, 5)))
    manifest = brought_back(gone, at(STUDIO, 6)) if is_gone else first_manifest(said, STUDIO)
    (tmp_path / "here").mkdir()
    with opened(tmp_path / "here") as tables:
        tables.assets.put(asset("replay-one", file=file, status=status))
        keep_record(tables, None, replace(VERIFIED, state=life), NOW)
        take_over(tables, manifest, "one/", NOW)
        after = read_record(tables, "replay-one")
    if is_gone:
        assert (None if after is None else after.state) is becomes
    else:
        assert after is not None
        assert after.state is (life if file is not None else UploadState.EVICTED)
