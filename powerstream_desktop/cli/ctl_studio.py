"""``powerstream ctl scene|scenes|channels|mute|unmute|gain|talk|privacy|undo|redo``: the studio from a key or a script."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import click

from powerstream_desktop.cli.ctl_names import complete_channel, complete_scene
from powerstream_desktop.cli.ctl_printing import print_json, print_table, yes_or_no
from powerstream_desktop.cli.ctl_service import json_option, service

MIN_GAIN_DB: Final = -60.0
MAX_GAIN_DB: Final = 12.0
_ON_OR_OFF: Final = click.Choice(["on", "off"])

_channel_argument = click.argument("channel", shell_complete=complete_channel)


@click.command("scene")
@click.argument("name", nargs=-1, required=True, shell_complete=complete_scene)
def scene(name: tuple[str, ...]) -> None:
    """Put a scene on. A name of several words needs no quotes."""
    with service() as client:
        client.studio.switch_scene(" ".join(name))


@click.command("scenes")
@json_option
def scenes(as_json: bool) -> None:
    """List the scenes."""
    with service() as client:
        studio = client.studio.wake().studio
    if as_json:
        found = [] if studio is None else studio.words.get("scenes", [])
        print_json({"ok": True, "scenes": found, "current": None if studio is None else studio.current})
        return
    rows = [] if studio is None else [
        (each.name, "● on" if each.id == studio.current else "", each.id) for each in studio.scenes
    ]  # fmt: skip
    print_table(("scene", "", "id"), rows, "There are no scenes.")


@click.command("channels")
@json_option
def channels(as_json: bool) -> None:
    """List the mixer's channels."""
    with service() as client:
        sound = client.studio.wake().sound
    if as_json:
        print_json({"ok": True, "channels": [] if sound is None else sound.words.get("channels", [])})
        return
    rows = [] if sound is None else [
        (each.name, yes_or_no(each.is_muted), f"{each.gain_db:+.1f} dB", each.id) for each in sound.channels
    ]  # fmt: skip
    print_table(("channel", "muted", "fader", "id"), rows, "There are no channels.")


@click.command("mute")
@_channel_argument
def mute(channel: str) -> None:
    """Mute a channel: neither the audience nor you hear it."""
    with service() as client:
        client.studio.change_audio(channel, is_muted=True)


@click.command("unmute")
@_channel_argument
def unmute(channel: str) -> None:
    """Let a channel be heard again."""
    with service() as client:
        client.studio.change_audio(channel, is_muted=False)


# A negative number shall be one, and no option.
@click.command("gain", context_settings={"ignore_unknown_options": True})
@_channel_argument
@click.argument("decibels", type=click.FloatRange(MIN_GAIN_DB, MAX_GAIN_DB))
def gain(channel: str, decibels: float) -> None:
    """Move a channel's fader to DECIBELS, -60 to +12."""
    with service() as client:
        client.studio.change_audio(channel, gain_db=decibels)


@click.command("talk")
@_channel_argument
@click.argument("key", type=_ON_OR_OFF)
def talk(channel: str, key: str) -> None:
    """Hold the key of a push-to-talk channel (on), or let it go (off)."""
    with service() as client:
        client.studio.hold_to_talk(channel, key == "on")


@click.command("privacy")
@click.argument("wanted", type=_ON_OR_OFF)
def privacy(wanted: str) -> None:
    """Show "Be right back" and mute everything at once (on), or show and play again (off)."""
    with service() as client:
        client.studio.set_privacy(wanted == "on")


@click.command("undo")
def undo() -> None:
    """Take the last edit of the studio back."""
    with service() as client:
        client.studio.undo()


@click.command("redo")
def redo() -> None:
    """Make the last undone edit again."""
    with service() as client:
        client.studio.redo()


COMMANDS: Final[Mapping[str, click.Command]] = {
    each.name or "": each for each in (scene, scenes, channels, mute, unmute, gain, talk, privacy, undo, redo)
}
