"""Notices sources that deliver, and yet show nothing: black, frozen or late. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from powerstream_desktop.engine.watchdogs.alarms import Alarms, Patience
from powerstream_desktop.engine.watchdogs.facts import SourceFacts
from powerstream_desktop.engine.watchdogs.finding import Finding, Trouble

BLACK: Final = Patience(begins_after_s=5.0, ends_after_s=1.0)
"""A film fades to black for two or three seconds."""
FROZEN: Final = Patience(begins_after_s=0.0, ends_after_s=0.0)
"""Who looks at the camera's figures has been patient already (reliability_security.md F32)."""
LATE: Final = Patience(begins_after_s=5.0, ends_after_s=3.0)
LATE_SHARE: Final = 0.8
FINE_SHARE: Final = 0.9


class PictureWatch:
    """Watches the sources that are to be seen, and what they make together."""

    def __init__(self) -> None:
        self._alarms = Alarms()
        # For each source: pictures delivered, and when that was counted, monotonic seconds.
        self._counted: dict[str, tuple[int, float]] = {}

    def look(self, sources: Sequence[SourceFacts], now: float, *, is_black: bool) -> Iterator[Finding]:
        """Yield what is wrong now.

        Args:
            sources: all that are to be seen; what is not among them is forgotten.
            now: monotonic seconds.
            is_black: the program's picture is.
        """
        has_black_capture = False
        for facts in sources:
            if self._holds(Trouble.CAMERA_FROZEN, facts.id, now, FROZEN, is_so=facts.is_frozen):
                yield _frozen(facts)
            is_hidden = facts.is_capture and facts.is_black
            if self._holds(Trouble.CAPTURE_BLACK, facts.id, now, BLACK, is_so=is_hidden):
                has_black_capture = True
                yield _capture_black(facts)
            fps = self._delivered_fps(facts, now)
            if self._is_late(facts, fps, now):
                yield _late(facts, fps)
        self._counted = {facts.id: (facts.delivered, now) for facts in sources}
        # One sentence for one black picture, and the one that knows the cause.
        if self._holds(Trouble.PICTURE_BLACK, "", now, BLACK, is_so=is_black) and not has_black_capture:
            yield _PICTURE_BLACK
        self._alarms.forget_older(now)

    def _delivered_fps(self, facts: SourceFacts, now: float) -> float:
        """Return the rate since the last look; the wanted one before there was a look, or after the source began anew."""
        before, before_s = self._counted.get(facts.id, (facts.delivered, now))
        if now <= before_s or facts.delivered < before:
            return facts.wanted_fps
        return (facts.delivered - before) / (now - before_s)

    def _is_late(self, facts: SourceFacts, fps: float, now: float) -> bool:
        is_on = self._alarms.is_on((Trouble.SOURCE_LATE, facts.id))
        is_slow = fps < facts.wanted_fps * (FINE_SHARE if is_on else LATE_SHARE)
        return self._holds(Trouble.SOURCE_LATE, facts.id, now, LATE, is_so=is_slow and not facts.is_frozen)

    def _holds(self, trouble: Trouble, subject: str, now: float, patience: Patience, *, is_so: bool) -> bool:
        return self._alarms.holds((trouble, subject), now, patience, is_so=is_so)


def _frozen(facts: SourceFacts) -> Finding:
    return Finding(
        trouble=Trouble.CAMERA_FROZEN,
        subject=facts.id,
        title=f"{facts.name} seems frozen: its picture does not change any more.",
        hint="One that gives no pictures at all is opened again by itself. If it stays so, unplug it and plug it in again.",
    )


def _capture_black(facts: SourceFacts) -> Finding:
    return Finding(
        trouble=Trouble.CAPTURE_BLACK,
        subject=facts.id,
        title=f"{facts.name} has been black for {BLACK.begins_after_s:g} seconds.",
        hint="Unlock the screen. Protected films cannot be captured; on macOS, allow screen recording in the settings.",
    )


def _late(facts: SourceFacts, fps: float) -> Finding:
    return Finding(
        trouble=Trouble.SOURCE_LATE,
        subject=facts.id,
        title=f"{facts.name} gives {fps:.0f} pictures a second instead of {facts.wanted_fps:.0f}.",
        hint="A camera needs more light or a smaller picture; a screen, programs that keep the computer less busy.",
    )


_PICTURE_BLACK: Final = Finding(
    trouble=Trouble.PICTURE_BLACK,
    subject="",
    title=f"The picture on air has been black for {BLACK.begins_after_s:g} seconds.",
    hint="Look whether the scene's sources are visible and show anything.",
)
