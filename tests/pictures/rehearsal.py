"""Draws the picture of the README: a real rehearsal's table.

python -m tests.pictures.rehearsal        # writes docs/images/rehearsal.svg
"""

from __future__ import annotations

import asyncio
import io
import tempfile
from pathlib import Path

from rich.console import Console

from powerstream_desktop.cli.source_option import engine_config
from powerstream_desktop.cli.status_table import status_table
from powerstream_desktop.engine.program_video import program_video
from powerstream_desktop.engine.scene.sources import TestPictureContent
from powerstream_desktop.recording.options import RecordingOptions
from powerstream_desktop.service.broadcast.broadcast import Broadcast
from powerstream_desktop.service.broadcast.plan import BroadcastPlan
from powerstream_desktop.service.broadcast.snapshot import BroadcastSnapshot
from powerstream_desktop.service.broadcast.stream_key import new_stream_key
from powerstream_desktop.service.studio.studio_engine import StudioEngine

PICTURE = Path(__file__).parents[2] / "docs" / "images" / "rehearsal.svg"
WIDTH = 96
DURATION_S = 6.0

# rich's own format loads a font from the network; a system font will do.
FORMAT = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">
<style>
.{unique_id}-matrix {{ font-family: Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: {char_height}px;
  line-height: {line_height}px; white-space: pre; }}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/></clipPath>
{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}<g class="{unique_id}-matrix">{matrix}</g>
</g>
</svg>
"""


async def rehearse(folder: Path) -> BroadcastSnapshot:
    """Broadcast the test picture for some seconds and return how it stood near the end."""
    key = new_stream_key()
    config = engine_config(TestPictureContent(), program_video())
    plan = BroadcastPlan(
        endpoints=(), stream_key=key, recording=RecordingOptions(folder=folder), rehearsal=True
    )
    clock = asyncio.get_running_loop().time
    engine = StudioEngine(lambda: config, clock)
    broadcast = Broadcast(plan, clock, engine=engine)
    await broadcast.start()
    await broadcast.wait(DURATION_S)
    snapshot = broadcast.snapshot()
    await broadcast.stop()
    await engine.aclose()
    return snapshot


def main() -> None:
    """Rehearse and draw."""
    with tempfile.TemporaryDirectory() as folder:
        snapshot = asyncio.run(rehearse(Path(folder)))
    console = Console(record=True, width=WIDTH, force_terminal=True, file=io.StringIO())
    console.print(status_table(snapshot))
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(console.export_svg(title="powerstream rehearse", code_format=FORMAT), encoding="utf-8")


if __name__ == "__main__":
    main()
