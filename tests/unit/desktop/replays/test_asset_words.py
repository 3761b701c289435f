"""What is said of a replay, and how one without a picture looks."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QSize
from PySide6.QtGui import QColor, QImage, QImageWriter

from powerstream_desktop.client.assets import Asset
from powerstream_desktop.client.cloud import Sync
from powerstream_desktop.desktop.kit.tone import Tone
from powerstream_desktop.desktop.replays.asset_words import dates_of, spoken, state_of, states_of, title_of
from powerstream_desktop.desktop.replays.thumbnails import decoded
from powerstream_desktop.desktop.replays.tints import initial_of, tint_of
from tests.unit.desktop.replays.fake_client import RECORDED_AT, asset


@pytest.mark.parametrize(
    ("fields", "word", "tone"),
    [
        ({}, "this computer only", Tone.MUTED),
        ({"video_url": None}, "on another computer", Tone.MUTED),
        ({"status": "processing"}, "being finished", Tone.ACCENT),
        ({"status": "recovered"}, "recovered", Tone.WARN),
        ({"status": "missing", "sync": Sync(state="synced")}, "file missing", Tone.ERR),
        ({"sync": Sync(state="synced")}, "in the cloud", Tone.OK),
        ({"sync": Sync(state="evicted")}, "cloud only", Tone.ACCENT),
        ({"status": "recovered", "sync": Sync(state="synced")}, "in the cloud", Tone.OK),
        ({"sync": Sync(state="hashing")}, "being read", Tone.ACCENT),
        ({"sync": Sync(state="uploading")}, "uploading", Tone.ACCENT),
        ({"sync": Sync(state="verifying")}, "being verified", Tone.ACCENT),
        (
            {"sync": Sync(state="downloading", bytes_done=1, bytes_total=4)},
            "coming back 25\u00a0%",
            Tone.ACCENT,
        ),
        ({"sync": Sync(state="failed")}, "upload failed", Tone.ERR),
        ({"sync": Sync(state="of tomorrow")}, "of tomorrow", Tone.MUTED),
    ],
)
def test_a_replay_says_in_two_words_how_it_is(fields: dict[str, object], word: str, tone: Tone) -> None:
    assert state_of(replace(asset(1), **fields)) == (word, tone)  # type: ignore[arg-type]


def test_where_there_is_little_room_an_upload_says_less() -> None:
    sync = Sync(state="uploading", bytes_done=41, bytes_total=100, seconds_left=720)
    words, _ = states_of(replace(asset(1), sync=sync))
    assert [each.replace("\u00a0", " ") for each in words] == [
        "uploading 41 % · 12 min left", "41 % · 12 min left", "uploading 41 %", "41 %",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("failed", ("upload failed", "problem")),
        ("waiting", ("waiting to upload", "waits")),
        ("evicted", ("cloud only", "cloud")),
    ],
)
def test_what_must_be_known_has_a_word_for_the_least_room(state: str, words: tuple[str, ...]) -> None:
    assert states_of(asset(1, sync=Sync(state=state)))[0] == words


def test_a_screen_reader_is_told_title_length_date_and_state() -> None:
    told = spoken(asset(1, "Evening show"), RECORDED_AT + timedelta(hours=1))
    assert told == "Evening show, 1:05, today 19:00, this computer only"


def test_where_there_is_little_room_less_is_said_of_its_date() -> None:
    later = RECORDED_AT + timedelta(hours=1)
    assert dates_of(asset(1), later) == ("today 19:00 · 4.1\u00a0GB", "today 19:00", "23 Nov")
    assert dates_of(asset(1, size_bytes=0), later)[0] == "today 19:00"
    assert dates_of(asset(1, recorded_at=None), later) == ("",)


def test_what_nobody_called_anything_has_a_title_all_the_same() -> None:
    assert title_of(Asset(words={}, id="x", title="", status="ready")) == "Untitled"


def test_a_tint_is_always_the_same_and_dark_enough_for_white_letters() -> None:
    assert tint_of("as1") == tint_of("as1")
    assert len({tint_of(f"as{number}")[0].name() for number in range(50)}) > 4
    for number in range(50):
        assert all(colour.lightnessF() < 0.4 for colour in tint_of(f"as{number}"))


@pytest.mark.parametrize(
    ("name", "initial"), [("evening", "E"), ("  «Ünter»", "Ü"), ("42 things", "4"), ("", "•"), ("…", "•")]
)
def test_an_initial_stands_for_a_name(name: str, initial: str) -> None:
    assert initial_of(name) == initial


def file_of(width: int, height: int) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#336699"))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


def test_a_picture_is_decoded_no_larger_than_it_is_painted() -> None:
    assert decoded(file_of(1920, 1080), QSize(480, 270)).size() == QSize(480, 270)
    assert decoded(file_of(320, 180), QSize(480, 270)).size() == QSize(320, 180)


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + bytes(40)])
def test_what_is_no_picture_is_none(content: bytes) -> None:
    assert decoded(content, QSize(480, 270)).isNull()
