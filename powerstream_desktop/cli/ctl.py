"""``powerstream ctl``: drives a running service, for scripts, Stream Decks and any desktop's own shortcuts (DESIGN 8).

Its commands live in modules by noun, imported when they are called. What they need of a service, ``ctl_service`` gives them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import click

from powerstream_desktop.cli.service_commands import ServiceCommands

COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "status": ("live", "What is on air, and how every destination stands."),
    "start": ("live", "Go on air."),
    "stop": ("live", "Go off air."),
    "mark": ("live", "Mark this moment."),
    "clip": ("clips", "Save the last seconds as a clip."),
    "split": ("recording", "Begin a new file of the recording."),
    "pause-recording": ("recording", "Leave out what follows of the recording."),
    "resume-recording": ("recording", "Record again."),
    "retry": ("live", "Have a destination try again at once."),
    "preflight": ("live", "Look at all destinations before going live."),
    "scene": ("studio", "Put a scene on."),
    "scenes": ("studio", "List the scenes."),
    "channels": ("studio", "List the mixer's channels."),
    "mute": ("studio", "Mute a channel."),
    "unmute": ("studio", "Let a channel be heard again."),
    "gain": ("studio", "Move a channel's fader."),
    "talk": ("studio", "Hold or let go the key of a push-to-talk channel."),
    "privacy": ("studio", 'Show "Be right back" and mute everything, or show again.'),
    "undo": ("studio", "Take the last edit of the studio back."),
    "redo": ("studio", "Make the last undone edit again."),
    "studio": ("scenery", "Look at the studio as a whole, and edit it."),
    "endpoints": ("endpoints", "Where a broadcast may go."),
    "profiles": ("profiles", "Named choices of endpoints."),
    "stations": ("stations", "What can be on air."),
    "sessions": ("sessions", "The broadcasts that are and were."),
    "vod": ("vod", "What was recorded."),
    "cloud": ("cloud", "The store of replays, and uploads."),
    "platforms": ("computer", "List the platforms that are known."),
    "devices": ("computer", "List what can be captured, recorded and played on."),
    "stats": ("computer", "Figures of service and engine."),
    "settings": ("settings", "What can be chosen for good."),
    "keys": ("keys", "Where stream keys are kept."),
    "events": ("events", "Print what happens, one JSON object a line."),
    "pair": ("pair", "Let other devices in, and put them out."),
    "completion": ("completion", "Print the script that completes names in a shell."),
}
"""Where each command is, and what it is for."""


@click.group("ctl", cls=ServiceCommands, table=COMMANDS)
def command() -> None:
    """Drive a running service; if none runs, one is started.

    Scenes, channels, endpoints, stations and profiles are given by name or id. The exit code is 0 only on success, 2 if it was
    refused and nothing was changed, 1 if it failed.
    """
