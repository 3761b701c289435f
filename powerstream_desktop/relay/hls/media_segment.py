"""The bytes of a segment: one fragment with the tables of both tracks, then the frames as they came (ISO/IEC 14496-12, 8.8)."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, TypeAlias

from powerstream_desktop.common.mp4_boxes import box, box_header, full_box
from powerstream_desktop.relay.hls.clocks import PICTURE_TICKS_PER_S
from powerstream_desktop.relay.hls.segment import Sample, Segment
from powerstream_desktop.relay.hls.track_ids import PICTURE_ID, SOUND_ID
from powerstream_desktop.relay.hls.tracks import PictureTrack
from powerstream_desktop.rtmp.flv.config import AVCConfig, HEVCConfig
from powerstream_desktop.rtmp.flv.tags import frame_body

Buffer: TypeAlias = bytes | memoryview

_STYP: Final = box(b"styp", struct.pack(">4sI4s4s", b"msdh", 0, b"msdh", b"msix"))
_MDAT_HEADER_BYTES: Final = 8
_AV1_DELIMITER: Final = b"\x12\x00"

_BASE_IS_MOOF: Final = 0x020000
_HAS_DATA_OFFSET: Final = 0x000001
_HAS_DURATION_AND_SIZE: Final = 0x000300
_HAS_FLAGS_AND_OFFSET: Final = 0x000C00
_HAS_DEFAULT_FLAGS: Final = 0x000020

_SYNC: Final = 0x02000000
_NOT_SYNC: Final = 0x01010000
_DISPOSABLE: Final = 0x00800000

_ORDINARY_PICTURE_TICKS: Final = PICTURE_TICKS_PER_S // 30
_PICTURE_ROW: Final = struct.Struct(">IIIi")
_SOUND_ROW: Final = struct.Struct(">II")


def media_segment(segment: Segment, number: int, *, has_new_settings: bool = False) -> list[Buffer]:
    """Return the file's bytes in pieces; the frames are views of the packets, not copies.

    Args:
        segment: what goes into it.
        number: its media sequence number.
        has_new_settings: another initialisation segment comes before it. FFmpeg, and Qt with it, reads only the first one of a
            stream, so the picture's settings are said once more in front of the first picture.
    """
    pictures: list[Buffer] = [_body(sample) for sample in segment.pictures]
    if has_new_settings and pictures and segment.tracks.picture is not None:
        pictures[0] = _parameter_sets(segment.tracks.picture) + bytes(pictures[0])
    sounds = [_body(sample) for sample in segment.sounds]
    picture_bytes, sound_bytes = sum(map(len, pictures)), sum(map(len, sounds))
    runs: list[_Run] = []
    if pictures:
        runs.append(_Run(PICTURE_ID, segment.pictures, _picture_rows(segment, pictures), 0))
    if sounds:
        runs.append(_Run(SOUND_ID, segment.sounds, _sound_rows(segment, sounds), picture_bytes))
    data_start = len(_moof(number, runs, 0)) + _MDAT_HEADER_BYTES
    mdat_header = box_header(b"mdat", picture_bytes + sound_bytes)
    return [_STYP + _moof(number, runs, data_start) + mdat_header, *pictures, *sounds]


def _body(sample: Sample) -> memoryview:
    body = frame_body(sample.packet.payload, sample.packet.info)
    # Some publishers leave AV1's temporal delimiter in front of a frame, where MP4 wants none.
    has_delimiter = sample.packet.info.codec == "av01" and body[:2].tobytes() == _AV1_DELIMITER
    return body[2:] if has_delimiter else body


def _parameter_sets(track: PictureTrack) -> bytes:
    """Return the settings as NAL units; nothing for AV1, whose key frames hold them anyway."""
    nals: tuple[bytes, ...] = ()
    if track.codec == "avc1":
        avc = AVCConfig.parse(track.settings)
        nals = avc.sps + avc.pps
    elif track.codec == "hvc1":
        hevc = HEVCConfig.parse(track.settings)
        nals = hevc.vps + hevc.sps + hevc.pps
    return b"".join(len(nal).to_bytes(track.nal_length_size, "big") + nal for nal in nals)


class _Run:
    """One track's frames in the fragment.

    Args:
        track_id: whose.
        samples: the frames.
        rows: their table.
        data_offset: where in the data they begin.
    """

    def __init__(self, track_id: int, samples: Sequence[Sample], rows: bytes, data_offset: int) -> None:
        self._is_picture = track_id == PICTURE_ID
        self._header = struct.pack(">I", track_id)
        self._decode_time = struct.pack(">Q", samples[0].decode_time)
        self._count = len(samples)
        self._rows = rows
        self._data_offset = data_offset

    def traf(self, data_start: int) -> bytes:
        """Return the track fragment; the data begins ``data_start`` bytes behind the start of the moof box."""
        time = full_box(b"tfdt", self._decode_time, version=1)
        place = struct.pack(">Ii", self._count, data_start + self._data_offset)
        flags = _HAS_DATA_OFFSET | _HAS_DURATION_AND_SIZE
        if self._is_picture:
            header = full_box(b"tfhd", self._header, flags=_BASE_IS_MOOF)
            run = full_box(b"trun", place, self._rows, version=1, flags=flags | _HAS_FLAGS_AND_OFFSET)
        else:
            every_frame = struct.pack(">I", _SYNC)
            header = full_box(b"tfhd", self._header, every_frame, flags=_BASE_IS_MOOF | _HAS_DEFAULT_FLAGS)
            run = full_box(b"trun", place, self._rows, flags=flags)
        return box(b"traf", header, time, run)


def _moof(number: int, runs: Sequence[_Run], data_start: int) -> bytes:
    header = full_box(b"mfhd", struct.pack(">I", number & 0xFFFFFFFF))
    return box(b"moof", header, *(run.traf(data_start) for run in runs))


def _picture_rows(segment: Segment, bodies: Sequence[Buffer]) -> bytes:
    durations = _durations(segment.pictures, _ORDINARY_PICTURE_TICKS)
    return b"".join(
        _PICTURE_ROW.pack(duration, len(body), _picture_flags(sample), sample.offset)
        for sample, body, duration in zip(segment.pictures, bodies, durations, strict=True)
    )


def _picture_flags(sample: Sample) -> int:
    if sample.is_sync:
        return _SYNC
    return _NOT_SYNC | _DISPOSABLE if sample.packet.info.is_disposable else _NOT_SYNC


def _sound_rows(segment: Segment, bodies: Sequence[memoryview]) -> bytes:
    ordinary = segment.tracks.sound.frame_samples if segment.tracks.sound is not None else 0
    durations = _durations(segment.sounds, ordinary)
    return b"".join(
        _SOUND_ROW.pack(duration, len(body)) for body, duration in zip(bodies, durations, strict=True)
    )


def _durations(samples: Sequence[Sample], ordinary: int) -> list[int]:
    """Return how long each frame lasts: up to the next; the last one as long as the one before it."""
    times = [sample.decode_time for sample in samples]
    durations = [later - earlier for earlier, later in pairwise(times)]
    return [*durations, durations[-1] if durations else ordinary]
