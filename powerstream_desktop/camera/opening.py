"""Opens cameras with OpenCV."""

from __future__ import annotations

from powerstream_desktop.camera.opencv import cv2, opening_options
from powerstream_desktop.camera.refusals import opencv_detail, refusal
from powerstream_desktop.camera.targets import target_of
from powerstream_desktop.common.camera_address import CameraAddress
from powerstream_desktop.common.camera_protocol import OpenCamera


def open_camera(address: CameraAddress, wish: OpenCamera) -> cv2.VideoCapture:
    """Open a camera; blocks for as long as the driver or the network needs.

    Args:
        address: of the camera.
        wish: size and rate to ask for, and the devices where they are known by number.

    Raises:
        PowerStreamError: it cannot be opened.
    """
    target = target_of(address, wish)
    backend = getattr(cv2, target.backend)
    parameters = [number for name, value in target.properties for number in (getattr(cv2, name), value)]
    with opening_options(target.options):
        try:
            camera = cv2.VideoCapture(target.source, backend, parameters)
        except cv2.error as error:
            raise refusal(address, detail=opencv_detail(error)) from error
    if not camera.isOpened():
        raise refusal(address)
    return camera
