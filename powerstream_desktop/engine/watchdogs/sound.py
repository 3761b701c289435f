"""Notices what nobody hears who speaks into a microphone that is not heard (broadcasters.md, audio). Pure.

A recording of an hour without a voice is the one mistake that cannot be repaired afterwards, so it is said early and stays
said until it is over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from powerstream_desktop.engine.watchdogs.alarms import Alarms, Patience
from powerstream_desktop.engine.watchdogs.facts import ChannelFacts
from powerstream_desktop.engine.watchdogs.finding import Finding, Trouble

SILENT_DBFS: Final = -60.0
SILENCE: Final = Patience(begins_after_s=10.0, ends_after_s=0.0)
NOTHING: Final = Patience(begins_after_s=3.0, ends_after_s=0.0)
"""A microphone hisses; one that gives nothing but zeros is switched off."""
CLIPPED_DBFS: Final = -0.01
CLIPPING: Final = Patience(begins_after_s=0.0, ends_after_s=5.0)
DRIFT_MS: Final = 80.0
DRIFT: Final = Patience(begins_after_s=2.0, ends_after_s=2.0)
"""A block that came late is no drift; one that stays late is (reliability_security.md F35)."""


class SoundWatch:
    """Watches all channels."""

    def __init__(self) -> None:
        self._alarms = Alarms()

    def look(self, channels: Sequence[ChannelFacts], now: float) -> Iterator[Finding]:
        """Yield what is wrong now, in the order of the channels.

        Args:
            channels: all there are; what is not among them is forgotten.
            now: monotonic seconds.
        """
        for facts in channels:
            for trouble in self._troubles(facts, now):
                yield _finding(facts, trouble)
        self._alarms.forget_older(now)

    def _troubles(self, facts: ChannelFacts, now: float) -> Iterator[Trouble]:
        is_watched = facts.is_microphone and facts.is_open
        is_soft = is_watched and facts.input_dbfs < SILENT_DBFS
        is_off = self._holds(Trouble.MICROPHONE_OFF, facts, now, NOTHING, is_so=is_watched and facts.is_zero)
        is_silent = self._holds(Trouble.MICROPHONE_SILENT, facts, now, SILENCE, is_so=is_soft)
        if is_off:
            yield Trouble.MICROPHONE_OFF
        elif is_silent:
            yield Trouble.MICROPHONE_SILENT
        is_clipped = facts.is_open and facts.input_dbfs >= CLIPPED_DBFS
        if self._holds(Trouble.SOUND_CLIPPING, facts, now, CLIPPING, is_so=is_clipped) and facts.is_open:
            yield Trouble.SOUND_CLIPPING
        is_late = facts.is_open and abs(facts.late_ms) > DRIFT_MS
        if self._holds(Trouble.SOUND_DRIFTING, facts, now, DRIFT, is_so=is_late):
            yield Trouble.SOUND_DRIFTING

    def _holds(
        self, trouble: Trouble, facts: ChannelFacts, now: float, patience: Patience, *, is_so: bool
    ) -> bool:
        return self._alarms.holds((trouble, facts.id), now, patience, is_so=is_so)


def _finding(facts: ChannelFacts, trouble: Trouble) -> Finding:
    match trouble:
        case Trouble.MICROPHONE_SILENT:
            title = f"Nothing has been heard from {facts.name} for {SILENCE.begins_after_s:g} seconds."
            hint = "Speak, and look at its meter. If it stays dark, choose another microphone or raise its level."
        case Trouble.MICROPHONE_OFF:
            title = f"{facts.name} is switched off."
            hint = "Look for a mute button on the microphone, its cable or the keyboard, and in the system's sound settings."
        case Trouble.SOUND_CLIPPING:
            title = f"{facts.name} is too loud and distorts."
            hint = "Lower its level in the system's sound settings, or move away from the microphone."
        case _:
            when = "late" if facts.late_ms > 0 else "early"
            title = f"{facts.name} is heard {abs(facts.late_ms):.0f} ms too {when}."
            hint = "Close programs that keep this computer busy; if it stays so, plug the device in again."
    return Finding(trouble=trouble, subject=facts.id, title=title, hint=hint)
