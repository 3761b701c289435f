"""Privacy in front of a real engine: it does not wait for what the control thread is doing."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from powerstream_desktop.common.clock import monotonic
from powerstream_desktop.engine.config import EngineConfig
from powerstream_desktop.engine.control.commands import ForceKeyframe, Privacy, Start, Stop
from powerstream_desktop.engine.control.control_loop import ControlLoop
from powerstream_desktop.engine.control.desk_reports import Devices, PrivacyChanged
from powerstream_desktop.engine.control.device_watch import DeviceWatch
from powerstream_desktop.engine.control.inbox import Inbox
from powerstream_desktop.engine.control.reports import EngineReport
from powerstream_desktop.engine.control.user_files import UserFiles
from powerstream_desktop.engine.control.wire import Order
from powerstream_desktop.engine.curtain import Curtain
from powerstream_desktop.engine.engine import Engine
from powerstream_desktop.engine.feed import Feed
from powerstream_desktop.engine.mixer.settings import ChannelSettings, MixerSettings, ToneContent
from powerstream_desktop.engine.mixer.starting_sound import MICROPHONE
from powerstream_desktop.engine.picture import planes_of
from powerstream_desktop.engine.scene.scene import Fit, Layer, Scene
from powerstream_desktop.engine.scene.sources import Colour, ColourContent, Source
from powerstream_desktop.engine.scene.starting_studio import BE_RIGHT_BACK
from powerstream_desktop.engine.scene.studio import Studio
from powerstream_desktop.engine.sound import Samples
from powerstream_desktop.engine.sources.qt_host import QtHost
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.rtmp.flv.file import FLVTag
from tests.e2e.support.waiting import wait_until
from tests.integration.engine.programs import settings
from tests.unit.engine.feeds import FakeOutput, FakeSink

if TYPE_CHECKING:
    import av

PATIENCE_S = 10.0
WHITE_LUMA = 200
"""What is at least as bright is the scene; all that privacy shows is dark in the corner."""
SILENT = 1e-4
"""Amplitude."""
MAX_SLOTS = 2
OFFSET_MS = 500


@dataclass(frozen=True, slots=True)
class Given:
    """What an encoder got for a slot.

    Attributes:
        at_s: monotonic time.
        is_scene: it shows the user's scene.
    """

    slot: int
    at_s: float
    is_scene: bool


class Recorder(FakeOutput):
    """Encodes nothing and remembers what it was to encode."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[Given] = []
        self.loud: list[bool] = []

    def encode_picture(self, frame: av.VideoFrame, slot: int, *, is_key: bool) -> list[FLVTag]:
        is_scene = int(planes_of(frame)[0][0, 0]) >= WHITE_LUMA
        self.given.append(Given(slot, time.monotonic(), is_scene))
        return []

    def encode_sound(self, samples: Samples, position: int) -> list[FLVTag]:
        self.loud.append(bool(np.abs(samples).max(initial=0.0) > SILENT))
        return []


class BusyEngine(Engine):
    """One that forces a key frame for as long as it likes: what is slow in a real one is sometimes quick."""

    busy: threading.Event
    may_go_on: threading.Event

    def force_keyframe(self) -> None:
        self.busy.set()
        self.may_go_on.wait(PATIENCE_S)


class NoDevices:
    def look(self) -> Devices:
        return Devices()

    def rest(self) -> None:
        """Nothing to let go of."""


class Running:
    """An engine under command in this very process, a white scene with a tone."""

    def __init__(self, folder: Path, *, delay_ms: int) -> None:
        self.inbox = Inbox(Curtain())
        self.reports: list[EngineReport] = []
        self.output = Recorder()
        self.busy, self.may_go_on = threading.Event(), threading.Event()
        self._folder = folder
        self._engines: list[BusyEngine] = []
        loop = ControlLoop(
            self.inbox,
            self.reports.append,
            make_engine=self._make,
            files=UserFiles(folder, self.reports.append),
            devices=DeviceWatch(NoDevices(), self.reports.append),
        )
        self._thread = threading.Thread(target=loop.run, name="control")
        self._thread.start()
        sources = (_colour("white", 255), _colour("dark", 20))
        scenes = (_scene("scene", "white"), _scene(BE_RIGHT_BACK, "dark"))
        tones = (
            ChannelSettings(id=MICROPHONE, name="Tone", content=ToneContent(), sync_offset_ms=-delay_ms),
            ChannelSettings(id="other", name="Other", content=ToneContent()),
        )
        config = EngineConfig(
            studio=Studio(sources=sources, scenes=scenes, current="scene"),
            sound=MixerSettings(channels=tones),
            landscape=settings(width=320, height=180, bitrate_kbps=200),
        )
        self.fps = config.fps
        self.inbox.put(Order(Start(config=config), "start"))
        self.until(lambda: any(engine._program is not None for engine in self._engines), "a program")
        program = self._engines[0]._program
        assert program is not None
        feed = Feed(
            Rendition.LANDSCAPE,
            self.output,
            FakeSink(),
            encoder=self.output,
            video_kbps=200,
            stopwatch=time.monotonic,
        )
        program.add([feed])
        self.until(lambda: len(self.output.given) > delay_ms * self.fps // 1000 + 5, "pictures")
        self.until(lambda: self.output.loud[-1:] == [True], "the tone")

    def until(self, reached: Callable[[], object], what: str) -> None:
        wait_until(reached, what=what, timeout_s=PATIENCE_S)

    def close(self) -> None:
        self.may_go_on.set()
        self.inbox.put(Order(Stop()))
        self._thread.join(PATIENCE_S)

    def _make(self, config: EngineConfig) -> BusyEngine:
        engine = BusyEngine(
            config,
            host=QtHost(),
            runtime_folder=self._folder,
            on_report=self.reports.append,
            on_failure=self.inbox.put,
            curtain=self.inbox.curtain,
            clock=monotonic,
        )
        engine.busy, engine.may_go_on = self.busy, self.may_go_on
        self._engines.append(engine)
        return engine


def _colour(source_id: str, level: int) -> Source:
    colour = ColourContent(colour=Colour(level, level, level))
    return Source(id=source_id, name=source_id, content=colour)


def _scene(scene_id: str, source_id: str) -> Scene:
    layer = Layer(id=f"{scene_id}-layer", source=source_id, fit=Fit.STRETCH)
    return Scene(id=scene_id, name=scene_id, layers=(layer,))


@pytest.fixture(params=[0, OFFSET_MS], ids=["prompt", "late-mixer"])
def running(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Running]:
    running = Running(tmp_path, delay_ms=request.param)
    yield running
    running.close()


def test_nothing_more_of_the_scene_goes_out_whatever_else_is_being_done(running: Running) -> None:
    running.inbox.put(Order(ForceKeyframe()))
    assert running.busy.wait(PATIENCE_S)
    given, loud = running.output.given, running.output.loud
    wanted_s, sounds = time.monotonic(), len(loud)
    running.inbox.put(Order(Privacy(is_on=True), "privacy"))
    pictures = len([each for each in given if each.at_s <= wanted_s])
    running.until(lambda: len(given) > pictures + 15, "half a second of privacy")
    shown = [each for each in given if each.is_scene and each.at_s > wanted_s]
    assert len(shown) <= MAX_SLOTS
    assert not any(loud[sounds + MAX_SLOTS :])
    assert not [each for each in running.reports if isinstance(each, PrivacyChanged)], (
        "it is obeyed in its turn"
    )

    running.may_go_on.set()
    running.until(lambda: PrivacyChanged(is_on=True) in running.reports, "privacy")
    hidden = len(given)
    running.until(lambda: len(given) > hidden + 15, "half a second of the scene")
    assert not any(each.is_scene for each in given[pictures + MAX_SLOTS :])
    assert not any(loud[sounds + MAX_SLOTS :])

    running.inbox.put(Order(Privacy(is_on=False)))
    running.until(lambda: given[-1].is_scene and loud[-1], "what was there before")


def test_privacy_on_a_free_engine_hides_within_two_slots(running: Running) -> None:
    given = running.output.given
    wanted_s = time.monotonic()
    running.inbox.put(Order(Privacy(is_on=True)))
    running.until(lambda: len([each for each in given if each.at_s > wanted_s]) > 15, "half a second")
    assert len([each for each in given if each.is_scene and each.at_s > wanted_s]) <= MAX_SLOTS
