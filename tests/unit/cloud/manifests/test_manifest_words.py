"""A manifest comes back as it went, and whoever else writes into the store is not believed (V33)."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.cloud.manifests.edits import ReplayMarker, deleted, first_manifest, purged, updated
from powerstream_desktop.cloud.manifests.hybrid_clock import ManifestError, Stamp
from powerstream_desktop.cloud.manifests.manifest import MAX_LOST, LostText, Manifest, TextField, Tombstone
from powerstream_desktop.cloud.manifests.manifest_words import (
    MAX_MANIFEST_BYTES,
    read_manifest,
    read_seen,
    write_manifest,
    write_seen,
)
from powerstream_desktop.cloud.manifests.merge import merge
from powerstream_desktop.cloud.manifests.object_keys import (
    asset_id_of,
    manifest_key,
    media_key,
    thumbnail_key,
)
from tests.unit.cloud.manifests.replays import LAPTOP, STUDIO, at, film, replay, told


def full() -> Manifest:
    """A manifest of which every part says something."""
    begun = first_manifest(
        replay(
            description="Two\nlines",
            station_id="main",
            duration_ms=3_600_000,
            media=film(),
            thumbnail=thumbnail_key("A1"),
            markers=(
                ReplayMarker(id="m1", offset_ms=5, label="Größer 😀"),
                ReplayMarker(id="m0", offset_ms=9),
            ),
        ),
        STUDIO,
    )
    here = updated(begun, told(begun, title="Here"), at(STUDIO, 1))
    there = updated(begun, told(begun, title="There"), at(LAPTOP, 2))
    return deleted(merge(begun.seen, here, there).manifest, at(STUDIO, 3))


def content(**changes: Any) -> dict[str, Any]:
    words: dict[str, Any] = json.loads(write_manifest(full()))
    return words | changes


def data(content: Any) -> bytes:
    return json.dumps(content).encode()


def test_what_is_read_is_what_was_written() -> None:
    for manifest in (full(), purged(full()), first_manifest(replay(), STUDIO)):
        assert read_manifest("A1", write_manifest(manifest)) == manifest
        assert read_seen(write_seen(manifest.seen)) == manifest.seen


def test_it_is_written_as_the_document_of_the_format_says() -> None:
    words = content()
    assert list(words) == [
        *("format", "version", "assetId", "revision", "fields", "markers", "tombstone", "seen", "lost")
    ]
    assert (words["format"], words["version"], words["revision"]) == ("powerstream-manifest", 1, 1)
    assert words["fields"]["title"] == {
        "value": "There",
        "stamp": "1795000000002.0.laptop00",
        "baseRevision": 1,
    }
    assert words["fields"]["recordedAt"]["value"] == "2026-11-01T19:30:00.000Z"
    assert set(words["fields"]["media"]["value"]) == {
        *("key", "sha256", "sizeBytes", "width", "height", "fps", "videoCodec", "audioCodec")
    }
    assert words["markers"][1] == {
        "id": "m1",
        "offsetMs": 5,
        "label": "Größer 😀",
        "stamp": "1793561400000.0.studio00",
        "baseRevision": 0,
    }
    assert words["lost"] == [{"field": "title", "text": "Here", "stamp": "1795000000001.0.studio00"}]
    assert words["seen"][0] == {"upTo": "1795000000002.0.laptop00", "name": "Laptop"}
    assert words["tombstone"]["isPurged"] is False


def test_the_example_in_the_document_of_the_format_is_a_manifest() -> None:
    text = (Path(__file__).resolve().parents[4] / "docs" / "manifests.md").read_text("utf-8")
    example = text.split("```json\n")[1].split("```")[0]
    manifest = read_manifest("01KB3Q8M5Y6Z7A8B9C0D1E2F3G", example.encode())
    assert json.loads(write_manifest(manifest)) == json.loads(example)


def altered(path: str, value: Any) -> bytes:
    words = content()
    *way, last = (int(each) if each.isdigit() else each for each in path.split("."))
    place: Any = words
    for each in way:
        place = place[each]
    place[last] = value
    return data(words)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("assetId", "../../A1"),
        ("assetId", "A2"),
        ("assetId", 7),
        ("version", 2),
        ("version", True),
        ("format", "other"),
        ("revision", 0),
        ("revision", -1),
        ("revision", 1.5),
        ("revision", 2**60),
        ("fields.title.value", "x" * 201),
        ("fields.title.value", "two\nlines"),
        ("fields.title.value", "\x1b[2J"),
        ("fields.title.value", None),
        ("fields.title.value", ["a"]),
        ("fields.title.value", "\ud800"),
        ("fields.description.value", "x" * 5001),
        ("fields.description.value", "\0"),
        ("fields.stationId.value", "../main"),
        ("fields.recordedAt.value", "yesterday"),
        ("fields.recordedAt.value", "0001-01-01T00:00:00+00:00"),
        ("fields.recordedAt.value", 1_795_000_000),
        ("fields.durationMs.value", -1),
        ("fields.durationMs.value", 10**15),
        ("fields.media.value.sizeBytes", -5),
        ("fields.media.value.sizeBytes", 0),
        ("fields.media.value.sizeBytes", 2**51),
        ("fields.media.value.sha256", "0" * 64),
        ("fields.media.value.sha256", "x"),
        ("fields.media.value.key", "vod/A2/0000000000000000.mp4"),
        ("fields.media.value.key", "https://elsewhere.example/film.mp4"),
        ("fields.media.value.key", "vod/A1/../A1/0000000000000000.mp4"),
        ("fields.media.value.fps", 1e9),
        ("fields.media.value.width", 0),
        ("fields.media.value.videoCodec", "x" * 33),
        ("fields.media.value.url", "https://elsewhere.example"),
        ("fields.thumbnail.value", "vod/A2/thumbnail.jpg"),
        ("fields.title.stamp", "1795000000002.0"),
        ("fields.title.stamp", "99999999999999999.0.laptop00"),
        ("fields.title.stamp", "1795000000002.0.unseen000"),
        ("fields.title.baseRevision", -1),
        ("fields.other", {}),
        ("markers.0.id", "<b>"),
        ("markers.0.id", "m1"),
        ("markers.0.offsetMs", -1),
        ("markers.0.label", "x" * 201),
        ("markers", [[]] * 6_000),
        ("markers", {}),
        ("tombstone", []),
        ("tombstone.isPurged", 1),
        ("tombstone.seen", []),
        ("seen", []),
        ("seen.0.name", "x" * 61),
        ("seen.0.upTo", "-5.0.laptop00"),
        ("lost.0.field", "videoUrl"),
        ("lost.0.text", "x" * 6000),
        ("lost", [{"field": "title", "text": "Here", "stamp": "1795000000001.0.studio00"}] * 2),
        ("extra", 1),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_as_a_whole(path: str, value: Any) -> None:
    is_harmless = path == "tombstone.seen"  # who deletes may have seen nothing: then it deletes nothing
    if is_harmless:
        assert not read_manifest("A1", altered(path, value)).is_deleted
        return
    with pytest.raises(ManifestError):
        read_manifest("A1", altered(path, value))


@pytest.mark.parametrize(
    "title",
    ["ライブ\u3000第一夜", "می\u200cخواهم", "Où\u202fça\xa0?", "🏴\U000e0067\U000e0062\U000e007f", ""],
)
def test_a_title_of_any_script_is_told_as_it_was_written(title: str) -> None:
    markers = (ReplayMarker(id="m1", offset_ms=0, label=title),)
    author = replace(STUDIO, name=title)
    manifest = read_manifest(
        "A1", write_manifest(first_manifest(replay(title=title, markers=markers), author))
    )
    assert (manifest.title.value, manifest.markers[0].label) == (title, title)
    assert manifest.seen.name_of(STUDIO.device) == title


@pytest.mark.parametrize("wrong", ["\x9b", "\u202e", "\u2067", "\u2028"])
def test_what_would_leave_the_line_of_a_title_is_refused_of_others_and_replaced_of_ours(wrong: str) -> None:
    with pytest.raises(ManifestError):
        read_manifest("A1", altered("fields.title.value", f"a{wrong}b"))
    assert first_manifest(replay(title=f"a{wrong}b"), STUDIO).title.value == "a�b"


def test_html_in_a_title_is_a_title_like_any_other() -> None:
    html = "<script>alert(1)</script>"
    assert read_manifest("A1", altered("fields.title.value", html)).title.value == html


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"null",
        b"[]",
        b"\xff",
        b"{" * 100_000,
        b"[" * 100_000,
        b'{"format": "powerstream-manifest", "version": 1}',
        b'{"format": "powerstream-manifest", "format": "powerstream-manifest"}',
        b" " * (MAX_MANIFEST_BYTES + 1),
    ],
)
def test_what_is_no_manifest_is_refused(text: bytes) -> None:
    with pytest.raises(ManifestError):
        read_manifest("A1", text)


def test_numbers_that_json_has_not_got_are_refused() -> None:
    text = write_manifest(full())
    for wrong in (b"NaN", b"Infinity", b"1e999", b"1" * 5000):
        with pytest.raises(ManifestError):
            read_manifest("A1", text.replace(b'"value":3600000', b'"value":' + wrong))


def test_a_million_markers_are_refused_before_they_cost_anything() -> None:
    text = write_manifest(replace(full(), markers=()))
    with pytest.raises(ManifestError):
        read_manifest("A1", text.replace(b'"markers":[]', b'"markers":[' + b"1," * 1_000_000 + b"1]"))


def test_the_largest_manifest_of_ours_can_be_written_and_read() -> None:
    widest = "😀"
    markers = tuple(
        ReplayMarker(id=f"{number:064}", offset_ms=10**10, label=widest * 200) for number in range(1000)
    )
    largest = updated(full(), replay(title=widest * 200, description=widest * 5000, markers=markers), STUDIO)
    stamps = [Stamp(8 * 10**12, 2**40 - number, f"{number:064}") for number in range(254)]
    lost = tuple(LostText(stamp, TextField.DESCRIPTION, widest * 5000) for stamp in sorted(stamps[:MAX_LOST]))
    seen = largest.seen.with_stamps(stamps, widest * 60)
    tombstone = Tombstone(stamp=stamps[0], seen=seen)
    largest = replace(largest, seen=seen, tombstone=tombstone, lost=lost)
    assert read_manifest("A1", write_manifest(largest)) == largest
    assert len(write_manifest(largest)) > MAX_MANIFEST_BYTES // 2


def test_a_replay_with_more_markers_than_a_manifest_takes_is_refused() -> None:
    markers = tuple(ReplayMarker(id=f"m{number}", offset_ms=number) for number in range(1001))
    with pytest.raises(ManifestError):
        first_manifest(replay(markers=markers), STUDIO)


@given(st.data())
def test_whatever_bytes_are_changed_it_is_a_manifest_or_refused(chosen: st.DataObject) -> None:
    text = bytearray(write_manifest(full()))
    for _ in range(chosen.draw(st.integers(1, 4))):
        text[chosen.draw(st.integers(0, len(text) - 1))] = chosen.draw(st.integers(0, 255))
    try:
        manifest = read_manifest("A1", bytes(text))
    except ManifestError:
        return
    assert read_manifest("A1", write_manifest(manifest)) == manifest


@pytest.mark.parametrize(
    "make",
    [
        lambda: manifest_key("../A1"),
        lambda: thumbnail_key("a/b"),
        lambda: media_key("A1", "0" * 64, "mp4/../x"),
        lambda: media_key("A1", "0" * 63, "mp4"),
    ],
)
def test_no_key_is_made_of_what_could_leave_its_folder(make: Callable[[], str]) -> None:
    with pytest.raises(ManifestError):
        make()


def test_a_manifests_key_tells_whose_it_is() -> None:
    assert asset_id_of(manifest_key("01HX")) == "01HX"
    for key in (
        "manifests/a/b.json",
        "manifests/.json",
        "manifests/A1.json.bak",
        "vod/A1.json",
        "manifests/..json",
    ):
        assert asset_id_of(key) is None
