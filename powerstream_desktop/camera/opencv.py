"""The one place that loads OpenCV: quietly, on one thread, and without a trace in the environment.

On import, OpenCV's wheel changes the library path (style_ecosystem.md 0.4), and one with windows of its own points Qt at its own
plugins; it also reads what it may say from the environment. What it prints could hold the address of a camera with its password.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

_QUIET: Final = {
    "OPENCV_LOG_LEVEL": "SILENT",
    "OPENCV_FFMPEG_LOGLEVEL": "-8",
    "OPENCV_VIDEOIO_DEBUG": "0",
}


@contextmanager
def environment(changes: Mapping[str, str]) -> Iterator[None]:
    """Change the environment, which OpenCV takes some of its options from, and put it back as it was."""
    before = dict(os.environ)
    os.environ.update(changes)
    try:
        yield
    finally:
        for name in set(os.environ) - set(before):
            del os.environ[name]
        os.environ.update(before)


with environment(_QUIET):
    import cv2

# One picture is converted in a millisecond; a pool of threads would only cost more of the processor.
cv2.setNumThreads(1)


@contextmanager
def opening_options(changes: Mapping[str, str]) -> Iterator[None]:
    """Hold options for as long as a capture is opened; FFmpeg stays quiet, too."""
    with environment({**_QUIET, **changes}):
        yield


__all__ = ["cv2", "environment", "opening_options"]
