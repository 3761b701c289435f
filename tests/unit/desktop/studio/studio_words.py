"""A studio as the API tells it, for tests."""

from __future__ import annotations

import dataclasses
from typing import Any

from powerstream_desktop.client.computer import Devices
from powerstream_desktop.client.reading import read_answer
from powerstream_desktop.client.studio import EngineStatus, StudioStatus
from powerstream_desktop.desktop.outlook.feed import OutlookFeed
from powerstream_desktop.desktop.outlook.outlook import ServiceState
from powerstream_desktop.desktop.studio.scenery.box import Box
from powerstream_desktop.desktop.studio.scenery.shown import ShownLayer, ShownStudio

SCREEN = {"type": "screen", "display": "", "cursor": True}
CAMERA = {"type": "camera", "device": "usb:1", "width": 0, "height": 0, "fps": 0}
NIGHT = {"type": "colour", "colour": {"red": 18, "green": 20, "blue": 28, "alpha": 255}}


def layer_words(layer_id: str, source: str, **values: Any) -> dict[str, Any]:
    """Return a layer over the whole canvas."""
    return {
        "id": layer_id,
        "source": source,
        "place": {"x": 0.0, "y": 0.0, "width": 1.0, "height": 1.0},
        "crop": {"left": 0.0, "top": 0.0, "right": 0.0, "bottom": 0.0},
        "fit": "whole",
        "opacity": 1.0,
        "visible": True,
        "locked": False,
        **values,
    }


def studio_words(**values: Any) -> dict[str, Any]:
    """Return a studio of three scenes; "Screen + camera" is on, with the camera in a corner."""
    corner = {"x": 0.7, "y": 0.7, "width": 0.25, "height": 0.25}
    return {
        "sources": [
            {"id": "screen", "name": "Screen", "content": SCREEN},
            {"id": "camera", "name": "Camera", "content": CAMERA},
            {"id": "night", "name": "Night", "content": NIGHT},
        ],
        "scenes": [
            {
                "id": "soon",
                "name": "Starting soon",
                "layers": [layer_words("l-soon", "night")],
                "portrait": None,
            },
            {
                "id": "both",
                "name": "Screen + camera",
                "layers": [
                    layer_words("l-screen", "screen"),
                    layer_words("l-camera", "camera", place=corner),
                ],
                "portrait": None,
            },
            {
                "id": "back",
                "name": "Be right back",
                "layers": [layer_words("l-back", "night")],
                "portrait": None,
            },
        ],
        "current": "both",
        "transition": {"kind": "cut", "durationMs": 300},
        "portraitWindow": 0.5,
        **values,
    }


def a_studio(**values: Any) -> ShownStudio:
    """Return the same as a value."""
    return read_answer(ShownStudio, studio_words(**values), "studio")


def a_layer(place: Box | None = None, **values: Any) -> ShownLayer:
    """Return a layer in the middle of the canvas."""
    box = place or Box(x=0.25, y=0.25, width=0.5, height=0.5)
    return ShownLayer(words={}, id="layer", source="source", place=box, **values)


def engine_words(state: str = "running", **values: Any) -> dict[str, Any]:
    """Return how an engine's process stands."""
    return {
        "state": state, "starts": 1, "isComingBack": False, "failure": None, "stats": None, "troubles": [], **values,
    }  # fmt: skip


def an_engine(state: str = "running", **values: Any) -> EngineStatus:
    """Return the same as a value."""
    return read_answer(EngineStatus, engine_words(state, **values), "engine")


def a_status(studio: dict[str, Any] | None = None, **values: Any) -> StudioStatus:
    """Return what the service says of the studio."""
    words = {
        "engine": engine_words(),
        "studio": studio_words() if studio is None else studio,
        "sound": None,
        "canUndo": False,
        "canRedo": False,
        "isPrivate": False,
        "levels": None,
        "preview": None,
        **values,
    }
    return read_answer(StudioStatus, words, "studio")


def tell(feed: OutlookFeed, status: StudioStatus | None = None, engine: EngineStatus | None = None) -> None:
    """Have a feed tell a studio, of a service that is there."""
    feed.replace(
        dataclasses.replace(
            feed.now,
            service=ServiceState.THERE,
            studio=status if status is not None else a_status(),
            engine=engine if engine is not None else an_engine(),
        )
    )


def devices(**values: Any) -> Devices:
    """Return a computer with a screen, a window and two cameras."""
    found: dict[str, Any] = {
        "screens": ({"name": "HDMI-1", "x": 0, "y": 0, "width": 1920, "height": 1080},),
        "windows": ({"id": "1", "title": "Notes"},),
        "cameras": ({"id": "usb:1", "name": "Webcam C270"}, {"id": "usb:2", "name": "Capture card"}),
    }
    return Devices(words={}, **{**found, **values})


class StudioClient:
    """Stands in for the client: notes what the studio is asked for.

    Attributes:
        asked: paths and bodies, in their order.
        refusal: raised instead of obeying, when there is one.
    """

    def __init__(self) -> None:
        self.studio = self
        self.computer = self
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.watched: list[tuple[int, int]] = []
        self.refusal: Exception | None = None
        self.found: Any = None

    def obey(self, path: str, command: Any, *, is_repeatable: bool = False) -> None:
        """See ``client.studio.Studio``."""
        if self.refusal is not None:
            raise self.refusal
        self.asked.append((path, dict(command)))

    def watch_preview(self, width: int, height: int, fps: int = 30) -> None:
        """See ``client.studio.Studio``."""
        if self.refusal is not None:
            raise self.refusal
        self.watched.append((width, height))

    def devices(self) -> Any:
        """See ``client.computer.Computer``."""
        if self.refusal is not None:
            raise self.refusal
        return self.found
