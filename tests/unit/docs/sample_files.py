"""The files that pages speak of as if the reader had them, made up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

KEY: Final = "live_4821_canaryKQ7"
NOBODY: Final = "rtmp://127.0.0.1:1/live"


def write_sample_files(folder: Path, *, server_url: str = NOBODY) -> None:
    """Write ``mine.json``, ``mine.toml`` and ``obs.key``.

    Args:
        folder: to write them into.
        server_url: of the one destination.
    """
    destination = {"name": "My server", "platform": "custom", "serverUrl": server_url, "streamKey": KEY}
    (folder / "mine.json").write_text(json.dumps([destination]))
    lines = "".join(f'{name} = "{value}"\n' for name, value in destination.items())
    (folder / "mine.toml").write_text(f"[[destinations]]\n{lines}")
    (folder / "obs.key").write_text(f"{KEY}\n")
    (folder / "edit.json").write_text('{"scene": "Goodbye"}')
