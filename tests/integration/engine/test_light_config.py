"""Who only says what an engine is to do must not pay for what it does that with."""

from __future__ import annotations

import subprocess
import sys


def test_a_config_is_built_without_the_libraries_of_the_engine() -> None:
    said = (
        "import sys, powerstream_desktop.engine.config; print({'av', 'numpy', 'PySide6'} & set(sys.modules))"
    )
    printed = subprocess.run(
        [sys.executable, "-c", said], capture_output=True, text=True, check=True, timeout=20
    )
    assert printed.stdout.strip() == "set()"
