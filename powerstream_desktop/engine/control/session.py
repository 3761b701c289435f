"""A running engine as commands see it: what they change is saved, shown and told, or taken back as a whole."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeAlias

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.engine.control.commands import (
    ForceKeyframe,
    HoldToTalk,
    Publish,
    RestartSource,
    SetBitrate,
    SetRenditions,
    StopPreview,
    Unpublish,
    WatchPreview,
)
from powerstream_desktop.engine.control.desk import Desk, DeskCommand
from powerstream_desktop.engine.control.desk_reports import (
    PrivacyChanged,
    SoundChanged,
    SoundLevels,
    StudioChanged,
)
from powerstream_desktop.engine.control.engine_port import EnginePort
from powerstream_desktop.engine.control.held_keys import HeldKeys
from powerstream_desktop.engine.control.reports import EngineReport
from powerstream_desktop.engine.control.sound_desk import channel_of
from powerstream_desktop.engine.control.sound_levels import sound_levels
from powerstream_desktop.engine.curtain import Curtain
from powerstream_desktop.engine.mixer.settings import MixerSettings
from powerstream_desktop.engine.scene.studio import Studio

log = logging.getLogger(__name__)

SessionCommand: TypeAlias = (
    DeskCommand
    | ForceKeyframe
    | HoldToTalk
    | Publish
    | RestartSource
    | SetBitrate
    | SetRenditions
    | StopPreview
    | Unpublish
    | WatchPreview
)


class Session:
    """Owned by the control thread.

    Args:
        engine: started already.
        desk: what it shows and plays.
        save: keeps what has changed from one desk to another; never waits.
        report: takes reports; never blocks.
        curtain: held while what privacy shows cannot be shown.
        clock: monotonic seconds.
    """

    def __init__(
        self,
        engine: EnginePort,
        desk: Desk,
        *,
        save: Callable[[Desk, Desk], None],
        report: Callable[[EngineReport], None],
        curtain: Curtain,
        clock: Clock,
    ) -> None:
        self._engine = engine
        self._desk = desk
        self._save = save
        self._report = report
        self._curtain = curtain
        self._clock = clock
        self._held_keys = HeldKeys()
        # What the engine was told last and has taken; None where it failed, and nobody knows what is on.
        self._heard: MixerSettings | None = desk.heard
        self._shown: Studio | None = desk.shown

    @property
    def levels(self) -> SoundLevels:
        """The newest meters."""
        return sound_levels(self._engine.sound_snapshot)

    @property
    def due_in_s(self) -> float | None:
        """Seconds until a key counts as let go (``let_go_of_keys``); ``None`` while none does by itself."""
        return None if self._held_keys.are_none else self._held_keys.due_in_s(self._clock())

    def let_go_of_keys(self) -> None:
        """Close the push-to-talk channels whose keys nobody says are held any more."""
        if self._held_keys.are_none:
            return
        for channel_id in self._held_keys.lapsed(self._clock()):
            log.info("Nobody says any more that the key of a push-to-talk channel is held.")
            self._engine.hold_to_talk(channel_id, is_held=False)

    def obey(self, command: SessionCommand) -> None:
        """Do what a command says.

        Raises:
            PowerStreamError: it cannot be done, and nothing has changed.
        """
        match command:
            case Publish(target=target):
                self._engine.publish(target)
            case Unpublish():
                self._engine.unpublish()
            case SetRenditions(renditions=renditions):
                self._engine.set_renditions(renditions)
            case ForceKeyframe():
                self._engine.force_keyframe()
            case SetBitrate(rendition=rendition, video_kbps=video_kbps):
                self._engine.set_bitrate(rendition, video_kbps)
            case RestartSource(source=source_id):
                self._engine.restart_source(self._desk.studio.source(source_id).id)
            case HoldToTalk(channel=channel_id, is_held=is_held):
                self._engine.hold_to_talk(channel_of(self._desk.sound, channel_id).id, is_held=is_held)
                self._held_keys.heard(command, self._clock())
            case WatchPreview():
                self._engine.watch_preview(command.wish)
            case StopPreview():
                self._engine.watch_preview(None)
            case _:
                self._take(self._desk.obeyed(command, self._clock()))

    def tell(self) -> None:
        """Report everything as it is."""
        self._tell_studio()
        self._tell_sound()
        if self._desk.is_private:
            self._tell_privacy()

    def _take(self, desk: Desk) -> None:
        """Save and show another desk. Saved first: what the user did must not be lost to a device that takes long to open."""
        before, self._desk = self._desk, desk
        self._save(before, desk)
        try:
            self._show(desk)
        except Exception:
            if desk.is_private:
                self._curtain.hold()
            if desk.is_private and not before.is_private:
                # Nobody who wanted privacy may be seen or heard again because its scene cannot be shown.
                self._tell_privacy()
                raise
            self._desk = before
            self._save(desk, before)
            self._show(before)
            raise
        if desk.studio_desk.history != before.studio_desk.history:
            self._tell_studio()
        if desk.sound != before.sound:
            self._tell_sound()
        if desk.is_private != before.is_private:
            self._tell_privacy()

    def _show(self, desk: Desk) -> None:
        """Bring what has changed on air; the sound first, as a word is said faster than a scene is opened."""
        heard, shown = desk.heard, desk.shown
        if heard != self._heard:
            self._heard = None
            self._engine.apply_sound(heard)
            self._heard = heard
        if shown != self._shown:
            self._shown = None
            self._engine.apply_studio(shown)
            self._shown = shown
        self._curtain.release()

    def _tell_studio(self) -> None:
        desk = self._desk.studio_desk
        self._report(StudioChanged(studio=desk.studio, can_undo=desk.can_undo, can_redo=desk.can_redo))

    def _tell_sound(self) -> None:
        self._report(SoundChanged(sound=self._desk.sound))

    def _tell_privacy(self) -> None:
        self._report(PrivacyChanged(is_on=self._desk.is_private))
