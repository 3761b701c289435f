"""What somebody asks for who goes live, and what they are told. Frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.broadcast.snapshot import BroadcastSnapshot
from powerstream_desktop.service.store.assets import Asset
from powerstream_desktop.service.store.sessions import Session, SessionSource

REHEARSAL_ID: Final = "built-in-receiver"
"""In the place of an endpoint's id, for the destination of a rehearsal: its history is kept under it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRequest:
    """A broadcast to begin. Endpoints are chosen by the first of these that is given: selection, profile, station, user.

    Attributes:
        station_id: what is on air; ``None`` for no station.
        user_id: whose endpoints are meant; ``None`` on a computer with one user.
        stream_key: what the encoder has to show; ``None`` for one that is made (studio) or kept (external).
        use_multistream: send it to platforms; otherwise it is only recorded and can be watched here.
        profile_id: a named choice of endpoints.
        selected_endpoints: ids of the endpoints that are wanted, and no others.
        is_recorded: record it.
        is_uploaded: upload the replay when it is over; ``None`` for what the settings say.
        source: who publishes.
        is_rehearsal: send it to the built-in receiver and to nobody else.
    """

    station_id: str | None = None
    user_id: str | None = None
    title: str = ""
    description: str = ""
    stream_key: Secret | None = None
    use_multistream: bool = True
    profile_id: str | None = None
    selected_endpoints: tuple[str, ...] | None = None
    is_recorded: bool = True
    is_uploaded: bool | None = None
    source: SessionSource = SessionSource.STUDIO
    is_rehearsal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningSession:
    """The broadcast that runs, at one moment.

    Attributes:
        session: as it stands in the history.
        ingest_url: where an encoder publishes to, with the key masked.
        broadcast: how everything stands; destinations have the names of their endpoints.
        endpoint_ids: id of the endpoint behind each destination's name.
    """

    session: Session
    ingest_url: str
    broadcast: BroadcastSnapshot
    endpoint_ids: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedSession:
    """A broadcast that is over.

    Attributes:
        session: as it stands in the history.
        assets: the replays that were recorded, in order; empty without a recording.
    """

    session: Session
    assets: tuple[Asset, ...]
