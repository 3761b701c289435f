"""The lights: how a destination's state looks, in shape, colour and word, for terminals (DESIGN 9)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.relay.snapshot import DestinationSnapshot


@dataclass(frozen=True, slots=True)
class Light:
    """One light: never colour alone."""

    shape: str
    colour: str
    word: str


_LIGHTS = {
    DestinationState.OFF: ("○", "bright_black", "off"),
    DestinationState.CONNECTING: ("◐", "yellow", "connecting"),
    DestinationState.PUBLISHING: ("◐", "yellow", "starting"),
    DestinationState.LIVE: ("●", "green", "live"),
    DestinationState.SLOW: ("▲", "yellow", "slow"),
    DestinationState.RETRYING: ("◐", "yellow", "reconnecting"),
    DestinationState.REJECTED: ("✖", "red", "rejected"),
    DestinationState.STOPPED: ("○", "bright_black", "stopped"),
}


def light_of(destination: DestinationSnapshot) -> Light:
    """Return the light of a destination; waiting ones say which try comes when."""
    shape, colour, word = _LIGHTS[destination.state]
    if destination.retry_in_s is not None:
        word += f", try {destination.attempt} in {math.ceil(destination.retry_in_s)} s"
    elif destination.state is DestinationState.CONNECTING and destination.attempt > 1:
        word += f", try {destination.attempt}"
    return Light(shape, colour, word)
