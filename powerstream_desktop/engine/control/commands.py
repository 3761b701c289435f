"""What the service tells an engine to do (docs/engine-protocol.md). Frozen values; nothing here reads, writes or obeys.

A command that cannot be obeyed is refused and changes nothing. Studio and sound are edited in the engine and nowhere else:
whoever shows them shows what ``studio_changed`` and ``sound_changed`` say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.engine.config import EngineConfig, PublishTarget
from powerstream_desktop.engine.control.sound_commands import SoundCommand
from powerstream_desktop.engine.control.studio_commands import StudioCommand
from powerstream_desktop.engine.preview.wish import PreviewWish
from powerstream_desktop.engine.video_settings import check_bitrate
from powerstream_desktop.platforms.endpoint import Rendition

MIN_HOLD_S: Final = 0.2
MAX_HOLD_S: Final = 60.0
"""For how long a key may count as held without another word."""

# The program and where it goes.


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Open the sources and run the program; the first command, given once. One that cannot be obeyed ends the engine.

    Attributes:
        config: what is shown and heard, how it is encoded, where it is published. Holds the stream key.
    """

    type: Literal["start"] = "start"
    config: EngineConfig


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """End the program properly: flush the encoders, unpublish, exit. The end of the commands means the same."""

    type: Literal["stop"] = "stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Publish:
    """Go on air with the running program.

    Attributes:
        target: where to. Holds the stream key.
    """

    type: Literal["publish"] = "publish"
    target: PublishTarget


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpublish:
    """Go off the air; the program and its preview go on."""

    type: Literal["unpublish"] = "unpublish"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRenditions:
    """Encode and publish these renditions from now on.

    Attributes:
        renditions: all that are wanted, at least one.
    """

    type: Literal["set_renditions"] = "set_renditions"
    renditions: frozenset[Rendition]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForceKeyframe:
    """Make the next picture a key frame in every rendition, besides those every two seconds."""

    type: Literal["force_keyframe"] = "force_keyframe"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetBitrate:
    """Give the pictures another bitrate from the next one on.

    Attributes:
        rendition: whose.
        video_kbps: 100 to 60,000 kbit/s.
    """

    type: Literal["set_bitrate"] = "set_bitrate"
    rendition: Rendition = Rendition.LANDSCAPE
    video_kbps: int

    def __post_init__(self) -> None:
        check_bitrate(self.video_kbps)


# What is seen and heard, beside the edits of studio and sound.


@dataclass(frozen=True, slots=True, kw_only=True)
class RestartSource:
    """Play a media file from its beginning, or open a source anew.

    Attributes:
        source: its id.
    """

    type: Literal["restart_source"] = "restart_source"
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldToTalk:
    """Say that the key of a push-to-talk channel is held, or not any more.

    Whoever watches the key says for how long it counts as held, and says so again before that is over: a window that dies with the
    key down leaves no microphone open.

    Attributes:
        channel: its id.
        is_held: the key is down.
        for_s: it counts as let go after so many seconds, 0.2 to 60, if nothing more is said of it; `null` for as long as nobody
            says that it is let go.
    """

    type: Literal["hold_to_talk"] = "hold_to_talk"
    channel: str
    is_held: bool
    for_s: float | None = None

    def __post_init__(self) -> None:
        if self.for_s is not None and not MIN_HOLD_S <= self.for_s <= MAX_HOLD_S:
            raise UserError(f"A key can be held for {MIN_HOLD_S:g} to {MAX_HOLD_S:g} s, not {self.for_s:g}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """Cut to "Be right back" and mute everything at once; off again, show and play what would have been without it.

    From the moment at which it is read nothing more of the scene goes out: a card of the same words stands in until the commands
    before it are done and it is obeyed in its turn. It outlives the engine: one that is started again is private until it is told otherwise. Scenes may be switched and edited
    meanwhile without being seen.

    Attributes:
        is_on: hide, or show again.
    """

    type: Literal["privacy"] = "privacy"
    is_on: bool


# Looking.


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchPreview:
    """Write the program's pictures into a ring for five seconds; said again, for five more. ``preview_ready`` names the ring.

    Attributes:
        width, height: of the place in the window, 16 to 3,840 pixels; the picture is the largest that fits into it.
        fps: pictures a second, 1 to 30.
    """

    type: Literal["watch_preview"] = "watch_preview"
    width: int
    height: int
    fps: int = 30

    def __post_init__(self) -> None:
        _ = self.wish

    @property
    def wish(self) -> PreviewWish:
        """The same for the preview."""
        return PreviewWish(width=self.width, height=self.height, fps=self.fps)


@dataclass(frozen=True, slots=True, kw_only=True)
class StopPreview:
    """Write no more pictures into the ring."""

    type: Literal["stop_preview"] = "stop_preview"


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchLevels:
    """Report the mixer's meters ten times a second, or no more.

    Attributes:
        is_watched: somebody looks at them.
    """

    type: Literal["watch_levels"] = "watch_levels"
    is_watched: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDevices:
    """Report once what can be captured, recorded and played on; ``done`` follows that report."""

    type: Literal["list_devices"] = "list_devices"


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchDevices:
    """Report devices now and whenever they change, or no more.

    Attributes:
        is_watched: somebody looks at the list.
    """

    type: Literal["watch_devices"] = "watch_devices"
    is_watched: bool


EngineCommand: TypeAlias = (
    Start
    | Stop
    | Publish
    | Unpublish
    | SetRenditions
    | ForceKeyframe
    | SetBitrate
    | StudioCommand
    | RestartSource
    | SoundCommand
    | HoldToTalk
    | Privacy
    | WatchPreview
    | StopPreview
    | WatchLevels
    | ListDevices
    | WatchDevices
)
