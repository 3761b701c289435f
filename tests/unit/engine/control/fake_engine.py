"""An engine that only remembers what it was told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.engine.config import EngineConfig, PublishTarget
from powerstream_desktop.engine.control.reports import Stopped
from powerstream_desktop.engine.mixer.meter import SILENT, LoudnessReading
from powerstream_desktop.engine.mixer.settings import MixerSettings
from powerstream_desktop.engine.mixer.snapshot import ChannelSnapshot, MixerSnapshot
from powerstream_desktop.engine.preview.wish import PreviewWish
from powerstream_desktop.engine.scene.studio import Studio
from powerstream_desktop.platforms.endpoint import Rendition

STOPPED = Stopped(frames_made=300, frames_skipped=1)
LEVELS = MixerSnapshot(
    channels=(ChannelSnapshot(id="microphone", is_open=True, meter=SILENT, problem=""),),
    program=SILENT,
    loudness=LoudnessReading(momentary_lufs=-70.0, short_term_lufs=-70.0),
    reduction_db=0.04,
    delay_ms=1.52,
)


class FakeEngine:
    """Remembers; and fails at whatever ``failures`` names.

    Attributes:
        config: what it was made of.
        told: what was said to it since, in order; changes of studio and sound as their values.
        failures: what to raise, by the method's name.
        meanwhile: what others do while it is at work, likewise.
    """

    def __init__(
        self,
        config: EngineConfig,
        failures: dict[str, Exception],
        meanwhile: Mapping[str, Callable[[], None]] = MappingProxyType({}),
    ) -> None:
        self.config = config
        self.told: list[object] = []
        self.failures = failures
        self.meanwhile = meanwhile

    @property
    def sound_snapshot(self) -> MixerSnapshot:
        return LEVELS

    def start(self) -> None:
        self._do("start", "start")

    def apply_studio(self, studio: Studio) -> None:
        self._do("apply_studio", studio)

    def apply_sound(self, settings: MixerSettings) -> None:
        self._do("apply_sound", settings)

    def hold_to_talk(self, channel_id: str, *, is_held: bool) -> None:
        self._do("hold_to_talk", (channel_id, is_held))

    def restart_source(self, source_id: str) -> None:
        self._do("restart_source", ("restart", source_id))

    def publish(self, target: PublishTarget) -> None:
        self._do("publish", target)

    def unpublish(self) -> None:
        self._do("unpublish", "unpublish")

    def set_renditions(self, renditions: frozenset[Rendition]) -> None:
        self._do("set_renditions", renditions)

    def force_keyframe(self) -> None:
        self._do("force_keyframe", "keyframe")

    def set_bitrate(self, rendition: Rendition, video_kbps: int) -> None:
        self._do("set_bitrate", (rendition, video_kbps))

    def watch_preview(self, wish: PreviewWish | None) -> None:
        self._do("watch_preview", ("preview", wish))

    def close(self, *, has_failed: bool = False) -> Stopped:
        self._do("close", "vanish" if has_failed else "close")
        return STOPPED

    def _do(self, method: str, what: object) -> None:
        self.told.append(what)
        if method in self.meanwhile:
            self.meanwhile[method]()
        failure = self.failures.pop(method, None)
        if failure is not None:
            raise failure


def broken() -> SystemFault:
    """Return a failure of this machine."""
    return SystemFault("The engine cannot do that now.", hint="Try again.")
