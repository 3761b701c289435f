"""Sources that do what a test says, and studios made of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.engine.picture import Picture
from powerstream_desktop.engine.scene.scene import Fit, Layer, Scene
from powerstream_desktop.engine.scene.sources import (
    CameraContent,
    Colour,
    ColourContent,
    Source,
    SourceContent,
)
from powerstream_desktop.engine.scene.studio import CUT, Studio, Transition
from powerstream_desktop.engine.sound import Samples, silence
from powerstream_desktop.engine.sources.port import Capabilities, SceneSource, SourceEvents
from tests.unit.engine.sources.captures import grey

if TYPE_CHECKING:
    import av


class FakeSource:
    """A grey picture of its own size.

    Attributes:
        failure: what ``open`` raises; ``None`` to succeed.
        may_open: ``open`` waits for it.
        calls: what was done with it, in order.
        name: what it was called last.
    """

    label = "fake"

    def __init__(self, level: int = 50, **capabilities: bool) -> None:
        self.failure: PowerStreamError | None = None
        self.may_open = threading.Event()
        self.may_open.set()
        self.calls: list[str] = []
        self.name = ""
        self.closed = threading.Event()
        self.opened = threading.Event()
        self.level = level
        self.delivered = 1
        self.asked: list[float] = []
        self.is_broken = False
        self._capabilities = capabilities
        self._frame = grey(level)
        self.due_s: float | None = None

    @property
    def capabilities(self) -> Capabilities:
        return Capabilities(**self._capabilities)

    def open(self) -> None:
        self.calls.append("open")
        self.may_open.wait(10)
        if self.failure is not None:
            raise self.failure
        self.opened.set()

    def start(self, epoch_s: float) -> None:
        self.calls.append(f"start {epoch_s:g}")

    def show_at(self, width: int, height: int) -> None:
        self.calls.append(f"show_at {width}x{height}")

    def rename(self, name: str) -> None:
        self.name = name

    def picture_at(self, time_s: float) -> Picture:
        if self.is_broken:
            raise RuntimeError("a bug")
        self.asked.append(time_s)
        return Picture(self._frame, self.delivered, due_s=self.due_s)

    def close(self) -> None:
        self.calls.append("close")
        self.may_open.set()
        self.closed.set()

    def show(self, frame: av.VideoFrame, due_s: float | None = None) -> None:
        self._frame = frame
        self.due_s = due_s
        self.delivered += 1


class FakeFile(FakeSource):
    """One that can be heard and begun anew.

    Attributes:
        may_restart: ``restart`` waits for it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.may_restart = threading.Event()
        self.may_restart.set()

    def read_sound(self, position: int, count: int) -> Samples:
        return silence(count) + 0.5

    def restart(self) -> None:
        self.may_restart.wait(10)
        if self.failure is not None:
            raise self.failure
        self.calls.append("restart")


class Makers:
    """Makes fakes and keeps them, by the id of the source."""

    def __init__(self, prepare: Callable[[FakeSource], None] = lambda _fake: None) -> None:
        self.made: dict[str, list[FakeSource]] = {}
        self.kinds: Mapping[str, type[FakeSource]] = {}
        self.prepare = prepare

    def __call__(self, source: Source, events: SourceEvents) -> SceneSource:
        fake = self.kinds.get(source.id, FakeSource)()
        self.prepare(fake)
        self.made.setdefault(source.id, []).append(fake)
        return fake

    def only(self, source_id: str) -> FakeSource:
        [fake] = self.made[source_id]
        return fake


def colour_source(source_id: str, level: int = 0) -> Source:
    return Source(id=source_id, name=source_id, content=ColourContent(colour=Colour(level, level, level)))


def camera_source(source_id: str) -> Source:
    return Source(id=source_id, name=source_id, content=CameraContent(device="usb-1"))


def source(source_id: str, content: SourceContent) -> Source:
    return Source(id=source_id, name=source_id, content=content)


def scene(scene_id: str, *source_ids: str, portrait: tuple[Layer, ...] | None = None) -> Scene:
    layers = tuple(
        Layer(id=f"{scene_id}-{number}", source=each, fit=Fit.STRETCH)
        for number, each in enumerate(source_ids)
    )
    return Scene(id=scene_id, name=scene_id, layers=layers, portrait=portrait)


def studio(
    *scenes: Scene, sources: tuple[Source, ...], current: str = "", transition: Transition = CUT
) -> Studio:
    return Studio(sources=sources, scenes=scenes, current=current or scenes[0].id, transition=transition)


def wait_for(reached: Callable[[], bool]) -> None:
    """Wait for what another thread does."""
    pause = threading.Event()
    for _ in range(1000):
        if reached():
            return
        pause.wait(0.01)
    raise AssertionError("it never came")
