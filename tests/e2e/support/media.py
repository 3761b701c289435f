"""What a file or stream holds, packet by packet, so that what arrived can be held against what was sent (rtmp.md 5.3)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

import av

if TYPE_CHECKING:
    from av.packet import Packet as AvPacket
    from av.stream import Stream as AvStream

VIDEO, AUDIO = "video", "audio"


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """One frame as a demuxer gives it; ``digest`` stands for its bytes."""

    dts_ms: int
    pts_ms: int
    key: bool
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One track, in the order of its packets; ``settings`` stands for the decoder configuration."""

    codec: str
    settings: str
    packets: tuple[Packet, ...]


@dataclass(frozen=True, slots=True)
class Media:
    """The tracks ``"video"`` and ``"audio"``, as far as they exist."""

    tracks: Mapping[str, Track]

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what ``to_json`` wrote."""
        return cls(
            {
                kind: Track(
                    codec=track["codec"],
                    settings=track["settings"],
                    packets=tuple(Packet(**packet) for packet in track["packets"]),
                )
                for kind, track in json.loads(text).items()
            }
        )

    def to_json(self) -> str:
        """Write it for another process."""
        return json.dumps({kind: asdict(track) for kind, track in self.tracks.items()})

    @property
    def pictures(self) -> tuple[Packet, ...]:
        """The packets of the video track."""
        return self.tracks[VIDEO].packets

    @property
    def sounds(self) -> tuple[Packet, ...]:
        """The packets of the audio track."""
        return self.tracks[AUDIO].packets

    @property
    def duration_ms(self) -> int:
        """From the first picture to the last."""
        return self.pictures[-1].dts_ms - self.pictures[0].dts_ms

    def part(self, *, pictures: slice, sounds: slice) -> Self:
        """Return some packets of each track."""
        slices = {VIDEO: pictures, AUDIO: sounds}
        return type(self)(
            {k: replace(track, packets=track.packets[slices[k]]) for k, track in self.tracks.items()}
        )

    def without_settings(self) -> Self:
        """Return the same without the decoders' configurations."""
        return type(self)({kind: replace(track, settings="") for kind, track in self.tracks.items()})

    def with_the_last_of(self, sent: Media) -> Self:
        """Return the same with the last packet of ``sent``, should it be missing."""
        tracks = dict(self.tracks)
        for kind, track in tracks.items():
            theirs = sent.tracks[kind].packets
            if len(track.packets) == len(theirs) - 1:
                shift_ms = self.pictures[0].dts_ms - sent.pictures[0].dts_ms
                last = replace(
                    theirs[-1],
                    dts_ms=theirs[-1].dts_ms + shift_ms,
                    pts_ms=theirs[-1].pts_ms + shift_ms,
                )
                tracks[kind] = replace(track, packets=(*track.packets, last))
                break
        return type(self)(tracks)


def media_of(source: Path | str, *, listen: bool = False) -> Media:
    """Read a file, or play a live stream to its end: then call it in a process of its own, for PyAV freezes this one.

    Args:
        source: what to read.
        listen: be a server at that URL, for one publisher. FFmpeg's server meets an I/O error at the end of every publish,
            also of FFmpeg's own.
    """
    packets: dict[str, list[Packet]] = {}
    with av.open(str(source), options={"listen": "1"} if listen else {}) as container:
        try:
            for packet in container.demux():
                if packet.size and packet.stream.type in (VIDEO, AUDIO):
                    packets.setdefault(packet.stream.type, []).append(_packet(packet))
        except av.error.OSError:
            if not listen:
                raise
        return Media(
            {
                stream.type: Track(
                    codec=stream.codec_context.name,
                    settings=_digest(stream.codec_context.extradata or b""),
                    packets=tuple(packets[stream.type]),
                )
                for stream in container.streams
                if stream.type in packets
            }
        )


def differences(sent: Media, arrived: Media) -> list[str]:
    """Say in what ``arrived`` is not ``sent``; nothing when every packet came through.

    Bytes must be equal. Times count from each one's first picture, and must be equal as well: with that every delta and the
    distance between sound and picture are.
    """
    found = [f"no {kind}" for kind in sent.tracks if kind not in arrived.tracks]
    if found:
        return found
    if not arrived.pictures[0].key:
        found.append("the first picture is no key frame")
    for kind, track in sent.tracks.items():
        found += [f"{kind}: {fault}" for fault in _track_differences(track, arrived.tracks[kind])]
        late_ms = lateness_ms(sent, arrived, kind)
        if any(late_ms):
            found.append(f"{kind}: late by {min(late_ms)} to {max(late_ms)} ms, first at {late_ms[:5]}")
    return found


def lateness_ms(sent: Media, arrived: Media, kind: str) -> list[int]:
    """Return how much later than it should be each packet of a track is decoded and shown: two figures a packet."""
    shift_ms = arrived.pictures[0].dts_ms - sent.pictures[0].dts_ms
    late_ms = []
    for mine, other in zip(sent.tracks[kind].packets, arrived.tracks[kind].packets, strict=False):
        late_ms += [other.dts_ms - mine.dts_ms - shift_ms, other.pts_ms - mine.pts_ms - shift_ms]
    return late_ms


def faults(sent: Media, arrived: Mapping[str, Media]) -> dict[str, list[str]]:
    """Return for each place what is wrong there; places without a fault are left out."""
    found = {place: differences(sent, media) for place, media in arrived.items()}
    return {place: differing for place, differing in found.items() if differing}


def recorded(path: Path) -> Media:
    """Return what a recording holds; every picture and sound in it must decode.

    Decoder settings are left out: libavformat writes HEVC's in an order of its own.
    """
    media = media_of(path)
    with av.open(str(path)) as container:
        pictures = sum(1 for _ in container.decode(video=0))
    with av.open(str(path)) as container:
        sounds = sum(1 for _ in container.decode(audio=0))
    assert pictures == len(media.pictures), f"{pictures} of {len(media.pictures)} pictures decode"
    assert sounds == len(media.sounds), f"{sounds} of {len(media.sounds)} sounds decode"
    return media.without_settings()


def _track_differences(sent: Track, arrived: Track) -> list[str]:
    found = []
    if sent.codec != arrived.codec:
        found.append(f"{arrived.codec} instead of {sent.codec}")
    if sent.settings != arrived.settings:
        found.append("other decoder settings")
    ours, theirs = ([packet.digest for packet in track.packets] for track in (sent, arrived))
    if ours != theirs:
        same = sum(1 for mine, other in zip(ours, theirs, strict=False) if mine == other)
        lost = len(set(ours) - set(theirs))
        found.append(f"{len(theirs)} packets instead of {len(ours)}, {same} of them in place, {lost} lost")
    if any(mine.key is not other.key for mine, other in zip(sent.packets, arrived.packets, strict=False)):
        found.append("other key frames")
    return found


def _packet(packet: AvPacket[AvStream]) -> Packet:
    assert packet.dts is not None, "a packet without a decoding time"
    assert packet.pts is not None, "a packet without a presentation time"
    return Packet(
        dts_ms=round(packet.dts * packet.time_base * 1000),
        pts_ms=round(packet.pts * packet.time_base * 1000),
        key=packet.is_keyframe,
        digest=_digest(bytes(packet)),
    )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
