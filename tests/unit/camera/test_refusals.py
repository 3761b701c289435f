from __future__ import annotations

import pytest

from powerstream_desktop.camera.refusals import opencv_detail

ADDRESS = "rtsp://viewer:pass-word-77@camera.local/s?pwd=query-word-88"


class OpenCVError(Exception):
    """As ``cv2.error``, which this process must not load."""

    def __init__(self, words: str, **attributes: object) -> None:
        super().__init__(words)
        vars(self).update(attributes)


@pytest.mark.parametrize(
    ("attributes", "detail"),
    [
        (
            {"code": -2, "func": "cv::VideoCapture::open", "err": ADDRESS},
            "OpenCV's error -2 in cv::VideoCapture::open.",
        ),
        ({"code": -215, "func": ""}, "OpenCV's error -215."),
        ({"code": ADDRESS, "func": ADDRESS}, "OpenCV's error."),
        ({}, "OpenCV's error."),
    ],
)
def test_of_an_error_of_opencv_its_number_and_place_are_kept_and_never_its_words(
    attributes: dict[str, object], detail: str
) -> None:
    assert opencv_detail(OpenCVError(f"can't open {ADDRESS}", **attributes)) == detail
