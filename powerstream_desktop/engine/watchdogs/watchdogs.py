"""All watchdogs together: facts in once a second, notices out when something begins to be wrong and when it is over. Pure."""

from __future__ import annotations

from powerstream_desktop.engine.control.reports import Notice
from powerstream_desktop.engine.watchdogs.facts import EngineFacts
from powerstream_desktop.engine.watchdogs.finding import Finding, Trouble
from powerstream_desktop.engine.watchdogs.pace import PaceWatch
from powerstream_desktop.engine.watchdogs.pictures import PictureWatch
from powerstream_desktop.engine.watchdogs.sound import SoundWatch


class Watchdogs:
    """Watches one engine. Used by one thread."""

    def __init__(self) -> None:
        self._sound = SoundWatch()
        self._pictures = PictureWatch()
        self._pace = PaceWatch()
        self._told: dict[tuple[Trouble, str], Finding] = {}

    def look(self, facts: EngineFacts, now: float) -> tuple[Notice, ...]:
        """Return the notices that begin and those that are over, each told once.

        Args:
            facts: gathered since the last look, which was about a second ago.
            now: monotonic seconds.
        """
        found = {
            (finding.trouble, finding.subject): finding
            for finding in (
                *self._sound.look(facts.channels, now),
                *self._pictures.look(facts.sources, now, is_black=facts.is_black),
                *self._pace.look(facts.renditions, now, av_offset_ms=facts.av_offset_ms),
            )
        }
        over = [finding for key, finding in self._told.items() if key not in found]
        begun = [finding for key, finding in found.items() if key not in self._told]
        # What goes on keeps the words with which it began.
        self._told = {key: self._told.get(key, finding) for key, finding in found.items()}
        return (
            *(_notice(finding, is_over=True) for finding in over),
            *(_notice(finding, is_over=False) for finding in begun),
        )


def _notice(finding: Finding, *, is_over: bool) -> Notice:
    return Notice(
        code=finding.trouble.value,
        subject=finding.subject,
        title=finding.title,
        hint=finding.hint,
        is_over=is_over,
    )
