"""``powerstream ctl clip``: saves the last seconds on air."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import click

from powerstream_desktop.cli.ctl_printing import print_json, tell
from powerstream_desktop.cli.ctl_service import json_option, service

_USUAL_S: Final = 30
_LONGEST_S: Final = 600


@click.command("clip")
@click.argument("seconds", type=click.FloatRange(1, _LONGEST_S), default=_USUAL_S)
@json_option
def clip(seconds: float, as_json: bool) -> None:
    """Save the last SECONDS of what is on air, 30 unless you say another number, as a clip of its own.

    It is cut from the newest file of the recording, which does not notice. The command does not wait until it is done.
    """
    with service() as client:
        begun = client.clips.make_live(seconds)
    if as_json:
        print_json({"ok": True, "clip": begun.words})
    else:
        tell(f"The last {seconds:g} seconds are being saved as {begun.title!r}.")
        there_s = (begun.end_ms - begun.start_ms) / 1000
        if there_s < seconds:
            tell(f"The newest file of the recording holds no more than {there_s:.0f} of them.")


COMMANDS: Final[Mapping[str, click.Command]] = {"clip": clip}
