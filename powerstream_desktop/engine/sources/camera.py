"""A camera as a source of a scene: its process is supervised, its newest picture taken from the ring when the program asks.

Nothing is read while nobody asks, and asking costs one copy; that is why this is no ``Capture`` below a ``HeldSource``. A camera that is lost shows its last picture for a second, then
a placeholder with its name, in the same size so that nothing jumps; it is opened again by name for ever. A camera that seems
frozen is told of and goes on showing what it has.
"""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from powerstream_desktop.common.camera_address import AddressKind, CameraAddress
from powerstream_desktop.common.camera_protocol import CameraLost, CameraOpened, OpenCamera
from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import (
    BugError,
    Fault,
    PeerError,
    PowerStreamError,
    SystemFault,
    UserError,
)
from powerstream_desktop.common.frame_ring import FrameRingReader
from powerstream_desktop.common.frame_ring_folder import remove_ring_files
from powerstream_desktop.engine.picture import Picture
from powerstream_desktop.engine.sources.camera_frames import frame_from_ring
from powerstream_desktop.engine.sources.camera_life import CameraSnapshot
from powerstream_desktop.engine.sources.camera_process import CameraListener, CameraProcess
from powerstream_desktop.engine.sources.placeholder import placeholder
from powerstream_desktop.engine.sources.port import Capabilities, SourceEvents

if TYPE_CHECKING:
    import av

    from powerstream_desktop.engine.scene.sources import CameraContent

log = logging.getLogger(__name__)

HOLD_S: Final = 1.0
"""For so long the last picture stands in for a camera that is lost."""
OPEN_WAIT_S: Final = 12.0
"""For the first picture: a process to start, and a camera that takes its time."""
_KEEPS_PACE_SHARE: Final = 0.9
"""A camera that gives so much of the program's rate means to give all of it."""
_SLOTS_IN_TIME: Final = 2
DEFAULT_SIZE: Final = (1280, 720)
NOT_THERE: Final = "The camera is not available."
"""All that the placeholder says: the cause may name an address or a file, and this is on air."""

PlaceholderArtist: TypeAlias = "Callable[[int, int, str, str], av.VideoFrame]"
_ERRORS: Final[Mapping[Fault, type[UserError | SystemFault | BugError]]] = {
    Fault.USER: UserError, Fault.SYSTEM: SystemFault, Fault.BUG: BugError,
}  # fmt: skip


class CameraSource:
    """One camera. ``picture_at`` is called on the program's thread, the rest on the engine's, one at a time.

    Args:
        content: which camera, and what to ask of it.
        source_id: of the scene's source; the ring is named after it.
        name: what the user calls it.
        fps: of the program.
        ring_folder: the runtime folder.
        events: who is told.
        known_devices: ids in the system's order, where OpenCV needs them (``camera_devices``); called on another thread.
        clock: monotonic seconds.
        command: how to start a camera process.
        draw_placeholder: makes the picture of a camera that is not there.

    Raises:
        UserError: the device cannot be one.
    """

    def __init__(
        self,
        content: CameraContent,
        *,
        source_id: str,
        name: str,
        fps: int,
        ring_folder: Path,
        events: SourceEvents,
        known_devices: Callable[[], tuple[str, ...]] = tuple,
        clock: Clock = monotonic,
        command: Sequence[str] | None = None,
        draw_placeholder: PlaceholderArtist = placeholder,
    ) -> None:
        self._content = content
        self._name = name  # written by the engine's thread, read by the others
        self._fps = fps
        self._address = CameraAddress.parse(content.device)
        self._ring_folder = ring_folder
        self._ring_name = f"camera-{hashlib.sha256(source_id.encode()).hexdigest()[:16]}"
        self._events = events
        self._known_devices = known_devices
        self._clock = clock
        self._draw_placeholder = draw_placeholder
        self._ring = FrameRingReader(ring_folder, self._ring_name)
        self._process = CameraProcess(
            self._wish,
            CameraListener(opened=self._on_opened, lost=self._on_lost, frozen=self._on_frozen),
            clock,
            command=command,
        )
        self._first_news = threading.Event()
        # Both written by the supervising thread, read by the program's; replaced whole.
        self._failure: CameraLost | None = None
        self._tells_losses = False
        self._epoch_s: float | None = None  # written by the engine's thread, read by the program's
        # The program's thread's own; the engine's reads the newest picture's size.
        self._newest: Picture | None = None
        self._newest_s = 0.0
        self._placeholder: Picture | None = None
        self._placeholder_name = ""
        self._serial = 0
        self.delivered = 0  # written by the program's thread, read by any

    @property
    def label(self) -> str:
        """The camera, for people."""
        if self._address.kind is AddressKind.NETWORK:
            return f"camera {self._name} ({self._address.display})"
        return f"camera {self._name}"

    @property
    def capabilities(self) -> Capabilities:
        """It has the size of the newest picture that was taken."""
        newest = self._newest
        if newest is None:
            return Capabilities(reopens=True)
        return Capabilities(reopens=True, width=newest.frame.width, height=newest.frame.height)

    @property
    def snapshot(self) -> CameraSnapshot:
        """How the camera stands, with its newest figures. From any thread."""
        return self._process.snapshot

    @property
    def pid(self) -> int | None:
        """Of the camera's process; ``None`` while there is none. From any thread."""
        return self._process.pid

    def open(self) -> None:
        """Start the camera's process and wait for the first picture, for twelve seconds at most.

        After an error the source may be used all the same: it shows its placeholder until the camera comes, and says so.

        Raises:
            PowerStreamError: there is no picture yet; why, as far as it is known.
        """
        self._process.start()
        has_news = self._first_news.wait(OPEN_WAIT_S)
        failure = self._failure
        self._tells_losses = True
        if failure is not None:
            raise _error_of(failure)
        if not has_news:
            raise SystemFault("The camera gives no picture.", hint="Check its cable.")

    def start(self, epoch_s: float) -> None:
        """Tell of each picture by which slot the next one should be there; the camera runs at its own pace."""
        self._epoch_s = epoch_s

    def show_at(self, _width: int, _height: int) -> None:
        """Nothing to do: a camera has a size of its own."""

    def rename(self, name: str) -> None:
        """Be called this on the placeholder."""
        self._name = name

    def picture_at(self, _time_s: float) -> Picture:
        """Return the camera's newest picture, or what stands in for it. Never waits."""
        taken = self._ring.take(frame_from_ring)
        if taken is not None:
            self.delivered += 1
            self._newest = self._next(taken.value, self._due_s(taken.stamp_s))
            self._newest_s = taken.stamp_s
            self._placeholder = None
        failure = self._failure
        is_held = failure is None or self._clock() - self._newest_s <= HOLD_S
        if self._newest is not None and is_held:
            return self._newest
        return self._stand_in()

    def close(self) -> None:
        """End the process and wait for it; remove the ring."""
        self._process.close()
        self._first_news.set()  # nobody shall wait for it any longer
        self._ring.close()
        remove_ring_files(self._ring_folder, self._ring_name)

    def _wish(self) -> OpenCamera:
        content = self._content
        return OpenCamera(
            address=content.device,
            ring_folder=str(self._ring_folder),
            ring_name=self._ring_name,
            width=content.width,
            height=content.height,
            fps=content.fps,
            known_devices=self._listed(),
        )

    def _listed(self) -> tuple[str, ...]:
        """Return the ids that are known; a list that cannot be had costs a camera, not the thread that supervises it."""
        try:
            return self._known_devices()
        except Exception as error:  # noqa: BLE001 - likewise what Qt's camera drivers may raise
            log.info("The cameras cannot be listed: %s", error)
            return ()

    def _next(self, frame: av.VideoFrame, due_s: float | None = None) -> Picture:
        self._serial += 1
        return Picture(frame, self._serial, due_s=due_s)

    def _due_s(self, stamp_s: float) -> float | None:
        """Return until when a picture should have been followed by another; ``None`` from a camera slower than the program.

        Nothing ties a camera's clock to the slots, so its newest picture may be one slot old, and its way takes a part of
        another one.
        """
        epoch_s, beat = self._epoch_s, self._process.snapshot.beat
        if epoch_s is None or beat is None or beat.fps < _KEEPS_PACE_SHARE * self._fps:
            return None
        return stamp_s - epoch_s + _SLOTS_IN_TIME / self._fps

    def _stand_in(self) -> Picture:
        name = self._name
        if self._placeholder is None or self._placeholder_name != name:
            width, height = self._size()
            self._placeholder = self._next(self._draw_placeholder(width, height, name, NOT_THERE))
            self._placeholder_name = name
        return self._placeholder

    def _size(self) -> tuple[int, int]:
        """Return the size of the camera's pictures, or what comes nearest to knowing it."""
        if self._newest is not None:
            return self._newest.frame.width, self._newest.frame.height
        asked = (self._content.width, self._content.height)
        return asked if all(asked) else DEFAULT_SIZE

    def _on_opened(self, opened: CameraOpened) -> None:
        log.info("The camera %s gives %dx%d.", self._name, opened.width, opened.height)
        was_lost, self._failure = self._failure is not None, None
        self._first_news.set()
        if was_lost:
            self._events.on_loss(None)

    def _on_lost(self, failure: CameraLost) -> None:
        is_news, self._failure = self._failure is None, failure
        if is_news:
            log.info("The camera %s is lost: %s", self._name, failure.title)
            if self._tells_losses:
                self._events.on_loss(f"{failure.title} {failure.hint}".rstrip())
        self._first_news.set()  # last: whoever waits for it tells of this very loss itself

    def _on_frozen(self, is_frozen: bool) -> None:
        self._events.on_frozen(f"The camera {self._name} seems frozen." if is_frozen else None)


def _error_of(failure: CameraLost) -> PowerStreamError:
    if failure.fault is Fault.PEER:
        return PeerError(failure.title, code="camera", hint=failure.hint)
    return _ERRORS[failure.fault](failure.title, hint=failure.hint)
