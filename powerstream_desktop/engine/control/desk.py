"""All that commands change and that is kept: studio, sound, privacy. A value: obeying gives a new desk. Pure."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TypeAlias

from powerstream_desktop.engine.control.commands import Privacy
from powerstream_desktop.engine.control.privacy import hidden_studio, muted_sound
from powerstream_desktop.engine.control.sound_commands import (
    Mute,
    PutChannel,
    RemoveChannel,
    ReplaceSound,
    SetGain,
    SoundCommand,
)
from powerstream_desktop.engine.control.sound_desk import changed_sound
from powerstream_desktop.engine.control.studio_commands import StudioCommand, SwitchScene
from powerstream_desktop.engine.control.studio_desk import StudioDesk
from powerstream_desktop.engine.mixer.settings import MixerSettings
from powerstream_desktop.engine.scene.history import History
from powerstream_desktop.engine.scene.studio import Studio, Transition

DeskCommand: TypeAlias = StudioCommand | SoundCommand | Privacy


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What is to be seen and heard.

    Attributes:
        studio_desk: the studio with its history.
        sound: the mixer's settings.
        is_private: neither is on air.
        once: how the present scene came on, where that was not the studio's own way.
    """

    studio_desk: StudioDesk
    sound: MixerSettings
    is_private: bool = False
    once: Transition | None = None

    @classmethod
    def of(cls, studio: Studio, sound: MixerSettings, *, is_private: bool = False) -> Desk:
        """Return the desk of a studio whose history begins now."""
        return cls(studio_desk=StudioDesk(history=History(studio)), sound=sound, is_private=is_private)

    @property
    def studio(self) -> Studio:
        """All sources and scenes."""
        return self.studio_desk.studio

    @property
    def shown(self) -> Studio:
        """What the audience is to see."""
        if self.is_private:
            return hidden_studio(self.studio)
        return self.studio if self.once is None else dataclasses.replace(self.studio, transition=self.once)

    @property
    def heard(self) -> MixerSettings:
        """What the audience is to hear."""
        return muted_sound(self.sound) if self.is_private else self.sound

    def obeyed(self, command: DeskCommand, now: float) -> Desk:
        """Return the desk after a command.

        Args:
            command: what to do.
            now: monotonic seconds.

        Raises:
            UserError: it cannot be done.
        """
        match command:
            case Privacy(is_on=is_on):
                return dataclasses.replace(self, is_private=is_on, once=None)
            case PutChannel() | RemoveChannel() | Mute() | SetGain() | ReplaceSound():
                return dataclasses.replace(self, sound=changed_sound(self.sound, command))
        after = dataclasses.replace(self, studio_desk=self.studio_desk.obeyed(command, now))
        if isinstance(command, SwitchScene):
            return dataclasses.replace(after, once=command.transition)
        # An edit of the scene that is fading in must not end the fade.
        return after if after.studio.current == self.studio.current else dataclasses.replace(after, once=None)
