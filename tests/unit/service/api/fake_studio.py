"""A studio without an engine: remembers what it was told to do, and shows what it was given."""

from __future__ import annotations

from dataclasses import dataclass, field

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.engine.control.commands import EngineCommand, ListDevices
from powerstream_desktop.engine.control.desk_reports import Devices, SoundChanged, SoundLevels, StudioChanged
from powerstream_desktop.engine.control.reports import PreviewReady, Stats
from powerstream_desktop.engine.life_cycle import EngineSnapshot, EngineState
from tests.unit.engine.control.examples import REPORTS, SOUND, STATS, STUDIO


def _example_devices() -> Devices:
    return next(each for each in REPORTS if isinstance(each, Devices))


@dataclass
class FakeStudio:
    """Obeys; ``refuses`` is what it raises instead."""

    snapshot: EngineSnapshot = field(
        default_factory=lambda: EngineSnapshot(
            state=EngineState.STOPPED, since_s=0.0, starts=0, failure=None, retry_at_s=None
        )
    )
    stats: Stats | None = None
    studio: StudioChanged | None = None
    sound: SoundChanged | None = None
    levels: SoundLevels | None = None
    devices: Devices | None = None
    preview: PreviewReady | None = None
    is_private: bool = False
    troubles: tuple[str, ...] = ()
    sent: list[EngineCommand] = field(default_factory=list)
    refuses: PowerStreamError | None = None

    async def send(self, command: EngineCommand) -> None:
        if self.refuses is not None:
            raise self.refuses
        self.sent.append(command)
        if self.studio is None:
            self.run()
        if isinstance(command, ListDevices):
            self.devices = _example_devices()

    def run(self) -> None:
        """Have an engine that has told everything."""
        self.snapshot = EngineSnapshot(
            state=EngineState.RUNNING, since_s=0.0, starts=1, failure=None, retry_at_s=None
        )
        self.stats = STATS
        self.studio = StudioChanged(studio=STUDIO, can_undo=True, can_redo=False)
        self.sound = SoundChanged(sound=SOUND)
        self.levels = next(each for each in REPORTS if isinstance(each, SoundLevels))
        self.preview = next(each for each in REPORTS if isinstance(each, PreviewReady))
