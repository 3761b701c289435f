"""The planes that a camera process makes of OpenCV's BGR, beside a float reference."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.unit.engine.compositor.reference import FloatPicture, psnr_db, waves, yuv420

if TYPE_CHECKING:
    from numpy.typing import NDArray

pytestmark = pytest.mark.e2e

SCRIPT = Path(__file__).with_name("planes_process.py")
GOOD_DB = 50.0


def planes_of_camera(folder: Path, picture: FloatPicture) -> list[NDArray[np.uint8]]:
    """Convert in a process of its own, for this one has PyAV."""
    source, target = folder / "bgr.npy", folder / "planes.npz"
    np.save(source, np.ascontiguousarray(np.round(picture * 255).astype(np.uint8)[..., ::-1]))
    subprocess.run([sys.executable, str(SCRIPT), str(source), str(target)], check=True, timeout=30)
    with np.load(target) as planes:
        return [planes[name] for name in planes.files]


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (641, 361), (2, 2), (1, 1)])
def test_they_are_bt709_in_limited_range_with_chroma_sited_left(
    tmp_path: Path, width: int, height: int
) -> None:
    picture = waves(height, width)
    reference = yuv420(np.pad(picture, ((0, height & 1), (0, width & 1), (0, 0)), "edge"))
    for plane, wanted in zip(planes_of_camera(tmp_path, picture), reference, strict=True):
        assert psnr_db(plane, wanted[: plane.shape[0], : plane.shape[1]]) > GOOD_DB


def test_black_and_white_and_the_strongest_colours_are_right_to_a_level(tmp_path: Path) -> None:
    corners = np.array([[r, g, b] for r in (0, 1) for g in (0, 1) for b in (0, 1)], np.float64)
    picture = np.repeat(np.repeat(corners[None], 8, axis=0), 8, axis=1)
    for plane, wanted in zip(planes_of_camera(tmp_path, picture), yuv420(picture), strict=True):
        assert np.abs(plane - wanted).max() <= 1
