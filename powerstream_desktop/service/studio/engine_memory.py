"""What the studio's engine has told last, for whoever asks later. Pure.

Studio, sound and privacy outlive an engine, for the next one has them again. Figures, meters, devices, the preview's place and
what hinders an engine are true only while it runs.
"""

from __future__ import annotations

from collections.abc import Collection

from powerstream_desktop.engine.control.commands import EngineCommand, Privacy, StopPreview, WatchLevels
from powerstream_desktop.engine.control.desk_reports import (
    Devices,
    PrivacyChanged,
    SoundChanged,
    SoundLevels,
    StudioChanged,
)
from powerstream_desktop.engine.control.reports import (
    Disconnected,
    EngineReport,
    Failed,
    Notice,
    PreviewReady,
    Publishing,
    SourceBack,
    SourceLost,
    Started,
    Stats,
)
from powerstream_desktop.platforms.endpoint import Rendition


class EngineMemory:
    """Owner: the studio's engine, on its loop.

    Attributes:
        studio, sound: as they were last told; ``None`` before the first engine told them.
        is_private: the audience sees "Be right back", or will as soon as there is an engine again.
        source: what is shown, in words for people; empty until an engine says so, and when it has ended.
        stats, levels, devices, preview: of the engine that runs; ``None`` before it told them, and while nobody watches.
    """

    def __init__(self) -> None:
        self.studio: StudioChanged | None = None
        self.sound: SoundChanged | None = None
        self.is_private = False
        self.source = ""
        self.stats: Stats | None = None
        self.levels: SoundLevels | None = None
        self.devices: Devices | None = None
        self.preview: PreviewReady | None = None
        # What hinders an engine that runs, in words, by what it is about.
        self._troubles: dict[tuple[str, ...], str] = {}

    @property
    def troubles(self) -> tuple[str, ...]:
        """What hinders an engine that runs: a source is gone, no relay, a notice with its remedy; sentences, each once."""
        return tuple(dict.fromkeys(self._troubles.values()))

    def hear(self, report: EngineReport) -> None:
        """Keep what a report tells."""
        match report:
            case Stats():
                self.stats = report
                self._forget_relays_but({each.rendition for each in report.renditions})
            case Started(source=source):
                self.source = source
            case StudioChanged():
                self.studio = report
            case SoundChanged():
                self.sound = report
            case PrivacyChanged(is_on=is_on):
                self.is_private = is_on
            case SoundLevels():
                self.levels = report
            case Devices():
                self.devices = report
            case PreviewReady():
                self.preview = report
            case Failed():
                self._forget_what_ran()
            case _:
                self._weigh(report)

    def wished(self, command: EngineCommand) -> None:
        """Privacy that is wanted is kept whatever becomes of the engine that the wish is sent to."""
        if isinstance(command, Privacy) and command.is_on:
            self.is_private = True

    def obeyed(self, command: EngineCommand) -> None:
        """The engine has obeyed: what nobody watches any more is not kept."""
        match command:
            case WatchLevels(is_watched=False):
                self.levels = None
            case StopPreview():
                self.preview = None
            case _:
                pass

    def off_air(self) -> None:
        """No relay is missed any more."""
        self._forget_relays_but(())

    def ended(self) -> None:
        """The engine was ended, and no other follows for the time being."""
        self._forget_what_ran()
        self.source = ""

    def _forget_what_ran(self) -> None:
        self.stats = self.levels = self.devices = self.preview = None
        self._troubles.clear()

    def _forget_relays_but(self, renditions: Collection[Rendition]) -> None:
        """A rendition that is not made any more has no relay to miss; nobody will say that it is back."""
        for rendition in Rendition:
            if rendition not in renditions:
                self._troubles.pop(("relay", rendition), None)

    def _weigh(self, report: EngineReport) -> None:
        """Keep in mind what hinders it, and forget what is over."""
        match report:
            case Disconnected(rendition=rendition, title=title):
                self._troubles["relay", rendition] = title
            case Publishing(rendition=rendition):
                self._troubles.pop(("relay", rendition), None)
            case SourceLost(source_id=source_id, title=title):
                self._troubles["source", source_id] = title
            case SourceBack(source_id=source_id):
                self._troubles.pop(("source", source_id), None)
            case Notice(code=code, subject=subject, title=title, hint=hint, is_over=False):
                self._troubles["notice", code, subject] = f"{title} {hint}".rstrip()
            case Notice(code=code, subject=subject):
                self._troubles.pop(("notice", code, subject), None)
            case _:
                pass
