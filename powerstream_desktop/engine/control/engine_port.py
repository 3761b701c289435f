"""What the control loop asks of an engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from powerstream_desktop.engine.config import PublishTarget
from powerstream_desktop.engine.control.reports import Stopped
from powerstream_desktop.engine.mixer.settings import MixerSettings
from powerstream_desktop.engine.preview.wish import PreviewWish
from powerstream_desktop.engine.scene.studio import Studio
from powerstream_desktop.platforms.endpoint import Rendition

if TYPE_CHECKING:
    from powerstream_desktop.engine.mixer.snapshot import MixerSnapshot


class EnginePort(Protocol):
    """An engine. All of it belongs to the control thread and may block while devices open; the program never waits meanwhile.

    Each method raises ``PowerStreamError`` for what cannot be done, and has then changed nothing.
    """

    @property
    def sound_snapshot(self) -> MixerSnapshot:
        """The newest meters."""

    def start(self) -> None:
        """Open what the configuration names and run the program."""

    def apply_studio(self, studio: Studio) -> None:
        """Show this; how its scene comes on is the studio's transition."""

    def apply_sound(self, settings: MixerSettings) -> None:
        """Mix like this."""

    def hold_to_talk(self, channel_id: str, *, is_held: bool) -> None:
        """The key of a channel is held, or not any more."""

    def restart_source(self, source_id: str) -> None:
        """Begin a source anew."""

    def publish(self, target: PublishTarget) -> None:
        """Go on air."""

    def unpublish(self) -> None:
        """Go off the air."""

    def set_renditions(self, renditions: frozenset[Rendition]) -> None:
        """Encode and publish these from now on."""

    def force_keyframe(self) -> None:
        """Make the next picture a key frame."""

    def set_bitrate(self, rendition: Rendition, video_kbps: int) -> None:
        """Give a rendition another bitrate."""

    def watch_preview(self, wish: PreviewWish | None) -> None:
        """Show the program in a window's ring, or no more."""

    def close(self, *, has_failed: bool = False) -> Stopped:
        """End everything and wait for it; after a failure without a goodbye to the relay, for another engine follows."""
