"""``powerstream ctl vod``: the same as ``powerstream vod``, for who looks for it here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from powerstream_desktop.cli import vod

if TYPE_CHECKING:
    import click

COMMANDS: Final[Mapping[str, click.Command]] = {"vod": vod.command}
