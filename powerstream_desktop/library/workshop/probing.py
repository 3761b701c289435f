"""Looking into a media file: what is in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from powerstream_desktop.common.errors import BugError, UserError
from powerstream_desktop.common.frozen_json import to_json
from powerstream_desktop.common.media_task import MediaTask
from powerstream_desktop.library.facts import MediaFacts
from powerstream_desktop.library.workshop.safe_input import (
    damaged,
    length_ms,
    opened_media,
    picture_of,
    sound_of,
)

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.stream import VideoStream

_QUARTER_TURNS: Final = frozenset({90, 270})
_LOOKS_FOR_TURN: Final = 30
"""So many packets are read until a picture comes, which says whether it is to be turned."""
_EARLIEST_YEAR: Final = 2000
"""Cameras with an empty battery date what they record before it."""


def probe(task: MediaTask) -> Mapping[str, Any]:
    """Return ``MediaFacts`` as JSON; UserError for what is no video."""
    return dict(to_json(facts_of(task)))


def facts_of(task: MediaTask) -> MediaFacts:
    """Look into a file; UserError for what is no video, and for one that says of itself what cannot be."""
    try:
        return _facts_of(task)
    except BugError as error:
        raise damaged(task.file, error.title) from error


def _facts_of(task: MediaTask) -> MediaFacts:
    size_bytes = task.file.stat().st_size if task.file.is_file() else 0
    with opened_media(task.file) as (container, kind):
        video = picture_of(container, task.file)
        sound = sound_of(container)
        duration_ms = length_ms(container) or _scanned_ms(container)
        if not duration_ms:
            raise UserError(f"{task.file.name} holds no moment of film.", hint="It may have been cut off.")
        codec, rate = video.codec_context, video.average_rate or video.guessed_rate
        recorded_at_ms = _recorded_at_ms(container)
        width, height = codec.width, codec.height
        if _turn(container, video) in _QUARTER_TURNS:
            width, height = height, width
        return MediaFacts(
            duration_ms=duration_ms,
            size_bytes=size_bytes,
            container=kind.word,
            width=width,
            height=height,
            fps=round(min(1000.0, float(rate)), 3) if rate else 0.0,
            video_codec=codec.codec.canonical_name,
            audio_codec="" if sound is None else sound.codec_context.codec.canonical_name,
            audio_channels=0 if sound is None else sound.codec_context.channels,
            sample_rate=0 if sound is None else sound.codec_context.sample_rate or 0,
            bitrate_kbps=size_bytes * 8 // duration_ms,
            recorded_at_ms=recorded_at_ms,
        )


def _scanned_ms(container: InputContainer) -> int:
    """Find the end of a file whose header does not tell it, such as a recording that broke off."""
    first_s, last_s = None, 0.0
    for packet in container.demux():
        if packet.pts is None or packet.time_base is None:
            continue
        begins_s = float(packet.pts * packet.time_base)
        first_s = begins_s if first_s is None else min(first_s, begins_s)
        last_s = max(last_s, begins_s + float((packet.duration or 0) * packet.time_base))
    container.seek(0)
    return round((last_s - (first_s or 0.0)) * 1000)


def _turn(container: InputContainer, video: VideoStream) -> int:
    """Return by how many degrees a player turns the pictures, as telephones have them turned; 0 if none can be decoded."""
    for number, packet in enumerate(container.demux(video)):
        for frame in packet.decode():
            return frame.rotation % 360
        if number >= _LOOKS_FOR_TURN:
            break
    return 0


def _recorded_at_ms(container: InputContainer) -> int | None:
    text = container.metadata.get("creation_time", "")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return round(moment.timestamp() * 1000) if moment.year >= _EARLIEST_YEAR else None
