"""What an engine tells the service (docs/engine-protocol.md). Frozen values; nothing here reads or writes.

Three figures are never mixed, as each has its own remedy: *late* are pictures that a source did not deliver in time (capture),
*skipped* are slots without a picture because this machine was too slow (composing, encoding), *dropped* are encoded pictures
that the relay did not take (network).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from powerstream_desktop.common.errors import Fault, PowerStreamError
from powerstream_desktop.engine.control.desk_reports import (
    Devices,
    PrivacyChanged,
    SoundChanged,
    SoundLevels,
    StudioChanged,
)
from powerstream_desktop.platforms.endpoint import Rendition

PROTOCOL_VERSION: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Hello:
    """The first report of every engine: it is there and waits for ``start``.

    Attributes:
        version: of these words; an engine of another version must not be started.
        pid: of the engine's process.
    """

    type: Literal["hello"] = "hello"
    version: int = PROTOCOL_VERSION
    pid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """Sources and encoder work, the program runs; if it is to be published, that has begun or is being tried.

    Attributes:
        source: what is shown, in words for people: ``screen :0``, ``test picture``, ``Screen + camera``.
        width, height: of the landscape picture in pixels.
        fps: of the program.
    """

    type: Literal["started"] = "started"
    source: str
    width: int
    height: int
    fps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RenditionStats:
    """The figures of one rendition. Counts are totals since it began, times and rates those of the second past.

    Attributes:
        rendition: which one.
        encoder: name of the encoder in use, such as ``libx264``.
        frames_made: pictures encoded.
        frames_skipped: slots that this rendition misses because its encoder was too slow, besides those of the program.
        frames_dropped: pictures encoded but not sent because the relay did not take them.
        compose_mean_ms: processor time of putting the layers together, a picture.
        compose_max_ms: the same, of the dearest picture.
        encode_mean_ms: time from a picture to its bytes.
        encode_max_ms: the same, of the slowest picture.
        queue_ms: media time encoded and not yet sent.
        video_kbps: what was encoded.
        video_target_kbps: what the encoder is set to, by the user or by ``set_bitrate``.
    """

    rendition: Rendition
    encoder: str
    frames_made: int
    frames_skipped: int
    frames_dropped: int
    compose_mean_ms: float
    compose_max_ms: float
    encode_mean_ms: float
    encode_max_ms: float
    queue_ms: int
    video_kbps: float
    video_target_kbps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """The counters, once a second from the start on, on air or not; also the engine's heartbeat.

    Attributes:
        program_s: length of the program so far.
        frames_late: pictures of the program that showed an older one of a source because its newest was late; a total.
        frames_skipped: slots that passed without a picture, in every rendition; a total.
        capture_fps: pictures that the sources on air delivered, of the one that delivered most.
        av_offset_ms: by how much the sound is later than its picture; negative when it is earlier.
        renditions: the landscape first; only those that are being encoded.
    """

    type: Literal["stats"] = "stats"
    program_s: float
    frames_late: int
    frames_skipped: int
    capture_fps: float
    av_offset_ms: float
    renditions: tuple[RenditionStats, ...]

    def of(self, rendition: Rendition) -> RenditionStats | None:
        """Return the figures of a rendition; ``None`` while it is not encoded."""
        return next((each for each in self.renditions if each.rendition is rendition), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLost:
    """A source stopped delivering; its last picture, then a placeholder stands in while it is being reopened.

    Attributes:
        source_id: of the studio's source.
        name: what the user calls it.
        title: why, one sentence.
    """

    type: Literal["source_lost"] = "source_lost"
    source_id: str
    name: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceBack:
    """The source delivers again, or is not looked for any more: it has left the studio, or no scene that was on of late shows it.

    Attributes:
        source_id: of the studio's source.
    """

    type: Literal["source_back"] = "source_back"
    source_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Publishing:
    """The relay has accepted a rendition.

    Attributes:
        rendition: which one.
        connects: number of this connection, counted from 1.
    """

    type: Literal["publishing"] = "publishing"
    rendition: Rendition = Rendition.LANDSCAPE
    connects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Disconnected:
    """The relay was lost or refused a rendition; the program goes on and the engine connects again.

    Attributes:
        rendition: which one.
        title: why, one sentence.
        retry_in_s: until the next attempt.
    """

    type: Literal["disconnected"] = "disconnected"
    rendition: Rendition = Rendition.LANDSCAPE
    title: str
    retry_in_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SlateReady:
    """A slate of a rendition lies in a file, for the time in which the engine is away.

    Attributes:
        rendition: which one.
        path: of an FLV file; the next engine replaces it.
    """

    type: Literal["slate_ready"] = "slate_ready"
    rendition: Rendition = Rendition.LANDSCAPE
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderChanged:
    """A rendition is encoded by another encoder from now on; its stream goes on.

    Attributes:
        rendition: which one.
        encoder: name of the encoder that took over.
        title: why, one sentence.
    """

    type: Literal["encoder_changed"] = "encoder_changed"
    rendition: Rendition
    encoder: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something the user should know, with a remedy; told when it begins and when it is over.

    Attributes:
        code: a short word for the kind, such as ``black_screen``; with ``subject`` it says which notice is over.
        subject: id of the source or channel, or name of the rendition, that it is about; empty for none.
        title: what is wrong, one sentence.
        hint: what to do.
        is_over: it is so no more.
    """

    type: Literal["notice"] = "notice"
    code: str
    subject: str = ""
    title: str
    hint: str
    is_over: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewReady:
    """The program's pictures are being written into a ring; told again when they go to another file or have another size.

    Attributes:
        path: of the ring's file.
        width, height: of its pictures in pixels.
    """

    type: Literal["preview_ready"] = "preview_ready"
    path: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A command that had an id has been obeyed.

    Attributes:
        id: of the command.
    """

    type: Literal["done"] = "done"
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A command cannot be obeyed; nothing has changed.

    Attributes:
        id: of the command; ``None`` if it had none, or if not even that could be read.
        title: why, one sentence.
        hint: what to do; may be empty.
    """

    type: Literal["refused"] = "refused"
    id: str | None
    title: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The engine cannot go on; it exits after this report.

    Attributes:
        title: why, one sentence.
        hint: what to do; may be empty.
        fault: whose fault it was; decides whether another start can help.
    """

    type: Literal["failed"] = "failed"
    title: str
    hint: str
    fault: Fault

    @classmethod
    def of(cls, error: PowerStreamError) -> Failed:
        """Make the report of an error; its technical detail goes to the log instead."""
        return cls(title=error.title, hint=error.hint, fault=error.fault)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """The last report of an engine that ended properly.

    Attributes:
        frames_made: of the landscape, since the start.
        frames_skipped: slots that passed without a picture, since the start.
    """

    type: Literal["stopped"] = "stopped"
    frames_made: int
    frames_skipped: int


EngineReport: TypeAlias = (
    Hello
    | Started
    | Stats
    | SourceLost
    | SourceBack
    | Publishing
    | Disconnected
    | SlateReady
    | EncoderChanged
    | Notice
    | SoundLevels
    | StudioChanged
    | SoundChanged
    | PrivacyChanged
    | PreviewReady
    | Devices
    | Done
    | Refused
    | Failed
    | Stopped
)
