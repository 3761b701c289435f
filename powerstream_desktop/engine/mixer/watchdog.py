"""Notices what nobody hears who speaks into a microphone that is not heard (broadcasters.md, audio). Pure.

A recording of an hour without a voice is the one mistake that cannot be repaired afterwards, so it is said early and stays
said until it is over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Self

from powerstream_desktop.engine.mixer.levels import dbfs
from powerstream_desktop.engine.mixer.settings import ChannelSettings, MicrophoneContent

SILENT_DBFS: Final = -60.0
SILENT_S: Final = 10.0
ZERO_S: Final = 3.0
"""A microphone hisses; one that gives nothing but zeros is switched off."""
CLIPPED_DBFS: Final = -0.01
CLIPPING_S: Final = 5.0
"""For so long after the last clipped sample it is still said."""
DRIFT_MS: Final = 80.0
DRIFT_S: Final = 2.0
"""A block that came late is no drift; one that stays late is (reliability_security.md F35)."""


class Trouble(StrEnum):
    """What can be wrong with a channel."""

    SILENT = "silent"
    SWITCHED_OFF = "switched-off"
    CLIPPING = "clipping"
    DRIFTING = "drifting"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelFacts:
    """What a watchdog has to know of a channel.

    Attributes:
        id: of the channel.
        name: what the user calls it.
        is_microphone: silence is suspicious.
        is_open: it is meant to be heard now: neither muted, nor waiting for a key, nor without its device.
        input_dbfs: the highest peak since the last look, before filters and gain.
        is_zero: not one sample since the last look was other than zero.
        late_ms: by how much more than it should be the sound is late against the picture.
    """

    id: str
    name: str
    is_microphone: bool
    is_open: bool
    input_dbfs: float
    is_zero: bool
    late_ms: float

    @classmethod
    def of(cls, settings: ChannelSettings, peak: float, *, is_open: bool, late_ms: float) -> Self:
        """Return the facts of a channel; ``peak`` is an amplitude, 0 only if nothing else came in."""
        return cls(
            id=settings.id,
            name=settings.name,
            is_microphone=isinstance(settings.content, MicrophoneContent),
            is_open=is_open,
            input_dbfs=dbfs(peak),
            is_zero=peak == 0,
            late_ms=late_ms,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundNotice:
    """What is wrong, in words for people, and what to do."""

    channel: str
    trouble: Trouble
    title: str
    remedy: str


class SoundWatch:
    """Watches all channels; looked at a few times a second."""

    def __init__(self) -> None:
        # For each channel: since when it has been so without a break, monotonic seconds.
        self._since: dict[tuple[str, Trouble], float] = {}
        self._clipped: dict[str, float] = {}

    def look(self, now: float, channels: Sequence[ChannelFacts]) -> tuple[SoundNotice, ...]:
        """Return what is wrong now, in the order of the channels.

        Args:
            now: monotonic seconds.
            channels: all there are; what is not among them is forgotten.
        """
        known = {facts.id for facts in channels}
        self._since = {key: since for key, since in self._since.items() if key[0] in known}
        self._clipped = {id_: last for id_, last in self._clipped.items() if id_ in known}
        return tuple(_notice(facts, trouble) for facts in channels for trouble in self._troubles(now, facts))

    def _troubles(self, now: float, facts: ChannelFacts) -> list[Trouble]:
        is_watched = facts.is_microphone and facts.is_open
        is_off = self._lasts(now, facts.id, Trouble.SWITCHED_OFF, is_watched and facts.is_zero, ZERO_S)
        is_soft = is_watched and facts.input_dbfs < SILENT_DBFS
        is_silent = self._lasts(now, facts.id, Trouble.SILENT, is_soft, SILENT_S)
        is_late = facts.is_open and abs(facts.late_ms) > DRIFT_MS
        is_drifting = self._lasts(now, facts.id, Trouble.DRIFTING, is_late, DRIFT_S)
        if facts.is_open and facts.input_dbfs >= CLIPPED_DBFS:
            self._clipped[facts.id] = now
        found = []
        if is_off:
            found.append(Trouble.SWITCHED_OFF)
        elif is_silent:
            found.append(Trouble.SILENT)
        if facts.is_open and now - self._clipped.get(facts.id, -CLIPPING_S) < CLIPPING_S:
            found.append(Trouble.CLIPPING)
        if is_drifting:
            found.append(Trouble.DRIFTING)
        return found

    def _lasts(self, now: float, id_: str, trouble: Trouble, is_so: bool, long_enough_s: float) -> bool:
        if not is_so:
            self._since.pop((id_, trouble), None)
            return False
        return now - self._since.setdefault((id_, trouble), now) >= long_enough_s


def _notice(facts: ChannelFacts, trouble: Trouble) -> SoundNotice:
    match trouble:
        case Trouble.SILENT:
            title = f"Nothing has been heard from {facts.name} for {SILENT_S:g} seconds."
            remedy = "Speak, and look at its meter. If it stays dark, choose another microphone or raise its level."
        case Trouble.SWITCHED_OFF:
            title = f"{facts.name} is switched off."
            remedy = "Look for a mute button on the microphone, its cable or the keyboard, and in the system's sound settings."
        case Trouble.CLIPPING:
            title = f"{facts.name} is too loud and distorts."
            remedy = "Lower its level in the system's sound settings, or move away from the microphone."
        case Trouble.DRIFTING:
            when = "late" if facts.late_ms > 0 else "early"
            title = f"{facts.name} is heard {abs(facts.late_ms):.0f} ms too {when}."
            remedy = "Close programs that keep this computer busy; if it stays so, plug the device in again."
    return SoundNotice(channel=facts.id, trouble=trouble, title=title, remedy=remedy)
