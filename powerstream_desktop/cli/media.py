"""``powerstream media``: does one piece of work on a media file, as the service asks for it on stdin, in a confined process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import click

_WORK: Final[Mapping[str, str]] = {
    "probe": "powerstream_desktop.library.workshop.probing:probe",
    "pictures": "powerstream_desktop.library.workshop.pictures:draw_pictures",
    "waveform": "powerstream_desktop.library.workshop.waveform:measure_waveform",
    "cut": "powerstream_desktop.library.clips.cutter:cut_clip",
    "verify": "powerstream_desktop.library.workshop.verifying:verify",
    "trial": "powerstream_desktop.library.workshop.confinement.trial:try_confinement",
    "recover": "powerstream_desktop.recording.recovery:recovery_work",
}
"""Which function does what. It stands here because only the roof may know the library and the recording both."""


@click.command("media", hidden=True)
def command() -> None:
    """Do one piece of work on a media file; not for people."""
    from powerstream_desktop.common.numeric_threads import keep_numpy_on_one_thread

    keep_numpy_on_one_thread()
    from powerstream_desktop.library.workshop.child import main

    main(_WORK)
