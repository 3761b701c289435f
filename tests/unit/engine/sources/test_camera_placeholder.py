from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from powerstream_desktop.engine.scene.sources import CameraContent
from powerstream_desktop.engine.sources.camera import CameraSource
from powerstream_desktop.engine.sources.placeholder import placeholder
from powerstream_desktop.engine.sources.port import SourceEvents
from tests.unit.engine.sources.captures import ignore

if TYPE_CHECKING:
    import av


def test_the_placeholder_of_a_camera_has_the_name_that_it_has_now(tmp_path: Path) -> None:
    drawn: list[str] = []

    def draw(width: int, height: int, name: str, words: str) -> av.VideoFrame:
        drawn.append(name)
        return placeholder(width, height, name, words)

    camera = CameraSource(
        CameraContent(device="usb-1"),
        source_id="camera",
        name="Camera",
        ring_folder=tmp_path,
        fps=30,
        events=SourceEvents(on_loss=ignore, on_frozen=ignore),
        draw_placeholder=draw,
    )
    pictures = [camera.picture_at(0.0), camera.picture_at(0.1)]
    camera.rename("Desk")
    pictures += [camera.picture_at(0.2), camera.picture_at(0.3)]
    assert drawn == ["Camera", "Desk"]
    assert [picture.serial for picture in pictures] == [1, 1, 2, 2]
