"""The playlist's text, its window, and which files have had their day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.relay.hls.playlist import SIGNATURE, TARGET_DURATION_S, Entry, Playlist, number_of

START = datetime(2026, 7, 1, 20, 0, tzinfo=UTC)


def entry(number: int, **changes: object) -> Entry:
    plain = Entry(
        number=number,
        init_number=0,
        duration_ms=2_000,
        began_at=START + timedelta(seconds=2 * number),
        is_independent=True,
        is_discontinuous=False,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def playlist_of(*entries: Entry) -> Playlist:
    playlist = Playlist()
    for each in entries:
        playlist.add(each)
    return playlist


def listed(playlist: Playlist) -> list[str]:
    return [line for line in playlist.text().splitlines() if line.endswith(".m4s")]


def test_a_playlist_reads_as_the_specification_wants_it() -> None:
    assert playlist_of(entry(0), entry(1, duration_ms=2_033)).text().splitlines() == [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        SIGNATURE,
        "#EXT-X-TARGETDURATION:4",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        '#EXT-X-MAP:URI="init-0.mp4"',
        "#EXT-X-PROGRAM-DATE-TIME:2026-07-01T20:00:00.000+00:00",
        "#EXTINF:2.000,",
        "0.m4s",
        "#EXT-X-PROGRAM-DATE-TIME:2026-07-01T20:00:02.000+00:00",
        "#EXTINF:2.033,",
        "1.m4s",
    ]


def test_six_segments_are_listed_and_three_more_kept() -> None:
    playlist = playlist_of(*map(entry, range(12)))
    assert listed(playlist) == [f"{number}.m4s" for number in range(6, 12)]
    assert playlist.take_expired() == ["0.m4s", "1.m4s", "2.m4s"]
    assert playlist.take_expired() == []


def test_short_segments_are_listed_until_they_make_three_target_durations() -> None:
    playlist = playlist_of(*(entry(number, duration_ms=500) for number in range(60)))
    assert len(listed(playlist)) == 3 * TARGET_DURATION_S * 2


def test_new_settings_name_their_own_initialisation_behind_a_break() -> None:
    text = playlist_of(entry(0), entry(1, init_number=1, is_discontinuous=True)).text()
    assert '0.m4s\n#EXT-X-DISCONTINUITY\n#EXT-X-MAP:URI="init-1.mp4"\n' in text


def test_breaks_that_have_left_the_list_are_counted() -> None:
    playlist = playlist_of(entry(0), entry(1, is_discontinuous=True), *map(entry, range(2, 9)))
    assert "#EXT-X-DISCONTINUITY-SEQUENCE:1\n" in playlist.text()
    assert "#EXT-X-DISCONTINUITY\n" not in playlist.text()


def test_one_segment_that_needs_another_takes_the_promise_from_all() -> None:
    playlist = playlist_of(entry(0), entry(1, is_independent=False))
    assert "INDEPENDENT" not in playlist.text()
    for number in range(2, 9):
        playlist.add(entry(number))
    assert "INDEPENDENT" in playlist.text()


def test_an_initialisation_goes_with_the_last_segment_that_needs_it() -> None:
    old = [entry(number) for number in range(2)]
    new = [entry(number, init_number=2) for number in range(2, 12)]
    playlist = playlist_of(*old, *new[:8])
    assert playlist.take_expired() == ["0.m4s"]
    playlist.add(new[8])
    assert playlist.take_expired() == ["1.m4s", "init-0.mp4"]


def test_a_broadcast_behind_an_end_begins_a_new_list_and_goes_on_counting() -> None:
    playlist = playlist_of(*map(entry, range(3)))
    playlist.end()
    assert playlist.text().endswith("2.m4s\n#EXT-X-ENDLIST\n")
    playlist.add(entry(3, is_discontinuous=True))
    assert listed(playlist) == ["3.m4s"]
    assert "#EXT-X-MEDIA-SEQUENCE:3\n" in playlist.text()
    assert "ENDLIST" not in playlist.text()


@pytest.mark.parametrize(
    ("name", "number"),
    [("17.m4s", 17), ("init-3.mp4", 3), ("17.m4s.part", 17), ("index.m3u8", -1), ("index.m3u8.part", -1)],
)
def test_our_own_files_are_known_by_their_names(name: str, number: int) -> None:
    assert number_of(name) == number


@pytest.mark.parametrize(
    "name", ["show.mp4", "1.mp4", "init.mp4", "x1.m4s", "1.m4s.bak", "٣.m4s", "INDEX.M3U8", "init-1.m4s", ""]
)
def test_other_peoples_files_are_not_ours(name: str) -> None:
    assert number_of(name) is None


@given(st.lists(st.tuples(st.integers(1, 4_400), st.booleans(), st.booleans()), min_size=1, max_size=60))
def test_every_file_expires_once_and_none_that_is_listed(steps: list[tuple[int, bool, bool]]) -> None:
    playlist, expired = Playlist(), set[str]()
    init_number = 0
    for number, (duration_ms, is_break, ends) in enumerate(steps):
        init_number = number if is_break else init_number
        playlist.add(
            entry(number, duration_ms=duration_ms, init_number=init_number, is_discontinuous=is_break)
        )
        if ends:
            playlist.end()
        gone = playlist.take_expired()
        assert not expired & set(gone)
        expired |= set(gone)
        text = playlist.text()
        assert not any(f"\n{name}\n" in text or f'"{name}"' in text for name in expired)
        assert f"\n{number}.m4s\n" in text
