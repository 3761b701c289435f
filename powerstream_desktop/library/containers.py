"""Which kind of file this is, by how it begins, and never by its name. Pure.

Only four kinds of container are opened at all (reliability_security.md 3.12): what libavformat is not asked to try cannot fail in it.
Playlists are not among them, because each of their lines is a file, or an address, that somebody else has chosen.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

HEAD_BYTES: Final = 4096
"""As much of a file as has to be seen."""
TAKEN: Final = "MP4, MOV, MKV, WebM, FLV and TS"
_TS_PACKET: Final = 188
_MP4_BOXES: Final = frozenset(
    {b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"styp", b"moof", b"pnot"}
)
_FOREIGN: Final = (
    (b"#EXTM3U", "a playlist"),
    (b"ffconcat", "a playlist"),
    (b"[playlist]", "a playlist"),
    (b"<?xml", "a text in XML"),
    (b"<MPD", "a playlist"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"\x89PNG", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive, or a document of an office program"),
    (b"\x1f\x8b", "a packed archive"),
    (b"7z\xbc\xaf", "a packed archive"),
    (b"Rar!", "a packed archive"),
    (b"ID3", "a sound file"),
    (b"fLaC", "a sound file"),
    (b"OggS", "an Ogg file"),
    (b"\x30\x26\xb2\x75", "a Windows Media file"),
    (b"\x00\x00\x01\xba", "an MPEG program stream, as DVDs have it"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"#!", "a script"),
)
_RIFF: Final = {b"AVI ": "an AVI file", b"WAVE": "a sound file", b"WEBP": "a WebP picture"}


class Container(Enum):
    """A kind of file that is opened; the value is what libavformat calls its demuxer, by one of its names."""

    MP4 = "mov"
    MKV = "matroska"
    FLV = "flv"
    TS = "mpegts"

    @property
    def word(self) -> str:
        """What people call it."""
        return self.name.lower()


def container_of(head: bytes) -> Container | None:
    """Return the kind of a file that begins so; None for one that is not opened."""
    if head[4:8] in _MP4_BOXES:
        return Container.MP4
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return Container.MKV
    if head.startswith(b"FLV\x01"):
        return Container.FLV
    if _is_ts(head):
        return Container.TS
    return None


def foreign_kind(head: bytes) -> str:
    """Return what a file is that is not opened, for the sentence that says so."""
    if not head:
        return "empty"
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12], "a RIFF file")
    begin = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for sign, words in _FOREIGN:
        if head.startswith(sign) or begin.startswith(sign):
            return words
    return "a text" if _is_text(head) else "something else"


def _is_ts(head: bytes) -> bool:
    """Packets of 188 bytes, or of 192 with a time before each."""
    for first, distance in ((0, _TS_PACKET), (4, _TS_PACKET + 4)):
        signs = head[first : first + 5 * distance : distance]
        if len(signs) >= 3 and set(signs) == {0x47}:
            return True
    return False


def _is_text(head: bytes) -> bool:
    return all(byte >= 0x20 or byte in b"\t\r\n" for byte in head[:512])
