"""What a hotkey has the service do. Each runs on an errand's thread, and decides by what the service says at that moment.

A window's own picture may be a second old, and a key is pressed in a hurry: what is muted, private or on air is asked first.
"""

from __future__ import annotations

from typing import Final

from powerstream_desktop.client.client import Client
from powerstream_desktop.client.clips import Clip
from powerstream_desktop.client.live import Marker, StartWish
from powerstream_desktop.client.studio import Channel
from powerstream_desktop.common.errors import UserError

MICROPHONE: Final = "microphone"
CLIP_S: Final = 30.0
TALK_LEASE_S: Final = 3.0
"""A window that dies with the key down leaves the microphone open for so long at most."""


def mark(client: Client) -> Marker:
    """Mark this moment."""
    return client.live.mark()


def split(client: Client) -> None:
    """Begin a new file of the recording."""
    client.live.split_recording()


def clip(client: Client) -> Clip:
    """Save what was on air a moment ago as a clip."""
    return client.clips.make_live(CLIP_S)


def switch_scene(client: Client, number: int) -> None:
    """Put a scene on.

    Args:
        client: asks the service.
        number: its place, from 1.
    """
    studio = client.studio.wake().studio
    scenes = () if studio is None else studio.scenes
    if number > len(scenes):
        raise UserError(f"There is no scene {number}.", hint="Add one in the studio, or take another key.")
    client.studio.switch_scene(scenes[number - 1].id)


def toggle_microphones(client: Client) -> None:
    """Mute all microphones if one of them is heard; otherwise let all be heard."""
    microphones = [
        each for each in _channels(client) if each.words.get("content", {}).get("type") == MICROPHONE
    ]
    if not microphones:
        raise UserError("There is no microphone to mute.", hint="Add one in the studio's mixer.")
    is_heard = any(not each.is_muted for each in microphones)
    for each in microphones:
        if each.is_muted is not is_heard:
            client.studio.change_audio(each.id, is_muted=is_heard)


def talking_channels(client: Client) -> tuple[str, ...]:
    """Return the channels that are heard only while the key is held."""
    found = tuple(each.id for each in _channels(client) if each.is_push_to_talk)
    if not found:
        raise UserError(
            "No channel is set to push to talk.", hint="Choose it for a channel in the studio's mixer."
        )
    return found


def hold_to_talk(client: Client, channels: tuple[str, ...], *, is_held: bool) -> None:
    """Let channels be heard, or no more."""
    for channel in channels:
        client.studio.hold_to_talk(channel, is_held, for_s=TALK_LEASE_S if is_held else None)


def show_or_hide(client: Client, *, may_show: bool) -> None:
    """Show "Be right back" and mute everything, or go on.

    Args:
        client: asks the service.
        may_show: going on is meant. Whoever hides in a hurry may press twice, and must stay hidden.
    """
    is_private = client.studio.status().is_private
    if is_private and not may_show:
        return
    client.studio.set_privacy(not is_private)


def end(client: Client, session_id: str) -> None:
    """End that broadcast, and no other one."""
    client.live.stop(session_id)


def go_live(client: Client) -> None:
    """Begin a broadcast with the title, station, profile and source of the last."""
    newest = client.sessions.page(limit=1).sessions
    if not newest:
        raise UserError(
            "This key goes live as last time, and there was none yet.", hint="Go live once from the window."
        )
    last = newest[0]
    client.live.start(
        StartWish(
            title=last.title,
            station_id=last.station_id,
            profile_id=last.profile_id,
            source=last.source,
            recording_enabled=last.is_recorded,
        )
    )


def _channels(client: Client) -> tuple[Channel, ...]:
    sound = client.studio.wake().sound
    return () if sound is None else sound.channels
