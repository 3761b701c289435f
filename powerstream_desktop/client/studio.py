"""The studio: what is seen and heard. Every change is the engine's to take or to refuse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from powerstream_desktop.client.link import ServiceLink
from powerstream_desktop.client.reading import Words
from powerstream_desktop.client.request import Request, given, path_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A scene; its layers are in ``words``."""

    words: Words
    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenery:
    """Sources and scenes.

    Attributes:
        scenes: in their order.
        current: id of the scene that is on.
    """

    words: Words
    scenes: tuple[Scene, ...]
    current: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A channel of the mixer; what is not here is in ``words``."""

    words: Words
    id: str
    name: str
    gain_db: float = 0.0
    is_muted: bool = False
    is_push_to_talk: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixer:
    """The mixer's channels, in their order."""

    words: Words
    channels: tuple[Channel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineStatus:
    """How the engine's process stands; its newest figures are in ``words``.

    Attributes:
        state: such as ``running``.
        troubles: what hinders it, in sentences.
    """

    words: Words
    state: str
    is_coming_back: bool = False
    troubles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StudioStatus:
    """The studio as a window shows it.

    Attributes:
        studio, sound: None before an engine told them; ``Studio.wake`` has one tell them.
        is_private: the audience sees "Be right back" and hears nothing.
        levels: the meters; None while nobody watches them.
        preview: where the preview's ring is; None while nobody watches.
    """

    words: Words
    engine: EngineStatus
    studio: Scenery | None = None
    sound: Mixer | None = None
    can_undo: bool = False
    can_redo: bool = False
    is_private: bool = False
    levels: Words | None = None
    preview: Words | None = None


class Studio:
    """The routes of ``/api/studio``. Scenes, sources and channels are named by id or by name.

    Errors are those of ``ServiceLink.ask``; what the engine refuses is a ``RefusedError`` in its words. A change starts the engine
    if it does not run, which takes some seconds.
    """

    def __init__(self, link: ServiceLink) -> None:
        self._link = link

    def status(self) -> StudioStatus:
        """Return the studio as it is."""
        return self._link.read(Request(method="GET", path=path_of("studio")), StudioStatus)

    def wake(self) -> StudioStatus:
        """Return the studio as an engine tells it, which is started if there was none."""
        known = self.status()
        if known.studio is not None and known.sound is not None:
            return known
        self.obey("keyframe", {}, is_repeatable=True)  # changes nothing
        return self.status()

    def obey(self, path: str, command: Mapping[str, Any], *, is_repeatable: bool = False) -> None:
        """Have the engine obey any command.

        Args:
            path: below ``/api/studio/``, such as ``layer/move``.
            command: its body.
            is_repeatable: obeying it twice does no more than obeying it once.
        """
        parts = path.split("/")
        self._link.ask(
            Request(
                method="POST",
                path=path_of("studio", *parts),
                body=dict(command),
                is_repeatable=is_repeatable,
            )
        )

    def switch_scene(self, scene: str) -> None:
        """Put a scene on."""
        self.obey("scene", {"scene": scene}, is_repeatable=True)

    def change_audio(
        self, channel: str, *, is_muted: bool | None = None, gain_db: float | None = None
    ) -> None:
        """Mute a channel or let it be heard again, move its fader (-60 to +12), or both."""
        self.obey(
            "audio", {"channel": channel, **given(isMuted=is_muted, gainDb=gain_db)}, is_repeatable=True
        )

    def set_privacy(self, is_on: bool) -> None:
        """Show "Be right back" and mute everything at once, or show and play again."""
        self.obey("privacy", {"isOn": is_on}, is_repeatable=True)

    def hold_to_talk(self, channel: str, is_held: bool, *, for_s: float | None = None) -> None:
        """Say that the key of a push-to-talk channel is held, or not any more.

        Args:
            channel: its id or its name.
            is_held: the key is down.
            for_s: it counts as let go after so many seconds, 0.2 to 60, unless this is said again before: for whoever watches the
                key, and may die with it down. None for as long as nobody says that it is let go.
        """
        self.obey("talk", {"channel": channel, "isHeld": is_held, **given(forS=for_s)}, is_repeatable=True)

    def undo(self) -> None:
        """Take the last edit of the studio back."""
        self.obey("undo", {})

    def redo(self) -> None:
        """Make the last undone edit again."""
        self.obey("redo", {})

    def watch_preview(self, width: int, height: int, fps: int = 30) -> None:
        """Have the program's pictures written into a ring for five seconds; said again, for five more."""
        self.obey("preview", {"width": width, "height": height, "fps": fps}, is_repeatable=True)

    def watch_levels(self, is_watched: bool) -> None:
        """Have the mixer's meters told, or no more."""
        self.obey("levels", {"isWatched": is_watched}, is_repeatable=True)
