"""Fuzz target: Enhanced RTMP tags built by the specification, then classified as what they were built to be.

The input is a script: picture or sound, frame type, modifiers, layout, packet type, codec, tracks (rtmp.md 2.4, 2.5). Garbage is
``flv_tags``' business. ``python -m tests.fuzz.enhanced`` writes the seeds anew.
"""

from __future__ import annotations

from dataclasses import dataclass

from powerstream_desktop.rtmp.flv.enhanced import AUDIO_MULTITRACK, MAX_MODEX, MODEX, VIDEO_MULTITRACK
from powerstream_desktop.rtmp.flv.tags import TagInfo, TagKind, classify_audio, classify_video, frame_body
from tests.fuzz.harness import CORPUS
from tests.fuzz.script import Script

VIDEO_CODECS = (b"avc1", b"hvc1", b"av01", b"vp09", b"vp08", b"vvc1", b"zzzz")
AUDIO_CODECS = (b"mp4a", b".mp3", b"Opus", b"fLaC", b"ac-3", b"ec-3", b"zzzz")
WITH_CTS = (b"avc1", b"hvc1", b"vvc1")
CODED_FRAMES, CODED_FRAMES_X = 1, 3
PLAIN, ONE_TRACK, MANY_TRACKS, MANY_CODECS = range(4)

SEEDS = {
    "hevc-key": "00" + "01" + "00" + "00" + "01" + "01" + "0000c8" + "04" + "26010203",
    "hevc-without-cts": "00" + "02" + "00" + "00" + "03" + "01" + "04" + "02010203",
    "opus": "01" + "00" + "00" + "00" + "01" + "02" + "03" + "fcffff",
    "modifiers": "00" + "01" + "03" + "02000102" + "05000102030405" + "ff" + "00" + "01" + "00" + "000000" + "02" + "6588",
    "one-track": "00" + "01" + "00" + "01" + "01" + "01" + "05" + "000000" + "03" + "260102",
    "many-tracks": "00" + "01" + "00" + "02" + "01" + "00" + "02" + "01" + "000000" + "026588" + "00" + "000000" + "026599",
    "many-codecs": "00" + "01" + "00" + "03" + "00" + "02" + "01" + "02" + "027a79" + "00" + "00" + "04000000ff",
    "sound-tracks": "01" + "00" + "00" + "02" + "01" + "02" + "02" + "00" + "02fcff" + "01" + "01fc",
    "negative-cts": "00" + "02" + "00" + "00" + "01" + "00" + "ffffd8" + "02" + "419a",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A tag, and what must be read out of it."""

    payload: bytes
    is_video: bool
    packet_type: int
    fourcc: bytes
    cts_ms: int
    body: bytes
    track: int = 0
    is_multitrack: bool = False


def fuzz_one(data: bytes) -> None:
    """Raises only on a bug."""
    built = build(Script(data))
    info = _classify(built)
    known = VIDEO_CODECS[:-1] if built.is_video else AUDIO_CODECS[:-1]
    assert info.codec == (built.fourcc.decode() if built.fourcc in known else "")
    assert info.is_enhanced
    assert (info.track, info.is_multitrack) == (built.track, built.is_multitrack)
    if info.kind is TagKind.FRAME:
        assert info.cts_ms == built.cts_ms
        assert frame_body(built.payload, info) == built.body


def parse(data: bytes) -> TagInfo:
    """What a built tag is taken for."""
    return _classify(build(Script(data)))


def _classify(built: Built) -> TagInfo:
    return classify_video(built.payload) if built.is_video else classify_audio(built.payload)


def build(script: Script) -> Built:
    """Build the tag that a script describes."""
    is_video = script.choice(2) == 0
    frame_type = script.choice(4) + 1
    modifiers = b"".join(_modifier(script) for _ in range(script.choice(MAX_MODEX)))
    layout = script.choice(4)
    packet_type = script.choice(5)
    fourcc = _codec(script, is_video=is_video)
    kind = packet_type if layout == PLAIN else (VIDEO_MULTITRACK if is_video else AUDIO_MULTITRACK)
    first = (0x80 | frame_type << 4) if is_video else 0x90
    if modifiers:
        # Each modifier ends with the packet type of what follows it: another modifier, or the real one.
        head = bytes([first | MODEX]) + modifiers[:-1] + bytes([modifiers[-1] & 0xF0 | kind])
    else:
        head = bytes([first | kind])
    if layout == PLAIN:
        cts, body = _data(script, fourcc, packet_type, is_video=is_video)
        return Built(
            payload=head + fourcc + cts + body,
            is_video=is_video,
            packet_type=packet_type,
            fourcc=fourcc,
            cts_ms=_signed(cts),
            body=body,
        )
    return _build_tracks(script, head, layout, packet_type, fourcc, is_video=is_video)


def _build_tracks(
    script: Script, head: bytes, layout: int, packet_type: int, fourcc: bytes, *, is_video: bool
) -> Built:
    payload = head + bytes([layout - ONE_TRACK << 4 | packet_type])
    if layout != MANY_CODECS:
        payload += fourcc
    tracks: list[tuple[int, bytes, bytes, bytes]] = []
    for _ in range(1 if layout == ONE_TRACK else script.choice(4) + 1):
        track = script.byte()
        if layout == MANY_CODECS:
            fourcc = _codec(script, is_video=is_video)
            payload += fourcc
        cts, body = _data(script, fourcc, packet_type, is_video=is_video)
        payload += bytes([track])
        if layout != ONE_TRACK:
            payload += len(cts + body).to_bytes(3, "big")
        payload += cts + body
        tracks.append((track, fourcc, cts, body))
    track, fourcc, cts, body = next((entry for entry in tracks if entry[0] == 0), tracks[0])
    return Built(
        payload=payload,
        is_video=is_video,
        packet_type=packet_type,
        fourcc=fourcc,
        cts_ms=_signed(cts),
        body=body,
        track=track,
        is_multitrack=True,
    )


def _modifier(script: Script) -> bytes:
    size = script.byte() + 1
    length = bytes([size - 1]) if size < 256 else b"\xff" + (size - 1).to_bytes(2, "big")
    return length + script.block(size) + bytes([script.byte() & 0xF0 | MODEX])


def _codec(script: Script, *, is_video: bool) -> bytes:
    codecs = VIDEO_CODECS if is_video else AUDIO_CODECS
    return codecs[script.choice(len(codecs))]


def _data(script: Script, fourcc: bytes, packet_type: int, *, is_video: bool) -> tuple[bytes, bytes]:
    has_cts = is_video and packet_type == CODED_FRAMES and fourcc in WITH_CTS
    return script.block(3) if has_cts else b"", script.block(script.byte())


def _signed(cts: bytes) -> int:
    return int.from_bytes(cts, "big", signed=True)


def write_seeds() -> None:
    """Writes the seeds to the corpus."""
    folder = CORPUS / "enhanced"
    folder.mkdir(parents=True, exist_ok=True)
    for name, digits in SEEDS.items():
        (folder / name).write_bytes(bytes.fromhex(digits))


if __name__ == "__main__":
    write_seeds()
