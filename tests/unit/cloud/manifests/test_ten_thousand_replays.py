"""The first pass of a computer over a store of ten thousand replays: broken off, taken up again, and in little memory (V28)."""

from __future__ import annotations

import tracemalloc

import pytest

from powerstream_desktop.cloud.manifests.edits import first_manifest
from powerstream_desktop.cloud.manifests.manifest_words import write_manifest
from powerstream_desktop.cloud.manifests.object_keys import manifest_key
from tests.unit.cloud.manifests import world
from tests.unit.cloud.manifests.replays import STUDIO, film, replay
from tests.unit.cloud.manifests.station import Station
from tests.unit.cloud.manifests.world import KilledError

COUNT = 10_000
PAGE = 1000
"""Keys in a page, as S3 lists them."""
AT_ONCE = 8
LARGE = 300
"""Manifests of twenty kilobytes each."""
MOST_BYTES = 2_000_000
"""Beside the rows that are kept, which lie on a disk otherwise."""


def test_a_first_pass_that_is_killed_in_the_middle_reads_nothing_twice_but_what_was_on_its_way(
    station: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(world, "PAGE", PAGE)
    ids = [f"replay-{number:05}" for number in range(COUNT)]
    for asset_id in ids:
        known = replay(asset_id, media=film(asset_id))
        station.bucket.put(manifest_key(asset_id), write_manifest(first_manifest(known, STUDIO)))
    station.laptop.killed_at = (COUNT, True)  # two operations for each: to read it, and to keep it
    with pytest.raises(KilledError):
        station.sync(station.laptop)
    station.laptop.killed_at = None
    kept = len(station.laptop.rows)
    assert COUNT / 4 < kept < COUNT
    outcome = station.sync(station.laptop)
    assert len(outcome.added) == COUNT - kept
    assert set(station.laptop.rows) == set(ids)
    assert station.bucket.reads <= COUNT + AT_ONCE
    reads = station.bucket.reads
    assert station.sync(station.laptop).added == ()
    assert station.bucket.reads == reads
    assert station.bucket.removed == []


def test_a_first_pass_holds_no_more_than_some_manifests_at_a_time(station: Station) -> None:
    for number in range(LARGE):
        known = replay(f"replay-{number}", description="😀" * 4_900)
        station.bucket.put(manifest_key(known.asset_id), write_manifest(first_manifest(known, STUDIO)))
    tracemalloc.start()
    try:
        assert len(station.sync(station.laptop).added) == LARGE
        left_bytes, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert left_bytes > LARGE * 4_900
    assert peak_bytes - left_bytes < MOST_BYTES
