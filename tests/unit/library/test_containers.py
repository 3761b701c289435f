"""Files are known by how they begin."""

from __future__ import annotations

import pytest

from powerstream_desktop.library.containers import Container, container_of, foreign_kind

TS = (b"\x47" + bytes(187)) * 6
M2TS = (bytes(4) + b"\x47" + bytes(187)) * 6


@pytest.mark.parametrize(
    ("head", "container"),
    [
        (b"\x00\x00\x00\x20ftypisom", Container.MP4),
        (b"\x00\x00\x10\x00moov", Container.MP4),
        (b"\x00\x00\x00\x01mdat", Container.MP4),
        (b"\x1a\x45\xdf\xa3\x9f", Container.MKV),
        (b"FLV\x01\x05", Container.FLV),
        (TS, Container.TS),
        (M2TS, Container.TS),
    ],
)
def test_a_file_is_what_it_begins_like(head: bytes, container: Container) -> None:
    assert container_of(head) is container


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"", "empty"),
        (b"#EXTM3U\n#EXTINF:4,\nfile:///etc/passwd\n", "a playlist"),
        (b"\xef\xbb\xbf \n#EXTM3U\n", "a playlist"),
        (b"ffconcat version 1.0\nfile a.mp4\n", "a playlist"),
        (b"<?xml version='1.0'?><MPD/>", "a text in XML"),
        (b"\xff\xd8\xff\xe0", "a JPEG picture"),
        (b"RIFF\x00\x00\x00\x00AVI LIST", "an AVI file"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "a sound file"),
        (b"ID3\x04", "a sound file"),
        (b"PK\x03\x04", "a ZIP archive, or a document of an office program"),
        (b"Dear diary,\nnothing happened.", "a text"),
        (bytes(100), "something else"),
        (b"\x47" + bytes(400), "something else"),
    ],
)
def test_any_other_file_is_not_opened_and_called_by_its_name(head: bytes, kind: str) -> None:
    assert container_of(head) is None
    assert foreign_kind(head) == kind


def test_a_transport_stream_shows_itself_by_more_than_one_sign() -> None:
    assert container_of(TS[:188]) is None
