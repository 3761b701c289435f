"""Draws the program's icon in all sizes: run by the build environment's Python, which has Qt. ``draw_icons.py SVG FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512, 1024)


def main() -> None:
    """Write one PNG per size, named by it."""
    drawing, folder = Path(sys.argv[1]), Path(sys.argv[2])
    application = QGuiApplication(["draw_icons", "-platform", "offscreen"])
    renderer = QSvgRenderer(str(drawing))
    if not renderer.isValid():
        raise SystemExit(f"{drawing} cannot be drawn.")
    folder.mkdir(parents=True, exist_ok=True)
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        if not image.save(str(folder / f"{size}.png")):
            raise SystemExit(f"{folder / f'{size}.png'} cannot be written.")
    application.quit()


if __name__ == "__main__":
    main()
