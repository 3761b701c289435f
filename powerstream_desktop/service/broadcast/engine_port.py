"""What a broadcast asks of the engine whose program it sends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.engine.config import EngineConfig, PublishTarget
from powerstream_desktop.engine.control.reports import Stats
from powerstream_desktop.engine.life_cycle import EngineSnapshot
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.relay.bridge.slate import Slate


class EnginePort(Protocol):
    """An engine that outlives the broadcast (``StudioEngine``). All of it is called on the loop."""

    @property
    def wanted_config(self) -> EngineConfig:
        """What an engine is asked for that goes on air now; UserError if that cannot be."""
        ...

    @property
    def snapshot(self) -> EngineSnapshot:
        """How its process stands."""
        ...

    @property
    def stats(self) -> Stats | None:
        """Its newest figures; ``None`` until its first ones, and from its death to those of the next one."""
        ...

    @property
    def source(self) -> str:
        """What it shows, in words for people; empty until it says so."""
        ...

    @property
    def troubles(self) -> tuple[str, ...]:
        """What hinders an engine that runs, in sentences."""
        ...

    async def go_on_air(
        self,
        target: PublishTarget,
        *,
        use_slate: Callable[[Rendition, Slate], None],
        on_given_up: Callable[[PowerStreamError], None],
    ) -> None:
        """Publish to ``target`` until ``go_off_air``, also by engines that follow one that died.

        Raises:
            UserError, SystemFault: the engine that runs refuses; it is not on air.
        """
        ...

    async def go_off_air(self) -> None:
        """Publish no more, and return once the last frames and the goodbye are out. Harmless when it is not on air."""
        ...

    def set_bitrate(self, video_kbps: int) -> None:
        """Give the landscape's pictures another bitrate, in kbit/s, for as long as it is on air."""
        ...

    def set_renditions(self, renditions: frozenset[Rendition]) -> None:
        """Have these encoded and published from now on."""
        ...
