"""The lights: how a destination's state looks, in shape, colour and word, for terminals (DESIGN 9)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from powerstream_desktop.relay.destination.destination_states import DestinationState

if TYPE_CHECKING:
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
    return light_of_word(
        destination.state.value, attempt=destination.attempt, retry_in_s=destination.retry_in_s
    )


def light_of_word(state: str, *, attempt: int = 0, retry_in_s: float | None = None) -> Light:
    """Return the light of a state by its word; one that is not known here shows that word."""
    try:
        known = DestinationState(state)
    except ValueError:  # a newer service has more states than we know
        return Light("○", "bright_black", state)
    shape, colour, word = _LIGHTS[known]
    if retry_in_s is not None:
        word += f", try {attempt} in {math.ceil(retry_in_s)} s"
    elif known is DestinationState.CONNECTING and attempt > 1:
        word += f", try {attempt}"
    return Light(shape, colour, word)
