from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.engine.sources.image_file import read_image
from powerstream_desktop.engine.sources.qt_images import frame_of_image
from tests.unit.engine.sources.qt_application import host_with_application

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" {more} viewBox="0 0 20 10">{body}</svg>'
RED_LEFT = '<rect width="10" height="10" fill="#ff0000"/>'


@pytest.fixture(autouse=True)
def _application() -> None:
    host_with_application()


def png(width: int, height: int, pixel: bytes = b"\x10\x20\x30\x80", *, honest: bool = True) -> bytes:
    """Make an RGBA file; one that is not honest claims its size and holds nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + pixel * width) * height if honest else b""
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def read(
    path: Path, data: bytes | str, shown: tuple[int, int] = (0, 0)
) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    frame = frame_of_image(read_image(path, shown_width=shown[0], shown_height=shown[1]))
    return np.asarray(frame.to_ndarray(format="rgba"), np.uint8)


def save(path: Path, size: tuple[int, int] = (40, 20)) -> Path:
    """Have Qt write a picture whose left half is red and whose right half is blue, in the format of its ending."""
    from PySide6.QtGui import QColor, QImage

    image = QImage(*size, QImage.Format.Format_RGB888)
    image.fill(QColor(0, 0, 255))
    for x in range(size[0] // 2):
        for y in range(size[1]):
            image.setPixelColor(x, y, QColor(255, 0, 0))
    assert image.save(str(path))
    return path


def test_a_png_keeps_its_alpha_straight(tmp_path: Path) -> None:
    pixels = read(tmp_path / "a.png", png(3, 2))
    assert pixels.shape == (2, 3, 4)
    assert (pixels == (0x10, 0x20, 0x30, 0x80)).all()


def test_a_png_that_is_opaque_everywhere_is_treated_as_opaque(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png(3, 2, b"\x10\x20\x30\xff"))
    frame = frame_of_image(read_image(tmp_path / "a.png", shown_width=0, shown_height=0))
    assert frame.format.name == "rgb24"


@pytest.mark.parametrize("kind", ["jpg", "png", "webp"])
def test_common_formats_are_read_by_their_content(tmp_path: Path, kind: str) -> None:
    data = save(tmp_path / f"a.{kind}").read_bytes()
    pixels = read(tmp_path / "misnamed.dat", data)
    assert pixels.shape[:2] == (20, 40)
    assert np.abs(pixels[10, 5].astype(int) - (255, 0, 0, 255)).max() < 20
    assert np.abs(pixels[10, 35].astype(int) - (0, 0, 255, 255)).max() < 20


def test_a_jpeg_is_turned_as_its_camera_was_held(tmp_path: Path) -> None:
    plain = save(tmp_path / "a.jpg").read_bytes()
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01" + struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0) + b"\0\0\0\0"
    turned = plain[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + plain[2:]
    pixels = read(tmp_path / "b.jpg", turned)
    assert pixels.shape[:2] == (40, 20)
    assert pixels[2, 10, 0] > 200  # what was left is on top
    assert pixels[38, 10, 2] > 200


def test_an_svg_fills_its_place_in_its_own_shape(tmp_path: Path) -> None:
    drawing = SQUARE.format(more="", body=RED_LEFT)
    pixels = read(tmp_path / "a.svg", drawing, shown=(400, 400))
    assert pixels.shape[:2] == (200, 400)
    assert (pixels[100, 150] == (255, 0, 0, 255)).all()
    assert pixels[100, 250, 3] == 0
    assert read(tmp_path / "a.svg", drawing).shape[:2] == (10, 20)


@pytest.mark.parametrize(
    "body",
    [
        '<image href="http://127.0.0.1:9/a.png" width="1" height="1"/>',
        '<image xmlns:x="http://www.w3.org/1999/xlink" x:href="file:///etc/hostname" width="1" height="1"/>',
        '<image href=" secret.png" width="1" height="1"/>',
        '<use href="other.svg#part"/>',
        '<image href="data:image/svg+xml;base64,AAAA" width="1" height="1"/>',
    ],
)
def test_an_svg_that_refers_to_other_files_is_refused(tmp_path: Path, body: str) -> None:
    with pytest.raises(UserError, match="refers to other files"):
        read(tmp_path / "a.svg", SQUARE.format(more="", body=body))


def test_an_svg_may_refer_to_itself_and_hold_pictures(tmp_path: Path) -> None:
    body = f'<g id="part">{RED_LEFT}</g><use href="#part" x="10"/>'
    assert (read(tmp_path / "a.svg", SQUARE.format(more="", body=body))[5, 15] == (255, 0, 0, 255)).all()


def test_an_svg_of_entities_within_entities_is_refused(tmp_path: Path) -> None:
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(12))
    bomb = f'<!DOCTYPE svg [<!ENTITY e0 "ha">{entities}]>' + SQUARE.format(more="", body="<text>&e12;</text>")
    with pytest.raises(UserError, match="damaged"):
        read(tmp_path / "a.svg", bomb)


@pytest.mark.parametrize("data", [b"", b"not an image", png(30, 20)[:60], b"GIF89a", b"\xff\xd8\xff\xe0"])
@pytest.mark.parametrize("name", ["a.png", "a.svg"])
def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path, name: str, data: bytes) -> None:
    with pytest.raises(UserError, match="not an image, or it is damaged"):
        read(tmp_path / name, data)


def test_a_small_file_that_claims_to_be_huge_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="too large: 60000x60000"):
        read(tmp_path / "bomb.png", png(60_000, 60_000, honest=False))


def test_a_file_that_is_none_is_named(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "none.png", "There is no image 'none.png'"), (tmp_path, "is a folder")):
        with pytest.raises(UserError, match=words):
            read_image(path, shown_width=0, shown_height=0)


def test_pixels_are_copied_while_qt_still_holds_them() -> None:
    from PySide6.QtGui import QColor, QImage

    for level in range(0, 250, 5):
        image = QImage(64, 32, QImage.Format.Format_RGB32)
        image.fill(QColor(level, 255 - level, 7))
        assert (frame_of_image(image).to_ndarray(format="rgb24") == (level, 255 - level, 7)).all()
