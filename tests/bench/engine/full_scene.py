"""The studio of a creator at work: screen, camera in a corner, a logo with alpha, a clock; and what they need on the disk."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from powerstream_desktop.engine.mixer.settings import ChannelSettings, MixerSettings, ToneContent
from powerstream_desktop.engine.scene.scene import Fit, Layer, Place, Scene
from powerstream_desktop.engine.scene.sources import (
    CameraContent,
    ImageContent,
    ScreenContent,
    Source,
    SourceContent,
    TestPictureContent,
    TextContent,
    TextKind,
)
from powerstream_desktop.engine.scene.studio import Studio

CAMERA_SIZE: Final = (1280, 720)
CAMERA_FPS: Final = 30
LOGO_SIZE: Final = (320, 160)
FILM_S: Final = 10

SCREEN_LAYER: Final = Layer(id="screen-layer", source="screen")
CAMERA_LAYER: Final = Layer(
    id="camera-layer", source="camera", fit=Fit.FILL, place=Place(x=0.73, y=0.70, width=0.25, height=0.25)
)
LOGO_LAYER: Final = Layer(
    id="logo-layer", source="logo", place=Place(x=0.80, y=0.04, width=0.17, height=0.15)
)
CLOCK_LAYER: Final = Layer(
    id="clock-layer", source="clock", place=Place(x=0.03, y=0.10, width=0.3, height=0.1)
)
PULSE_LAYER: Final = Layer(
    id="pulse-layer", source="pulse", place=Place(x=0.02, y=0.45, width=0.5, height=0.5)
)
CLOCK: Final = TextContent(text="%H:%M:%S", kind=TextKind.CLOCK, outline=0.1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Props:
    """Files that the scene shows.

    Attributes:
        film: what the camera sees, played as if it were one.
        logo: a PNG with alpha: a disc with a soft edge.
    """

    film: Path
    logo: Path


def make_props(folder: Path) -> Props:
    """Make the files, a few seconds of work."""
    props = Props(film=folder / "camera.mp4", logo=make_logo(folder))
    picture = f"testsrc2=s={CAMERA_SIZE[0]}x{CAMERA_SIZE[1]}:r={CAMERA_FPS},noise=alls=12:allf=t"
    encode = ["-t", str(FILM_S), "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
    _ffmpeg(picture, *encode, "-g", str(CAMERA_FPS), "-b:v", "6M", str(props.film))
    return props


def make_logo(folder: Path) -> Path:
    """Draw the logo."""
    logo = folder / "logo.png"
    width, height = LOGO_SIZE
    alpha = f"255*clip((1-hypot(2*X/{width}-1,2*Y/{height}-1))*8,0,1)"
    picture = (
        f"color=0xDC3C28:s={width}x{height},format=rgba,geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='{alpha}'"
    )
    _ffmpeg(picture, "-frames:v", "1", str(logo))
    return logo


def full_studio(props: Props, display: str, *, with_pulse: bool) -> Studio:
    """Return the studio.

    Args:
        props: files.
        display: of the X server.
        with_pulse: with the test picture in front, whose flash tells together with ``pulse_sound`` how far picture and
            sound are apart.
    """
    contents: dict[str, SourceContent] = {
        "screen": ScreenContent(display=display),
        "camera": CameraContent(device=str(props.film)),
        "logo": ImageContent(path=props.logo),
        "clock": CLOCK,
        "pulse": TestPictureContent(),
    }
    layers = (SCREEN_LAYER, CAMERA_LAYER, LOGO_LAYER, CLOCK_LAYER, *([PULSE_LAYER] if with_pulse else []))
    return Studio(
        sources=tuple(Source(id=name, name=name, content=content) for name, content in contents.items()),
        scenes=(Scene(id="full", name="Full", layers=layers),),
        current="full",
    )


def pulse_sound() -> MixerSettings:
    """Return the sound of the test picture."""
    return MixerSettings(channels=(ChannelSettings(id="tone", name="Tone", content=ToneContent()),))


def _ffmpeg(picture: str, *output: str) -> None:
    command = ["ffmpeg", "-hide_banner", "-nostdin", "-v", "error", "-f", "lavfi", "-i", picture, *output]
    subprocess.run(command, check=True)
