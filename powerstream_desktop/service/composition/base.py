"""What a service has before its parts."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import dataclass

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.service.keeper.keeper_line import KeeperLine
from powerstream_desktop.service.settings.settings_desk import SettingsDesk
from powerstream_desktop.service.studio.studio_engine import StudioEngine


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What a service has before its parts.

    Attributes:
        paths: of the home, whose lock is held.
        line: to the keeper.
        settings: read.
        studio: perhaps with an engine that is starting.
        first_port: where to listen; ``None`` for that of the settings.
        clock: the loop's time.
        parts: takes how each part is closed.
    """

    paths: Paths
    line: KeeperLine
    settings: SettingsDesk
    studio: StudioEngine
    first_port: int | None
    clock: Clock
    parts: AsyncExitStack
