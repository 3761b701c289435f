"""The words between the service and an engine: JSON lines, commands on the engine's stdin, reports on its stdout.

Every line is one object with a ``type``. The key travels here and nowhere else: never in argv, never in the environment
(DESIGN 2). Knows neither PyAV nor numpy. A line that is not ours raises ``BugError``: both ends are the same program, so
nothing here is remote input.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final, TypeAlias

from powerstream_desktop.common.errors import BugError, Fault, PowerStreamError
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
class Failed:
    """The engine cannot go on; it exits after this report."""

    title: str
    hint: str
    fault: Fault

    @classmethod
    def of(cls, error: PowerStreamError) -> Failed:
        """Make the report of an error; its technical detail goes to the log instead."""
        return cls(title=error.title, hint=error.hint, fault=error.fault)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """The last report of an engine that ended properly."""

    frames_made: int
    frames_skipped: int


EngineReport: TypeAlias = (
    Started | Stats | SourceLost | SourceBack | Publishing | Disconnected | SlateReady | Failed | Stopped
)

_COMMANDS: Final[Mapping[str, type[EngineCommand]]] = {
    "start": Start, "stop": Stop, "force_keyframe": ForceKeyframe, "set_bitrate": SetBitrate,
}  # fmt: skip
_REPORTS: Final[Mapping[str, type[EngineReport]]] = {
    "started": Started, "stats": Stats, "source_lost": SourceLost, "source_back": SourceBack,
    "publishing": Publishing, "disconnected": Disconnected, "slate_ready": SlateReady,
    "failed": Failed, "stopped": Stopped,
}  # fmt: skip
_NAMES: Final[Mapping[type, str]] = {kind: name for name, kind in [*_COMMANDS.items(), *_REPORTS.items()]}


def encode_command(command: EngineCommand) -> bytes:
    """Write one command as a line. The line of ``Start`` holds the key in the clear: write it to the pipe only."""
    if isinstance(command, Start):
        return _line({"type": "start", "config": _config_to_json(command.config)})
    return _line({"type": _NAMES[type(command)], **asdict(command)})


def decode_command(line: bytes) -> EngineCommand:
    """Read one command.

    Raises:
        BugError: the line is not a command.
        UserError: the configuration of a ``Start`` asks for something that cannot be.
    """
    name, body = _parse(line)
    kind = _COMMANDS.get(name)
    if kind is None:
        raise BugError(f"The engine was sent an unknown command: {name!r}.")
    if kind is Start:
        return Start(config=_config_from_json(body.get("config")))
    try:
        return kind(**body)
    except TypeError as error:
        raise BugError(f"The engine was sent a malformed command: {name!r}.", detail=str(error)) from error


def encode_report(report: EngineReport) -> bytes:
    """Write one report as a line."""
    return _line({"type": _NAMES[type(report)], **asdict(report)})


def decode_report(line: bytes) -> EngineReport:
    """Read one report.

    Raises:
        BugError: the line is not a report.
    """
    name, body = _parse(line)
    kind = _REPORTS.get(name)
    if kind is None:
        raise BugError(f"The engine sent an unknown report: {name!r}.")
    try:
        if kind is Failed:
            body["fault"] = Fault(body["fault"])
        return kind(**body)
    except (KeyError, TypeError, ValueError) as error:
        raise BugError(f"The engine sent a malformed report: {name!r}.", detail=str(error)) from error


def _line(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def _parse(line: bytes) -> tuple[str, dict[str, Any]]:
    try:
        value = json.loads(line)
    except ValueError:
        value = None  # the decoder's message would quote the line, and with it perhaps the key
    if not isinstance(value, dict):
        raise BugError("A line between service and engine is not a JSON object.")
    return str(value.pop("type", "")), value


def _config_to_json(config: EngineConfig) -> dict[str, Any]:
    value = {field.name: getattr(config, field.name) for field in fields(config)}
    value["publish_key"] = config.publish_key.reveal()
    value["region"] = asdict(config.region) if config.region else None
    return value


def _config_from_json(value: Any) -> EngineConfig:
    try:
        known = dict(value)
        known["publish_key"] = Secret(known["publish_key"])
        known["region"] = Region(**known["region"]) if known["region"] else None
        known["latency"] = Latency(known["latency"])
        known["sound"] = SoundChoice(known["sound"])
        return EngineConfig(**known)
    except (KeyError, TypeError, ValueError):
        raise BugError("The engine was sent a malformed configuration.") from None
