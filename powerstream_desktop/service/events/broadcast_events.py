"""What becomes an event: changes of state at once, figures once a second while somebody listens, meters as they are measured.

Nobody has to say what changed. Whoever owns a part says *that* something may have turned; what stands is then compared with what was
told last. A change that nobody reported is found within a second, as long as somebody listens.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Any, Final

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.engine.control.desk_reports import SoundLevels
from powerstream_desktop.engine.control.reports import EngineReport
from powerstream_desktop.service.api.words_studio import told
from powerstream_desktop.service.events.event_hub import EventHub
from powerstream_desktop.service.events.standing import Standing, without_figures
from powerstream_desktop.service.events.topics import Topic
from powerstream_desktop.service.settings.settings import Settings

FIGURES_EVERY_S: Final = 1.0
LEVELS_AGAIN_S: Final = 1.0
"""Meters that stand are told so often, for who has lost the connection and has them no more."""
TURNS_EVERY_S: Final = 0.02
"""At most this often is looked, however often something turns: an engine that is watched reports many times a second."""

logger = logging.getLogger(__name__)


class BroadcastEvents:
    """Looks, compares and tells. One loop, that of the parts; ``start`` it, ``aclose`` it.

    Args:
        hub: where it tells.
        standing: what it looks at.
    """

    def __init__(self, hub: EventHub, standing: Standing) -> None:
        self._hub = hub
        self._standing = standing
        self._told: dict[Topic, Any] = {}
        self._figures: dict[Topic, Any] = {}
        self._levels: SoundLevels | None = None
        self._levels_again_s = 0.0
        self._session_id: str | None = None
        self._turned = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin; what stands now is not told as a change.

        Raises:
            BugError: it was started before.
        """
        if self._task is not None:
            raise BugError("The broadcast's events were started twice.")
        self.look(with_figures=False, is_first=True)
        self._task = asyncio.create_task(self._run(), name="broadcast events")

    def turned(self) -> None:
        """Something may stand differently from before. Cheap; call it on the loop as often as you like."""
        self._turned.set()

    async def settings_changed(self, _settings: Settings) -> None:
        """Somebody has changed the settings; as ``SettingsDesk.follow`` takes it."""
        self.turned()

    def engine_said(self, report: EngineReport) -> None:
        """Take a report of the studio's engine. Meters are told at once, and nothing else is looked at for them; call it on the loop."""
        if not isinstance(report, SoundLevels):
            self.turned()
        elif self._hub.listeners:
            now = asyncio.get_running_loop().time()
            if report != self._levels or now >= self._levels_again_s:
                self._levels, self._levels_again_s = report, now + LEVELS_AGAIN_S
                self._hub.publish_fleeting(Topic.LEVELS, told(report) or {})

    def say(self, code: str, message: str, hint: str = "") -> None:
        """Tell something that happened as a notice.

        Args:
            code: for scripts.
            message: one sentence for people, without secrets.
            hint: one sentence: what to do; may be empty.
        """
        self._standing.say(code, message, hint)
        self.turned()

    def library_changed(self, change: str, asset_id: str) -> None:
        """Tell that a replay came, became another one, or went. Call it on the loop."""
        self._hub.publish(Topic.LIBRARY, {"change": change, "assetId": asset_id})

    async def aclose(self) -> None:
        """Tell what has changed until now, then end all listeners; harmless when repeated."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._look_once(with_figures=False)
        self._hub.close()

    def look(self, *, with_figures: bool, is_first: bool = False) -> None:
        """Tell what stands differently.

        Args:
            with_figures: tell the figures too, where nothing else has changed.
            is_first: there is nothing to compare with.
        """
        for topic, data in self._standing.states().items():
            state = without_figures(data)
            if not is_first and state != self._told[topic]:
                self._hub.publish(topic, data)
            elif with_figures and data != self._figures[topic]:
                self._hub.publish_figures(topic, data)
            elif not is_first:
                continue
            self._told[topic], self._figures[topic] = state, data
        if not self._standing.are_levels_watched and self._levels is not None:
            self._levels = None
            self._hub.forget(Topic.LEVELS)
        session_id = self._standing.session_id
        if self._session_id is not None and session_id != self._session_id:
            self._hub.publish(Topic.LIBRARY, {"change": "reload", "assetId": None})
        self._session_id = session_id

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        figures_at = loop.time() + FIGURES_EVERY_S
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout_at(figures_at):
                    await self._turned.wait()
            is_due = loop.time() >= figures_at
            if is_due:
                figures_at = loop.time() + FIGURES_EVERY_S
            if self._turned.is_set() or self._hub.listeners:
                self._turned.clear()
                self._look_once(with_figures=is_due and self._hub.listeners > 0)
            await asyncio.sleep(TURNS_EVERY_S)

    def _look_once(self, *, with_figures: bool) -> None:
        try:
            self.look(with_figures=with_figures)
        except Exception:
            # A part that cannot say how it stands must not silence the others for ever.
            logger.exception("what changed could not be told")
