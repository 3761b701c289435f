"""The initialisation segment: an MP4 without frames that tells a player what the segments hold (ISO/IEC 14496-12, 14-15)."""

from __future__ import annotations

import struct
from typing import Final

from powerstream_desktop.common.mp4_boxes import box, full_box
from powerstream_desktop.relay.hls.clocks import PICTURE_TICKS_PER_S
from powerstream_desktop.relay.hls.segment import SegmentTracks
from powerstream_desktop.relay.hls.track_ids import PICTURE_ID, SOUND_ID
from powerstream_desktop.relay.hls.tracks import PictureTrack, SoundTrack
from powerstream_desktop.rtmp.flv.config import OpusHead

_MOVIE_TICKS_PER_S: Final = 1000
_UNDETERMINED_LANGUAGE: Final = 0x55C4
_UPRIGHT: Final = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
"""The matrix that turns nothing."""
_ENABLED_IN_MOVIE: Final = 3
_MEDIA_IN_SAME_FILE: Final = 1
_CONFIGURATION_BOXES: Final = {"avc1": b"avcC", "hvc1": b"hvcC", "av01": b"av1C"}
_72_DPI: Final = 0x480000
_MAX_SAMPLE_ENTRY_RATE: Final = 0xFFFF


def init_segment(tracks: SegmentTracks) -> bytes:
    """Return the initialisation segment of these tracks."""
    traks: list[bytes] = []
    ids: list[int] = []
    if tracks.picture is not None:
        traks.append(_picture_trak(tracks.picture))
        ids.append(PICTURE_ID)
    if tracks.sound is not None:
        traks.append(_sound_trak(tracks.sound))
        ids.append(SOUND_ID)
    extends = [full_box(b"trex", struct.pack(">5I", track_id, 1, 0, 0, 0)) for track_id in ids]
    brands = struct.pack(">4sI4s4s4s", b"iso6", 0, b"iso6", b"mp41", b"cmfc")
    return box(b"ftyp", brands) + box(b"moov", _movie_header(), *traks, box(b"mvex", *extends))


def _movie_header() -> bytes:
    times = struct.pack(">4I", 0, 0, _MOVIE_TICKS_PER_S, 0)
    next_track = struct.pack(">I", SOUND_ID + 1)
    rate_and_volume = struct.pack(">IH", 0x10000, 0x100)
    return full_box(b"mvhd", times, rate_and_volume, bytes(10), _UPRIGHT, bytes(24), next_track)


def _picture_trak(track: PictureTrack) -> bytes:
    header = _track_header(PICTURE_ID, volume=0, width=track.width, height=track.height)
    media_header = full_box(b"vmhd", bytes(8), flags=1)
    media = _media(b"vide", PICTURE_TICKS_PER_S, media_header, _picture_entry(track))
    return box(b"trak", header, media)


def _sound_trak(track: SoundTrack) -> bytes:
    header = _track_header(SOUND_ID, volume=0x100, width=0, height=0)
    media = _media(b"soun", track.sample_rate, full_box(b"smhd", bytes(4)), _sound_entry(track))
    return box(b"trak", header, media)


def _track_header(track_id: int, *, volume: int, width: int, height: int) -> bytes:
    times = struct.pack(">5I", 0, 0, track_id, 0, 0)
    layer_and_volume = struct.pack(">8xHHHxx", 0, 0, volume)
    size = struct.pack(">II", width << 16, height << 16)
    return full_box(b"tkhd", times, layer_and_volume, _UPRIGHT, size, flags=_ENABLED_IN_MOVIE)


def _media(handler: bytes, ticks_per_s: int, media_header: bytes, sample_entry: bytes) -> bytes:
    times = struct.pack(">4IHH", 0, 0, ticks_per_s, 0, _UNDETERMINED_LANGUAGE, 0)
    handler_box = full_box(b"hdlr", struct.pack(">4x4s12x", handler), b"PowerStream\0")
    reference = full_box(b"url ", flags=_MEDIA_IN_SAME_FILE)
    location = box(b"dinf", full_box(b"dref", struct.pack(">I", 1), reference))
    no_samples = (
        full_box(b"stts", bytes(4)),
        full_box(b"stsc", bytes(4)),
        full_box(b"stsz", bytes(8)),
        full_box(b"stco", bytes(4)),
    )
    table = box(b"stbl", full_box(b"stsd", struct.pack(">I", 1), sample_entry), *no_samples)
    return box(b"mdia", full_box(b"mdhd", times), handler_box, box(b"minf", media_header, location, table))


def _picture_entry(track: PictureTrack) -> bytes:
    first_reference = struct.pack(">6xH", 1)
    size = struct.pack(">16xHHIIIH", track.width, track.height, _72_DPI, _72_DPI, 0, 1)
    no_name_24_bit = struct.pack(">32xHh", 24, -1)
    configuration = box(_CONFIGURATION_BOXES[track.codec], track.settings)
    return box(track.codec.encode(), first_reference, size, no_name_24_bit, configuration)


def _sound_entry(track: SoundTrack) -> bytes:
    # 16 bits for the rate: what does not fit is only in the settings, where players look first.
    rate = track.sample_rate if track.sample_rate <= _MAX_SAMPLE_ENTRY_RATE else 0
    head = struct.pack(">6xH8xHH4xI", 1, track.channels, 16, rate << 16)
    if track.codec == "Opus":
        return box(b"Opus", head, _opus_configuration(OpusHead.parse(track.settings)))
    return box(b"mp4a", head, _aac_configuration(track.settings))


def _opus_configuration(head: OpusHead) -> bytes:
    """Return OpusHead once more, with its numbers the other way round (Encapsulation of Opus in ISO BMFF, 4.3.2)."""
    numbers = struct.pack(">BBHIh", 0, head.channels, head.pre_skip, head.input_rate, head.gain_q8)
    return box(b"dOps", numbers, head.mapping)


def _aac_configuration(settings: bytes) -> bytes:
    """Return the MPEG-4 descriptors around an AudioSpecificConfig (ISO/IEC 14496-1, 7.2.6)."""
    decoder = struct.pack(">BBBHII", 0x40, 0x15, 0, 0, 0, 0) + _descriptor(0x05, settings)
    stream = struct.pack(">HB", 0, 0) + _descriptor(0x04, decoder) + _descriptor(0x06, b"\x02")
    return full_box(b"esds", _descriptor(0x03, stream))


def _descriptor(tag: int, body: bytes) -> bytes:
    """Return a descriptor with its size in four groups of seven bits."""
    size = bytes(0x80 | len(body) >> shift & 0x7F for shift in (21, 14, 7))
    return bytes([tag]) + size + bytes([len(body) & 0x7F]) + body
