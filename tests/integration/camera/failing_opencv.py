"""A camera process's worker whose OpenCV quotes the address it was given in each of its errors.

Arguments: what fails (``open``, ``grab`` or ``retrieve``), the address, a folder for the ring. Its log goes to stderr as it is,
without the redactor.
"""

from __future__ import annotations

import logging
import queue
import sys

from powerstream_desktop.camera.opencv import cv2
from powerstream_desktop.camera.worker import CameraWorker
from powerstream_desktop.common.camera_protocol import CAMERA_REPORTS, CameraReport, OpenCamera
from powerstream_desktop.common.clock import monotonic

FAILING, ADDRESS, FOLDER = sys.argv[1:]


class QuotingCamera:
    """Stands in for ``cv2.VideoCapture``."""

    def __init__(self, *_arguments: object) -> None:
        self._fail_at("open")

    def isOpened(self) -> bool:  # noqa: N802 - OpenCV's name
        return True

    def get(self, _property: int) -> float:
        return 64.0

    def grab(self) -> bool:
        self._fail_at("grab")
        return True

    def retrieve(self, _into: object) -> tuple[bool, object]:
        self._fail_at("retrieve")
        return False, None

    def release(self) -> None:
        """Nothing is held."""

    def _fail_at(self, step: str) -> None:
        if step == FAILING:
            # An FFmpeg error quotes an address as it likes: cut off, or spelled otherwise than the user wrote it.
            raise cv2.error(f"OpenCV(4): cannot {step} {ADDRESS.replace('pwd=', 'PWD%3D')[:-1]} at 'viewer'")


def main() -> None:
    logging.basicConfig(level=logging.DEBUG)
    vars(cv2)["VideoCapture"] = QuotingCamera
    reports: queue.SimpleQueue[CameraReport] = queue.SimpleQueue()
    worker = CameraWorker(reports.put, monotonic)
    worker.start()
    worker.open(OpenCamera(address=ADDRESS, ring_folder=FOLDER, ring_name="camera-1"))
    report = reports.get(timeout=10)
    worker.close()
    sys.stdout.write(CAMERA_REPORTS.encode(report).decode())


if __name__ == "__main__":
    main()
