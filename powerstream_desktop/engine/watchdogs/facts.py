"""What the watchdogs have to know, gathered by the engine once a second. Frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from powerstream_desktop.engine.mixer.levels import dbfs
from powerstream_desktop.engine.mixer.settings import ChannelSettings, MicrophoneContent


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelFacts:
    """One channel of the mixer.

    Attributes:
        id: of the channel.
        name: what the user calls it.
        is_microphone: silence is suspicious.
        is_open: it is meant to be heard now: neither muted, nor waiting for a key, nor without its device.
        input_dbfs: the highest peak since the last look, before filters and gain.
        is_zero: not one sample since the last look was other than zero.
        late_ms: by how much more than it should be the sound is late against the picture.
    """

    id: str
    name: str
    is_microphone: bool
    is_open: bool
    input_dbfs: float
    is_zero: bool
    late_ms: float

    @classmethod
    def of(cls, settings: ChannelSettings, peak: float, *, is_open: bool, late_ms: float) -> Self:
        """Return the facts of a channel; ``peak`` is an amplitude, 0 only if nothing else came in."""
        return cls(
            id=settings.id,
            name=settings.name,
            is_microphone=isinstance(settings.content, MicrophoneContent),
            is_open=is_open,
            input_dbfs=dbfs(peak),
            is_zero=peak == 0,
            late_ms=late_ms,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFacts:
    """One source of the scene on air that is not lost; of one that is lost the engine tells anyhow.

    Attributes:
        id: of the studio's source.
        name: what the user calls it.
        is_capture: it is a screen or a window, which can be black without being broken.
        is_black: its newest picture is (``black.is_black``).
        is_frozen: a camera that says it works and shows nothing new (``camera_frozen``).
        delivered: pictures delivered since it was opened.
        wanted_fps: pictures a second that it should deliver; 0 for a source that delivers when something changes.
    """

    id: str
    name: str
    is_capture: bool = False
    is_black: bool = False
    is_frozen: bool = False
    delivered: int = 0
    wanted_fps: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RenditionFacts:
    """One rendition that is being encoded.

    Attributes:
        name: ``landscape`` or ``portrait``.
        made: pictures encoded since it began.
        skipped: slots without a picture since it began, whether composing or encoding was too slow.
        encode_ms: mean time from a picture to its bytes in the second past.
        slot_ms: from one picture to the next: 1000 divided by the frame rate.
        waiting: pictures that wait for the encoder beyond what it looks ahead.
    """

    name: str
    made: int
    skipped: int
    encode_ms: float
    slot_ms: float
    waiting: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineFacts:
    """The engine at one moment.

    Attributes:
        channels: of the mixer, as it gives them.
        sources: that are to be seen.
        renditions: that are being encoded; none before going live.
        is_black: the program's picture is (``black.is_black``).
        av_offset_ms: by how much the sound is later than its picture.
    """

    channels: tuple[ChannelFacts, ...] = ()
    sources: tuple[SourceFacts, ...] = ()
    renditions: tuple[RenditionFacts, ...] = ()
    is_black: bool = False
    av_offset_ms: float = 0.0
