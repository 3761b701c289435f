"""``powerstream ctl split|pause-recording|resume-recording``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import click

from powerstream_desktop.cli.ctl_service import service


@click.command("split")
def split() -> None:
    """Begin a new file of the recording at the next key frame, without losing a frame."""
    with service() as client:
        client.live.split_recording()


@click.command("pause-recording")
def pause() -> None:
    """Leave out what follows of the recording; the platforms notice nothing. Harmless when repeated."""
    with service() as client:
        client.live.pause_recording()


@click.command("resume-recording")
def resume() -> None:
    """Record again, in a new file. Harmless when repeated."""
    with service() as client:
        client.live.resume_recording()


COMMANDS: Final[Mapping[str, click.Command]] = {each.name or "": each for each in (split, pause, resume)}
