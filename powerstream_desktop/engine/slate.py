"""The slate: what viewers see while the engine is away (DESIGN 5). Made beforehand, for a dead engine makes nothing.

One group of pictures of two seconds, to be shown in a loop, encoded exactly as the program is, so that a platform's decoder
goes over to it and back without new settings. It holds no sound; whoever shows it makes silence in the stream's own codec.

The maker's thread starts once the program runs, has a low priority and rests between pictures: the program comes first. But it is
an overloaded computer whose engine dies, so there, too, the slate must be made before long.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.whole_file import replace_file
from powerstream_desktop.engine.feed import FeedOutput
from powerstream_desktop.engine.ink import Rect, bt709, fill
from powerstream_desktop.engine.lettering import CELL_HEIGHT, CELL_WIDTH, draw_words, words_rect
from powerstream_desktop.engine.picture import blank_frame, planes_of
from powerstream_desktop.engine.video_settings import KEYFRAME_INTERVAL_S, VideoSettings
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.rtmp.flv.file import FLVTag, FLVWriter
from powerstream_desktop.rtmp.messages import MessageType

if TYPE_CHECKING:
    import av

log = logging.getLogger(__name__)

WORDS: Final = "Be right back"
_FILE_NAMES: Final[Mapping[Rendition, str]] = {
    Rendition.LANDSCAPE: "slate.flv",
    Rendition.PORTRAIT: "slate_portrait.flv",
}
AFTER_S: Final = 2.0
"""From the program's start to the slate's: whatever the start costs is over."""
REST: Final = 3.0
"""Rest after each picture, in times of the processor time that it cost this thread. Some encoders work on threads of their own, so
it is also at least as long as the picture took, up to a slot."""
CLOSE_S: Final = 2.0
_NICENESS: Final = 10
"""A tenth of the program's weight where both want the processor; with the lowest of all a slate took a minute."""

_BACKGROUND: Final = bt709(14, 17, 24)
_INK: Final = bt709(226, 230, 238)
_RAIL: Final = bt709(38, 44, 56)
_RUNNER: Final = bt709(92, 124, 250)


class SlateDrawing:
    """Draws the slate's pictures: calm and dark, the words, and a thin bar that runs below them to show that nothing is frozen.

    Args:
        width: of the program in pixels.
        height: of the program in pixels.
    """

    def __init__(self, width: int, height: int) -> None:
        self._width = width
        self._height = height
        self._still = blank_frame(width, height)
        self.rail = Rect(width // 5, height // 2 + height // 18, width * 3 // 5, max(2, height // 180))
        planes = planes_of(self._still)
        fill(planes, Rect(0, 0, width, height), _BACKGROUND)
        fill(planes, self.rail, _RAIL)
        square = self.rail.width // (len(WORDS) * CELL_WIDTH) // 2 * 2
        if square:  # there is room
            top = height // 2 - CELL_HEIGHT * square
            draw_words(planes, WORDS, words_rect(WORDS, square, centre_x=width // 2, top=top), square, _INK)

    def picture_at(self, share: float) -> av.VideoFrame:
        """Draw the picture at a share of the loop, 0 to 1: the bar runs there and back."""
        frame = blank_frame(self._width, self._height)
        planes = planes_of(frame)
        for plane, still in zip(planes, planes_of(self._still), strict=True):
            plane[:] = still
        runner = self.rail.width // 6
        x = self.rail.x + round((1 - abs(1 - 2 * share)) * (self.rail.width - runner))
        fill(planes, Rect(x, self.rail.y, runner, self.rail.height), _RUNNER)
        return frame


class SlateMaker:
    """Makes the slate in the background and leaves it as a file, which is there as a whole or not at all.

    Args:
        settings: of the rendition.
        path: of the file.
        open_output: opens the very encoder that the rendition has.
        on_ready: told the file's path, on the maker's thread; must not block.
        clock: monotonic seconds.
        processor: seconds of processor time that the calling thread has had.
        after_s: how long the program is left alone first.
    """

    def __init__(
        self,
        settings: VideoSettings,
        path: Path,
        open_output: Callable[[], FeedOutput],
        on_ready: Callable[[Path], None],
        *,
        clock: Clock = monotonic,
        processor: Clock = time.thread_time,
        after_s: float = AFTER_S,
    ) -> None:
        self._settings = settings
        self._path = path
        self._open_output = open_output
        self._on_ready = on_ready
        self._clock = clock
        self._processor = processor
        self._after_s = after_s
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="slate", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def give_up(self) -> None:
        """Leave no slate any more, unless it is there already; returns at once. From any thread."""
        self._stopping.set()

    def close(self) -> None:
        """Give up, or be done; waits for the picture in the making, but not for a driver that hangs over it."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(CLOSE_S)

    def _run(self) -> None:
        if self._stopping.wait(self._after_s):
            return
        try:
            _step_back()
            tags = self._encode()
            if tags is not None:
                self._on_ready(self._leave(tags))
        except Exception as error:  # noqa: BLE001 - whatever it was, the program must not end for want of a slate
            log.info("There will be no slate: %s", error)

    def _encode(self) -> list[FLVTag] | None:
        """Return the tags of the whole loop, ``None`` when the engine ends before it is done."""
        drawing = SlateDrawing(self._settings.width, self._settings.height)
        output = self._open_output()
        frames = KEYFRAME_INTERVAL_S * self._settings.fps
        tags: list[FLVTag] = []
        for number in range(frames):
            begin_s, cost_begin_s = self._clock(), self._processor()
            tags += output.encode_picture(drawing.picture_at(number / frames), number, is_key=number == 0)
            took_s, cost_s = self._clock() - begin_s, self._processor() - cost_begin_s
            if self._stopping.wait(max(min(took_s, 1 / self._settings.fps), REST * cost_s)):
                return None
        return tags + output.finish()

    def _leave(self, tags: list[FLVTag]) -> Path:
        writer = FLVWriter(has_video=True, has_audio=False)
        pictures = (tag for tag in tags if tag.type == MessageType.VIDEO)
        replace_file(self._path, b"".join((writer.header(), *map(writer.tag, pictures))))
        return self._path


def slate_path(folder: Path, rendition: Rendition) -> Path:
    """Return where a rendition's slate is left in the runtime folder."""
    return folder / _FILE_NAMES[rendition]


def _step_back() -> None:
    """Give this thread, and those that the encoder starts from it, a low priority where threads have one of their own."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
