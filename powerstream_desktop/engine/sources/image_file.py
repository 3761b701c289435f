"""Reading image files by Qt, within limits: what is too large, damaged, or wants to fetch something else is refused.

PNG, JPEG (turned as its camera was held), WebP, GIF (its first picture) and SVG, which is drawn at the size it is shown at.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from powerstream_desktop.common.errors import PowerStreamError, SystemFault, UserError

if TYPE_CHECKING:
    from PySide6.QtCore import QBuffer
    from PySide6.QtGui import QImage
    from PySide6.QtSvg import QSvgRenderer

MOST_PIXELS: Final = 64_000_000
MOST_BYTES: Final = 128_000_000
MOST_SVG_BYTES: Final = 8_000_000
_FORMATS: Final = frozenset({"png", "jpeg", "jpg", "webp", "gif"})
_REFERRING: Final = frozenset({"image", "feImage", "use"})


def read_image(path: Path, *, shown_width: int, shown_height: int) -> QImage:
    """Read a file.

    Args:
        path: of the file; SVG is known by its ending ``.svg``.
        shown_width: at which an SVG is to be drawn, in pixels, the largest it may fill; 0 for its own.
        shown_height: likewise.

    Raises:
        UserError: there is none, it is no image, damaged, too large, or refers to other files.
        SystemFault: it cannot be read.
    """
    data = _read(path)
    if path.suffix.lower() == ".svg":
        return _draw_svg(data, path, shown_width, shown_height)
    return _decode(data, path)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UserError(f"The image {path.name!r} is too large.", hint="Use one below 128 MB.")
        return path.read_bytes()
    except OSError as error:
        raise _file_error(error, path) from error


def _file_error(error: OSError, path: Path) -> PowerStreamError:
    detail = f"{type(error).__name__}: {error}"
    if isinstance(error, FileNotFoundError):
        return UserError(f"There is no image {path.name!r}.", hint="Check the path.", detail=detail)
    if isinstance(error, IsADirectoryError):
        return UserError(f"{path.name!r} is a folder, not an image.", detail=detail)
    if isinstance(error, PermissionError):
        return UserError(f"The image {path.name!r} may not be read by this user.", detail=detail)
    return SystemFault(f"The image {path.name!r} could not be read.", detail=detail)


def _decode(data: bytes, path: Path) -> QImage:
    from PySide6.QtGui import QImageReader

    memory = _in_memory(data)
    reader = QImageReader(memory)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    if bytes(reader.format().data()).decode("ascii", "replace") not in _FORMATS:
        raise _damaged(path)
    size = reader.size()
    _check_size(size.width(), size.height(), path)
    image = reader.read()
    if image.isNull():
        raise _damaged(path, reader.errorString())
    return image


def _draw_svg(data: bytes, path: Path, shown_width: int, shown_height: int) -> QImage:
    from PySide6.QtCore import QByteArray, QRectF, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    if len(data) > MOST_SVG_BYTES:
        raise UserError(f"The image {path.name!r} is too large.", hint="Use an SVG below 8 MB.")
    _check_references(data, path)
    renderer = QSvgRenderer(QByteArray(data))
    if not renderer.isValid():
        raise _damaged(path)
    width, height = _svg_size(renderer, shown_width, shown_height)
    _check_size(width, height, path)
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    try:
        renderer.render(painter, QRectF(0, 0, width, height))
    finally:
        painter.end()
    return image


def _svg_size(renderer: QSvgRenderer, shown_width: int, shown_height: int) -> tuple[int, int]:
    """Return the size at which a drawing of this shape fills its place without leaving it."""
    size = renderer.viewBoxF().size() if renderer.viewBoxF().isValid() else renderer.defaultSize().toSizeF()
    own_width, own_height = max(1.0, size.width()), max(1.0, size.height())
    scale = 1.0
    if shown_width and shown_height:
        scale = min(shown_width / own_width, shown_height / own_height)
    return max(1, round(own_width * scale)), max(1, round(own_height * scale))


def _in_memory(data: bytes) -> QBuffer:
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice

    memory = QBuffer()
    memory.setData(QByteArray(data))
    memory.open(QIODevice.OpenModeFlag.ReadOnly)
    return memory


def _check_references(data: bytes, path: Path) -> None:
    """Refuse a drawing that refers to other files; read by the parser that will draw it, so that both see the same."""
    from PySide6.QtCore import QXmlStreamReader

    memory = _in_memory(data)
    reader = QXmlStreamReader(memory)
    while not reader.atEnd():
        reader.readNext()
        if not reader.isStartElement() or str(reader.name()) not in _REFERRING:
            continue
        attributes = reader.attributes()
        for attribute in (attributes.at(number) for number in range(attributes.size())):
            target = str(attribute.value()).strip().lower()
            if str(attribute.name()) == "href" and not _is_inside(target):
                raise UserError(
                    f"The image {path.name!r} refers to other files, which are never fetched.",
                    hint="Embed them in the SVG, or export it as PNG.",
                )
    if reader.hasError():
        raise _damaged(path, reader.errorString())


def _is_inside(target: str) -> bool:
    """Tell whether a reference stays in its file; an SVG inside an SVG could refer to others again."""
    return target.startswith("#") or (
        target.startswith("data:image/") and not target.startswith("data:image/svg")
    )


def _check_size(width: int, height: int, path: Path) -> None:
    if width <= 0 or height <= 0:
        raise _damaged(path)
    if width * height > MOST_PIXELS:
        raise UserError(
            f"The image {path.name!r} is too large: {width}x{height} pixels.",
            hint="Use one of at most 64 million pixels.",
        )


def _damaged(path: Path, detail: str = "") -> PowerStreamError:
    return UserError(
        f"The file {path.name!r} is not an image, or it is damaged.",
        hint="Use a PNG, JPEG, WebP, GIF or SVG file.",
        detail=detail,
    )
