"""The real engine under command: it obeys, refuses what cannot be, keeps what the user did, and shows nothing of the key."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable

import pytest

from powerstream_desktop.common.backoff import Backoff
from powerstream_desktop.common.clock import monotonic
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.engine.config import EngineConfig
from powerstream_desktop.engine.control.commands import (
    ListDevices,
    Privacy,
    StopPreview,
    WatchLevels,
    WatchPreview,
)
from powerstream_desktop.engine.control.desk_reports import (
    Devices,
    PrivacyChanged,
    SoundLevels,
    StudioChanged,
)
from powerstream_desktop.engine.control.kept_file import KeptFile
from powerstream_desktop.engine.control.reports import EngineReport, PreviewReady, Refused, Stats, Stopped
from powerstream_desktop.engine.control.studio_commands import PutScene, SetPortraitWindow, SwitchScene, Undo
from powerstream_desktop.engine.control.user_files import KeptSound, KeptStudio
from powerstream_desktop.engine.mixer.settings import ChannelSettings, MixerSettings, ToneContent
from powerstream_desktop.engine.scene.one_source import one_source_studio
from powerstream_desktop.engine.scene.scene import Layer, Scene
from powerstream_desktop.engine.scene.sources import TestPictureContent
from powerstream_desktop.engine.scene.studio import Studio
from powerstream_desktop.engine.video_settings import VideoSettings
from powerstream_desktop.service.studio.engine_process import EngineProcess
from tests.e2e.support.waiting import wait_until
from tests.integration.engine.fake_relay import KEY

REAL = (sys.executable, "-c", "from powerstream_desktop.engine.main import main; raise SystemExit(main())")
PATIENCE_S = 20.0
CONFIG = EngineConfig(landscape=VideoSettings(width=320, height=180, bitrate_kbps=300))
SECOND = Scene(id="second", name="Second", layers=(Layer(id="second-layer", source="source"),))
TONE = ChannelSettings(id="tone", name="Tone", content=ToneContent())

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no signals")


class Session:
    """A real engine with the studio and sound of a home, and everything that it reported."""

    def __init__(self) -> None:
        self.reports: list[EngineReport] = []
        self._reported = asyncio.Event()
        self.engine = EngineProcess(
            CONFIG, monotonic, self._report, command=REAL, backoff=Backoff((0.01,), jitter=0.0)
        )

    def _report(self, report: EngineReport) -> None:
        self.reports.append(report)
        self._reported.set()

    def of_kind(self, kind: type) -> list[EngineReport]:
        return [report for report in self.reports if isinstance(report, kind)]

    @property
    def studio(self) -> Studio:
        """As it was told last."""
        return [report for report in self.reports if isinstance(report, StudioChanged)][-1].studio

    async def until(self, reached: Callable[[], object]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not reached():
                self._reported.clear()
                await self._reported.wait()

    async def run(self) -> None:
        await self.engine.start()
        await self.until(lambda: self.of_kind(Stats))

    def kill(self) -> None:
        process = self.engine._process
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)


@pytest.fixture
def studio_file() -> KeptFile[KeptStudio]:
    paths = Paths.from_environment(os.environ)
    paths.ensure()
    file = KeptFile(paths.config / "studio.json", KeptStudio, "scenes")
    file.write(KeptStudio(studio=one_source_studio(TestPictureContent(), "Test picture")))
    sounds = KeptFile(paths.config / "sound.json", KeptSound, "sound settings")
    sounds.write(KeptSound(sound=MixerSettings(channels=(TONE,))))
    return file


def kept_studio(file: KeptFile[KeptStudio]) -> Studio:
    kept, trouble = file.read()
    assert kept is not None
    assert trouble == ""
    return kept.studio


def is_kept_private(studio_file: KeptFile[KeptStudio]) -> bool:
    kept, _ = KeptFile(studio_file.path.with_name("sound.json"), KeptSound, "sound settings").read()
    return kept is not None and kept.is_private


def test_the_engine_obeys_refuses_and_tells(studio_file: KeptFile[KeptStudio]) -> None:
    async def test() -> None:
        session = Session()
        await session.run()
        send = session.engine.send
        await send(PutScene(scene=SECOND))
        await send(SwitchScene(scene="second"))
        with pytest.raises(UserError, match="no such scene"):
            await send(SwitchScene(scene="third"))
        with pytest.raises(UserError, match="off the air"):
            await send(Undo())
        await send(Privacy(is_on=True))
        await send(Privacy(is_on=False))
        await send(WatchLevels(is_watched=True))
        await session.until(lambda: len(session.of_kind(SoundLevels)) >= 3)
        await send(WatchPreview(width=160, height=90))
        await session.until(lambda: session.of_kind(PreviewReady))
        await send(StopPreview())
        await send(ListDevices())
        assert len(session.of_kind(Devices)) == 1
        await session.engine.aclose()

        told = StudioChanged(studio=kept_studio(studio_file), can_undo=True, can_redo=False)
        assert session.of_kind(StudioChanged)[-1] == told
        assert session.studio.current == "second"
        assert session.of_kind(PrivacyChanged) == [PrivacyChanged(is_on=True), PrivacyChanged(is_on=False)]
        levels = session.of_kind(SoundLevels)[-1]
        assert isinstance(levels, SoundLevels)
        assert levels.program.peak_dbfs[0] > -60.0
        assert isinstance(session.reports[-1], Stopped)

    asyncio.run(test())


def test_nothing_that_was_saved_is_lost_to_a_kill_and_nothing_is_ever_torn(
    studio_file: KeptFile[KeptStudio],
) -> None:
    async def test() -> None:
        session = Session()
        await session.run()
        await session.engine.send(PutScene(scene=SECOND))
        await session.engine.send(Privacy(is_on=True))
        await asyncio.to_thread(
            wait_until,
            lambda: len(kept_studio(studio_file).scenes) == 2 and is_kept_private(studio_file),
            what="the scene and the privacy on disk",
            timeout_s=PATIENCE_S,
        )
        drag = asyncio.gather(
            *(session.engine.send(SetPortraitWindow(position=step / 200)) for step in range(200)),
            return_exceptions=True,
        )
        await session.until(lambda: session.studio.portrait_window not in {0.0, 0.5})
        session.kill()
        await drag
        assert kept_studio(studio_file).scene("second") == SECOND
        await session.until(lambda: len(session.of_kind(PrivacyChanged)) == 2)
        await session.engine.aclose()
        assert session.studio == kept_studio(studio_file)
        assert session.of_kind(PrivacyChanged) == [PrivacyChanged(is_on=True)] * 2

    asyncio.run(test())


def test_lines_that_are_no_commands_are_refused_and_the_engine_goes_on(
    studio_file: KeptFile[KeptStudio],
) -> None:
    async def test() -> None:
        session = Session()
        await session.run()
        process = session.engine._process
        assert process is not None
        assert process.stdin is not None
        lines = [
            b"nonsense",
            b"[" * 50_000,
            b" " * 2_000_000,
            b'{"type":"start","config":{"publish":{"key":"%s"}}}',
        ]
        for line in lines:
            process.stdin.write(line.replace(b"%s", KEY.encode()) + b"\n")
        await session.until(lambda: len(session.of_kind(Refused)) == len(lines))
        await session.engine.send(SetPortraitWindow(position=0.25))
        await session.engine.aclose()
        assert KEY not in repr(session.reports)
        assert isinstance(session.reports[-1], Stopped)
        assert kept_studio(studio_file).portrait_window == 0.25

    asyncio.run(test())


def test_a_damaged_file_is_kept_and_told(studio_file: KeptFile[KeptStudio]) -> None:
    async def test() -> None:
        whole = studio_file.path.read_bytes()
        studio_file.path.write_bytes(whole[: len(whole) // 2])
        session = Session()
        await session.run()
        await session.engine.aclose()
        [notice] = [each for each in session.reports if getattr(each, "code", "") == "not_read"]
        assert "studio.kept-1.json" in str(notice)
        assert studio_file.path.with_name("studio.kept-1.json").read_bytes() == whole[: len(whole) // 2]

    asyncio.run(test())
