"""Turns a BGR picture into the program's planes as a camera process does; arguments: a file to read, one to write."""

from __future__ import annotations

import sys

import numpy as np

from powerstream_desktop.camera.planes import PlaneWriter


def main() -> None:
    source, target = sys.argv[1:]
    bgr = np.load(source)
    height, width = bgr.shape[:2]
    half = ((height + 1) // 2, (width + 1) // 2)
    writer, planes = PlaneWriter(), [np.empty(shape, np.uint8) for shape in ((height, width), half, half)]
    writer.write(bgr[:2, :2], *(np.empty(shape, np.uint8) for shape in ((2, 2), (1, 1), (1, 1))))
    for _ in range(2):  # its buffers hold nothing of the picture before
        writer.write(bgr, *planes)
    np.savez(target, *planes)


if __name__ == "__main__":
    main()
