"""Notices an encoder that cannot keep up, and sound that leaves its picture. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from powerstream_desktop.engine.watchdogs.alarms import Alarms, Patience
from powerstream_desktop.engine.watchdogs.facts import RenditionFacts
from powerstream_desktop.engine.watchdogs.finding import Finding, Trouble

BEHIND: Final = Patience(begins_after_s=3.0, ends_after_s=10.0)
"""Over only when it has been calm for a while: a notice that comes and goes is not read."""
SKIPPED_SHARE: Final = 0.02
MOST_WAITING: Final = 3
"""Pictures; an encoder that keeps up has none waiting when the next one comes, or one."""
AV_DRIFT_MS: Final = 40.0
AV_FINE_MS: Final = 30.0
AV_DRIFT: Final = Patience(begins_after_s=2.0, ends_after_s=5.0)


class PaceWatch:
    """Watches the renditions that are being encoded."""

    def __init__(self) -> None:
        self._alarms = Alarms()
        # For each rendition: pictures made and slots skipped as of the last look.
        self._counted: dict[str, tuple[int, int]] = {}

    def look(
        self, renditions: Sequence[RenditionFacts], now: float, *, av_offset_ms: float
    ) -> Iterator[Finding]:
        """Yield what is wrong now.

        Args:
            renditions: all that are being encoded; what is not among them is forgotten.
            now: monotonic seconds.
            av_offset_ms: by how much the sound is later than its picture.
        """
        for facts in renditions:
            skipped = self._skipped_share(facts)
            is_behind = (
                skipped > SKIPPED_SHARE or facts.encode_ms > facts.slot_ms or facts.waiting > MOST_WAITING
            )
            if self._alarms.holds((Trouble.ENCODER_BEHIND, facts.name), now, BEHIND, is_so=is_behind):
                yield _behind(facts)
        self._counted = {facts.name: (facts.made, facts.skipped) for facts in renditions}
        is_on = self._alarms.is_on((Trouble.AV_DRIFT, ""))
        is_off = abs(av_offset_ms) > (AV_FINE_MS if is_on else AV_DRIFT_MS)
        if self._alarms.holds((Trouble.AV_DRIFT, ""), now, AV_DRIFT, is_so=is_off):
            yield _drift(av_offset_ms)
        self._alarms.forget_older(now)

    def _skipped_share(self, facts: RenditionFacts) -> float:
        """Return the share of the slots since the last look that have no picture; 0 after the rendition began anew."""
        made, skipped = self._counted.get(facts.name, (facts.made, facts.skipped))
        missing, slots = facts.skipped - skipped, facts.made - made + facts.skipped - skipped
        return missing / slots if slots > 0 and missing > 0 else 0.0


def _behind(facts: RenditionFacts) -> Finding:
    return Finding(
        trouble=Trouble.ENCODER_BEHIND,
        subject=facts.name,
        title=f"This computer is too slow for the {facts.name} picture: frames are being skipped.",
        hint="Close other programs, or choose a smaller picture or fewer frames a second.",
    )


def _drift(av_offset_ms: float) -> Finding:
    when = "later" if av_offset_ms > 0 else "earlier"
    return Finding(
        trouble=Trouble.AV_DRIFT,
        subject="",
        title=f"The sound is {abs(av_offset_ms):.0f} ms {when} than its picture.",
        hint="Close programs that keep this computer busy; if it stays so, correct the sync offset of the channel.",
    )
