"""``powerstream ctl vod``: what was recorded; the same as ``powerstream vod``, but for what needs no service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import click

from powerstream_desktop.cli import vod_care, vod_library


@click.group("vod")
def vod() -> None:
    """What was recorded."""


for _command in (*vod_library.COMMANDS.values(), *vod_care.COMMANDS.values()):
    vod.add_command(_command)

COMMANDS: Final[Mapping[str, click.Command]] = {"vod": vod}
