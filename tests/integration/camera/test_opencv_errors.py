"""OpenCV's own words never reach a log or a report: they quote the camera's address, and with it a password."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.e2e

SCRIPT = Path(__file__).with_name("failing_opencv.py")


@pytest.mark.parametrize(
    ("failing", "sentence"),
    [("open", "does not answer"), ("grab", "stopped sending"), ("retrieve", "stopped sending")],
)
def test_an_address_that_opencv_quotes_is_in_no_log_and_no_report(
    tmp_path: Path, failing: str, sentence: str
) -> None:
    """Without the redactor: it knows the address as the user wrote it, and OpenCV may spell it otherwise."""
    address = "rtsp://viewer:pass-word-77@camera.local/stream?pwd=query-word-88"
    run = subprocess.run(
        [sys.executable, str(SCRIPT), failing, address, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    )
    assert sentence in run.stdout
    assert "OpenCV's error" in run.stderr
    for secret in ("pass-word-77", "query-word-8"):
        assert secret not in run.stdout + run.stderr
