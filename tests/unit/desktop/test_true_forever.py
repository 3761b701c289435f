"""Python outlives PySide6's signals."""

from __future__ import annotations

import subprocess
import sys

_MANY_SIGNALS = """
import powerstream_desktop.desktop
from PySide6.QtCore import QCoreApplication, QObject, Signal

class Speaker(QObject):
    said = Signal()

application = QCoreApplication([])
speaker = Speaker()
for _ in range(20_000):
    speaker.said.emit()
print("alive")
"""


def test_twenty_thousand_signals_do_not_end_the_process() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _MANY_SIGNALS], capture_output=True, text=True, timeout=60, check=False
    )
    assert (ended.stdout, ended.returncode) == ("alive\n", 0), ended.stderr
