"""What the window knows at this moment. All of it came from the service; none of it is a truth of the window's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from typing import Final

from powerstream_desktop.client.cloud import CloudStanding
from powerstream_desktop.client.live import LiveStatus, RunningBroadcast, RunningRecording
from powerstream_desktop.client.reading import Words
from powerstream_desktop.client.settings import Value
from powerstream_desktop.client.studio import EngineStatus, StudioStatus

UNHEARD: Final = "unheard"
"""In the place of a status that the service told before it fell silent: nobody vouches for it now."""


class ServiceState(Enum):
    """Whether the service can be heard.

    STARTING: not yet. THERE: what is shown is how it is. AWAY: it was there; what is shown is how it was.
    SHUT: it lets us in no more, or is not ours: nothing will come by itself.
    """

    STARTING = "starting"
    THERE = "there"
    AWAY = "away"
    SHUT = "shut"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that hinders, or that happened.

    Attributes:
        severity: such as ``warning``.
        code: for translations.
        sentence: what it is; plain text.
        remedy: what to do; may be empty.
        happened_at: when; None for what hinders now.
    """

    severity: str
    code: str
    sentence: str
    remedy: str = ""
    happened_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """Everything the window knows.

    Attributes:
        service: whether it can be heard.
        live: what is on air.
        broadcast: the broadcast that runs; None while there is none.
        recording: what is being written; None while nothing is.
        studio: scenes, sources and sound as the engine told them; None before it did.
        engine: its process; None before the service told.
        levels: the meters' newest words; None while nobody watches them.
        cloud: how the store of replays and the uploads stand; None before the service told.
        settings: every setting's value by its name; None before the service told.
        notices: what hinders now, and what happened, oldest first.
    """

    service: ServiceState = ServiceState.STARTING
    live: LiveStatus | None = None
    broadcast: RunningBroadcast | None = None
    recording: RunningRecording | None = None
    studio: StudioStatus | None = None
    engine: EngineStatus | None = None
    levels: Words | None = field(default=None, repr=False)
    cloud: CloudStanding | None = None
    settings: Mapping[str, Value] | None = field(default=None, repr=False)
    notices: tuple[Notice, ...] = ()
