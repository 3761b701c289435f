"""What uploads give way to: a broadcast, and a network that is metered or not there. Looks four times a second, and says what is left.

Owner: the upload desk, on the service's loop.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.common.one_task import OneTask
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.service.broadcast.uplink_record import known_kbps
from powerstream_desktop.service.cloud.live_gate import LiveGate, LiveLine, OnAir, live_line
from powerstream_desktop.service.cloud.network_rule import Hindrance, hindrance_of, is_far
from powerstream_desktop.service.network.network import LookAtNetwork, system_network
from powerstream_desktop.service.network.network_watch import NetworkWatch
from powerstream_desktop.service.settings.cloud_options import CloudOptions

if TYPE_CHECKING:
    from powerstream_desktop.service.multistream.session_request import RunningSession

LOOK_EVERY_S: Final = 0.25
TROUBLE_S: Final = 30.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """What uploads give way to.

    Attributes:
        line: of what is live now; None for nothing.
        known_kbps: what the upload carried when an earlier broadcast used it to the full; None if none did.
        look_at_network: tells how it is; called on a thread.
    """

    line: Callable[[], LiveLine | None]
    known_kbps: Callable[[], Awaitable[int | None]]
    look_at_network: LookAtNetwork


def traffic_of(running: Callable[[], RunningSession | None], paths: Paths) -> Traffic:
    """Return what there is on this computer.

    Args:
        running: the broadcast that runs now; None for none.
        paths: of the home.
    """
    return Traffic(
        line=lambda: live_line(running()),
        known_kbps=lambda: known_kbps(paths),
        look_at_network=system_network,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class WayTools:
    """What the right of way is decided by, and whom it is told.

    Attributes:
        traffic: what there is.
        options: as the settings have them now.
        allow: has all transfers together take so much from now on: 0 for nothing, None for all there is.
        turned: called when that is another rate than before, or something else is in the way.
        back: called when this computer is in a network again; may raise ``PowerStreamError``.
        leave: leaves the upload that is going on where it is; called while there is none, too.
        clock: monotonic seconds.
    """

    traffic: Traffic
    options: Callable[[], CloudOptions]
    allow: Callable[[int | None], None]
    turned: Callable[[], None]
    back: Callable[[], Awaitable[None]]
    leave: Callable[[], Awaitable[None]]
    clock: Callable[[], float]


class RightOfWay:
    """``start`` it, ``aclose`` it.

    Args:
        tools: what it looks at, and whom it tells.
    """

    def __init__(self, tools: WayTools) -> None:
        self._tools = tools
        self._gate = LiveGate()
        self._allowed_kbps: int | None = None
        self._was_live = False
        self._known_kbps: int | None = None
        self._hindrance: Hindrance | None = None
        self._network = NetworkWatch(tools.traffic.look_at_network, lambda: is_far(tools.options()))
        self._watching = OneTask("upload gate", self._watch)

    def start(self) -> None:
        """Begin to look; BugError if it was started before."""
        self._network.start()
        self._watching.start()

    async def aclose(self) -> None:
        """Look no more. Harmless to repeat."""
        await self._watching.aclose()
        await self._network.aclose()

    @property
    def allowed_kbps(self) -> int | None:
        """What uploads may take now: 0 for nothing, None for all there is."""
        return self._allowed_kbps

    @property
    def hindrance(self) -> Hindrance | None:
        """What is the matter with the network; None for nothing. Edits, which are small, do not wait for that."""
        return self._hindrance

    # Inside.

    async def _watch(self) -> None:
        while True:
            try:
                await self._look()
            except Exception:
                logger.exception("Whether uploads may go on is not known")
                await asyncio.sleep(TROUBLE_S)
            await asyncio.sleep(LOOK_EVERY_S)

    async def _look(self) -> None:
        """Look at what is live first: no trouble with anything else may keep a broadcast from its right."""
        line, cap_kbps = self._tools.traffic.line(), self._tools.options().live_cap_kbps
        if line is not None and not self._was_live:
            self._allow(0)  # at once; what is known of the upload lies on a disk, which may take its time
            self._known_kbps = await self._tools.traffic.known_kbps()
        self._was_live = line is not None
        on_air = None if line is None else OnAir(cap_kbps=cap_kbps, line=line, known_kbps=self._known_kbps)
        self._allow(self._gate.allowed_kbps(on_air, self._tools.clock()))
        await self._look_at_network()
        if self._hindrance is not None or (on_air is not None and cap_kbps == 0):
            await self._tools.leave()

    async def _look_at_network(self) -> None:
        before, self._hindrance = self._hindrance, hindrance_of(self._network.newest, self._tools.options())
        if self._hindrance is before:
            return
        self._tools.turned()
        if before is Hindrance.ABSENT:
            try:
                await self._tools.back()
            except PowerStreamError as error:
                logger.info("What waits for the network is tried again in its own time: %s", error)

    def _allow(self, kbps: int | None) -> None:
        if kbps != self._allowed_kbps:
            self._allowed_kbps = kbps
            self._tools.allow(kbps)
            self._tools.turned()
