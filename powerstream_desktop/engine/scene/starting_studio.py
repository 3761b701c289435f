"""What a new user finds: three scenes that a broadcast needs, ready to go live with."""

from __future__ import annotations

from powerstream_desktop.engine.scene.scene import Fit, Layer, Place, Scene
from powerstream_desktop.engine.scene.sources import (
    CameraContent,
    Colour,
    ColourContent,
    ScreenContent,
    Source,
    TextContent,
    TextKind,
)
from powerstream_desktop.engine.scene.studio import Studio

NIGHT = Colour(18, 20, 28)

STARTING_SOON = "starting-soon"
BE_RIGHT_BACK = "be-right-back"
SCREEN_AND_CAMERA = "screen-and-camera"


def starting_studio() -> Studio:
    """Return the studio of the first start; "Screen + camera" is on."""
    sources = (
        Source(id="background", name="Background", content=ColourContent(colour=NIGHT)),
        Source(id="starting-text", name="Starting soon", content=TextContent(text="Starting soon")),
        Source(id="clock", name="Clock", content=TextContent(text="%H:%M", kind=TextKind.CLOCK, size=0.05)),
        Source(id="back-text", name="Be right back", content=TextContent(text="Be right back")),
        Source(id="screen", name="Screen", content=ScreenContent()),
        Source(id="camera", name="Camera", content=CameraContent(device="")),
    )
    scenes = (
        Scene(
            id=STARTING_SOON,
            name="Starting soon",
            layers=(
                _background("starting-background"),
                Layer(id="starting-words", source="starting-text", place=_LINE),
                Layer(id="starting-clock", source="clock", place=_BELOW),
            ),
        ),
        Scene(
            id=SCREEN_AND_CAMERA,
            name="Screen + camera",
            layers=(
                Layer(id="whole-screen", source="screen"),
                Layer(
                    id="camera-corner",
                    source="camera",
                    fit=Fit.FILL,
                    place=Place(x=0.73, y=0.70, width=0.25, height=0.25),
                ),
            ),
        ),
        Scene(
            id=BE_RIGHT_BACK,
            name="Be right back",
            layers=(
                _background("back-background"),
                Layer(id="back-words", source="back-text", place=_LINE),
            ),
        ),
    )
    return Studio(sources=sources, scenes=scenes, current=SCREEN_AND_CAMERA)


_LINE = Place(x=0.1, y=0.42, width=0.8, height=0.16)
_BELOW = Place(x=0.1, y=0.60, width=0.8, height=0.08)


def _background(layer_id: str) -> Layer:
    return Layer(id=layer_id, source="background", fit=Fit.STRETCH)
