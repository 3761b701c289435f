"""Checking that a media file is whole: every packet can be read, times go on, the first and last pictures decode, both tracks end together.

What is between the first and the last pictures is not decoded: that takes as long as the film on a small computer, and a disk that
loses something loses whole blocks, which the packets show.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import av

from powerstream_desktop.common.media_task import MediaTask
from powerstream_desktop.library.workshop.safe_input import opened_media, picture_of, sound_of

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.packet import Packet
    from av.video.stream import VideoStream

MAX_FAULTS: Final = 8
_MAY_DIFFER_S: Final = 2.0
"""Between the ends of sound and picture; encoders stop one a little before the other."""
_REPORT_EVERY: Final = 500
_BEFORE_THE_END_S: Final = (0, 10)
_TRIED_PICTURES: Final = 900
"""Of the last seconds, at 60 a second and with a distance of key frames of 5 s."""


@dataclass(slots=True)
class _Track:
    """What was read of a track so far."""

    packets: int = 0
    damaged: int = 0
    backwards: int = 0
    newest_dts: int | None = None
    first_s: float | None = None
    end_s: float = 0.0
    last_key: int | None = None

    def take(self, packet: Packet[Any]) -> None:
        self.packets += 1
        if packet.is_keyframe:
            self.last_key = packet.pts if packet.dts is None else packet.dts
        self.damaged += packet.is_corrupt
        if packet.dts is not None:
            self.backwards += self.newest_dts is not None and packet.dts < self.newest_dts
            self.newest_dts = packet.dts
        if packet.pts is not None and packet.time_base is not None:
            begins_s = float(packet.pts * packet.time_base)
            self.first_s = begins_s if self.first_s is None else min(self.first_s, begins_s)
            self.end_s = max(self.end_s, begins_s + float((packet.duration or 0) * packet.time_base))

    @property
    def length_s(self) -> float:
        return self.end_s - (self.first_s or 0.0)


@dataclass(slots=True)
class _Findings:
    faults: list[str] = field(default_factory=list)

    def say(self, sentence: str) -> None:
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(sentence)


def verify(task: MediaTask) -> Mapping[str, Any]:
    """Return ``faults``, sentences; ``packets`` that were read; ``durationMs`` as it was measured. UserError for what is no video."""
    found = _Findings()
    with opened_media(task.file) as (container, _):
        video = picture_of(container, task.file)
        sound = sound_of(container)
        if not _decodes(container, video):
            found.say("The first picture cannot be decoded.")
        container.seek(0)
        wanted = [video] if sound is None else [video, sound]
        tracks = _read_all(container, [each.index for each in wanted], found, task)
        _judge(tracks[video.index], "pictures", found)
        if sound is not None:
            _judge(tracks[sound.index], "sound", found)
            _compare(tracks[video.index], tracks[sound.index], found)
        if tracks[video.index].packets and not _end_decodes(container, video, tracks[video.index]):
            found.say("The last pictures cannot be decoded.")
    return {
        "faults": found.faults,
        "packets": sum(each.packets for each in tracks.values()),
        "durationMs": max(0, round(max(each.length_s for each in tracks.values()) * 1000)),
    }


def _read_all(
    container: InputContainer, indexes: list[int], found: _Findings, task: MediaTask
) -> dict[int, _Track]:
    tracks = {index: _Track() for index in indexes}
    size = max(1, container.size or 1)
    try:
        for number, packet in enumerate(container.demux(*_streams(container, indexes))):
            if packet.size:
                tracks[packet.stream_index].take(packet)
            if number % _REPORT_EVERY == 0 and packet.pos is not None:
                task.report(packet.pos / size)
    except av.FFmpegError:
        found.say("The file cannot be read to its end.")
    return tracks


def _streams(container: InputContainer, indexes: list[int]) -> list[Any]:
    return [container.streams[index] for index in indexes]


def _judge(track: _Track, named: str, found: _Findings) -> None:
    if not track.packets:
        found.say(f"There are no {named} in it." if named == "pictures" else "Its sound track is empty.")
    if track.damaged:
        found.say(f"{track.damaged} pieces of the {named} are damaged.")
    if track.backwards:
        found.say(f"The times of the {named} go back {track.backwards} times.")


def _compare(pictures: _Track, sound: _Track, found: _Findings) -> None:
    apart_s = pictures.end_s - sound.end_s
    if pictures.packets and sound.packets and abs(apart_s) > _MAY_DIFFER_S:
        longer, shorter = ("pictures", "sound") if apart_s > 0 else ("sound", "pictures")
        found.say(f"The {longer} go on for {abs(apart_s):.1f} s after the {shorter}.")


def _decodes(container: InputContainer, video: VideoStream) -> bool:
    """Return whether a picture comes of the next packets."""
    try:
        for number, packet in enumerate(container.demux(video)):
            if packet.decode():
                return True
            if number >= _TRIED_PICTURES:
                break
    except av.FFmpegError:
        return False
    return False


def _end_decodes(container: InputContainer, video: VideoStream, track: _Track) -> bool:
    """Return whether anything decodes from the last key frame on; where a container has no index, from a little before it."""
    ticks_per_s = round(1 / (video.time_base or Fraction(1, 1000)))
    for before_s in _BEFORE_THE_END_S:
        try:
            container.seek((track.last_key or 0) - before_s * ticks_per_s, stream=video)
            decoded = 0
            for number, packet in enumerate(container.demux(video)):
                decoded += len(packet.decode())
                if number >= _TRIED_PICTURES:
                    break
        except av.FFmpegError:
            return False
        if decoded:
            return True
    return False
