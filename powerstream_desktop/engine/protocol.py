"""The words between the service and an engine: JSON lines, commands on the engine's stdin, reports on its stdout.

The key travels here and nowhere else: never in argv, never in the environment (DESIGN 2). Knows neither PyAV nor numpy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, TypeAlias

from powerstream_desktop.common.json_lines import ErrorReport, Vocabulary
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine.config import EngineConfig, Latency, Region, SoundChoice


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """The first command, given once in an engine's life."""

    config: EngineConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """End the program properly: flush the encoder, unpublish, exit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceKeyframe:
    """Make the next frame a key frame, besides those of the two-second grid."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBitrate:
    """Give the pictures another bitrate from the next one on; the stream's headers stay as they are."""

    video_kbps: int


EngineCommand: TypeAlias = Start | Stop | ForceKeyframe | SetBitrate


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """Source and encoder work, the program runs; publishing has begun or is being tried."""

    source: str
    """What is shown, in words for people: ``screen :0``, ``test picture``, ``file clip.mp4``."""
    width: int
    height: int
    fps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stats:
    """The counters, once a second; also the engine's heartbeat.

    Counts are totals since the start. Encoding times and rates are those of the second past.
    """

    program_s: float
    """Length of the program so far."""
    frames_made: int
    """Frames encoded."""
    frames_repeated: int
    """Of these, how many showed the picture of the frame before because the source had no newer one."""
    frames_skipped: int
    """Slots of the schedule that passed without a frame because this machine was too slow."""
    frames_dropped: int
    """Video frames encoded but not sent because the relay did not take them."""
    encode_mean_ms: float
    encode_max_ms: float
    queue_ms: int
    """Media time encoded and not yet sent."""
    capture_fps: float
    """Pictures that the source delivered."""
    video_kbps: float
    video_target_kbps: int
    """What the encoder is set to, by the user or by ``SetBitrate``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceLost:
    """The source stopped delivering; its last picture is held while it is being reopened."""

    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceBack:
    """The source delivers again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publishing:
    """The relay has accepted the stream."""

    connects: int
    """Number of this connection, counted from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disconnected:
    """The relay was lost or refused us; the program goes on and the engine connects again."""

    title: str
    retry_in_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SlateReady:
    """A slate of this program lies in a file, for the time in which the engine is away."""

    path: str
    """Of an FLV file; the next engine replaces it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed(ErrorReport):
    """The engine cannot go on; it exits after this report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """The last report of an engine that ended properly."""

    frames_made: int
    frames_skipped: int


EngineReport: TypeAlias = (
    Started | Stats | SourceLost | SourceBack | Publishing | Disconnected | SlateReady | Failed | Stopped
)


def _write_start(start: Start) -> dict[str, Any]:
    config = start.config
    value = {field.name: getattr(config, field.name) for field in fields(config)}
    value["publish_key"] = config.publish_key.reveal()
    value["region"] = asdict(config.region) if config.region else None
    return {"config": value}


def _read_start(body: Mapping[str, Any]) -> Start:
    """Read a ``Start``; UserError when its configuration asks for something that cannot be."""
    config = dict(body["config"])
    config["publish_key"] = Secret(config["publish_key"])
    config["region"] = Region(**config["region"]) if config["region"] else None
    config["latency"] = Latency(config["latency"])
    config["sound"] = SoundChoice(config["sound"])
    return Start(config=EngineConfig(**config))


ENGINE_COMMANDS: Final = Vocabulary[EngineCommand](
    "command to the engine",
    {"start": Start, "stop": Stop, "force_keyframe": ForceKeyframe, "set_bitrate": SetBitrate},
    writers={Start: _write_start},
    readers={Start: _read_start},
)
ENGINE_REPORTS: Final = Vocabulary[EngineReport](
    "report of the engine",
    {
        "started": Started, "stats": Stats, "source_lost": SourceLost, "source_back": SourceBack,
        "publishing": Publishing, "disconnected": Disconnected, "slate_ready": SlateReady,
        "failed": Failed, "stopped": Stopped,
    },
    readers={Failed: Failed.read},
)  # fmt: skip
