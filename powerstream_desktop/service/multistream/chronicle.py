"""What is worth keeping of a session's lights: every change, figures once a minute, and what was last heard of each server.

Pure: looks at lights when it is shown them, and says what to write. Counters begin at 0 with every connection of the relay to
an endpoint that left and came back, and with every run of the service; kept are those of the whole session.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from powerstream_desktop.platforms.causes import Cause
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.relay.snapshot import DestinationSnapshot
from powerstream_desktop.service.store.endpoints import LastContact
from powerstream_desktop.service.store.tables import Tables
from powerstream_desktop.service.store.timelines import Figures, SessionDestination, StateChange

SEEN_EVERY: Final = timedelta(seconds=5)
FIGURES_EVERY: Final = timedelta(minutes=1)

_TAKES_MEDIA: Final = frozenset({DestinationState.LIVE, DestinationState.SLOW})
_TELLING: Final = _TAKES_MEDIA | {DestinationState.RETRYING, DestinationState.REJECTED}
"""States that say something about a server; the others say what we are about to do."""


@dataclass(slots=True, kw_only=True)
class Notes:
    """What is to be written, in this order.

    Attributes:
        joined: new destinations.
        changes: lights that turned, with the endpoint's id.
        figures: by endpoint.
        contacts: what was last heard of each server, by endpoint.
        seen_at: when the session was known to run; ``None`` to leave that out.
    """

    joined: list[SessionDestination] = field(default_factory=list)
    changes: list[tuple[str, StateChange]] = field(default_factory=list)
    figures: list[dict[str, Figures]] = field(default_factory=list)
    contacts: dict[str, LastContact] = field(default_factory=dict)
    seen_at: datetime | None = None

    def __bool__(self) -> bool:
        return bool(self.joined or self.changes or self.figures or self.contacts or self.seen_at)

    def add(self, later: Notes) -> None:
        """Take in what came later."""
        self.joined += later.joined
        self.changes += later.changes
        self.figures += later.figures
        self.contacts |= later.contacts
        self.seen_at = later.seen_at or self.seen_at

    def write(self, tables: Tables, session_id: str) -> None:
        """Write them; a job of the store."""
        for destination in self.joined:
            tables.timelines.join(session_id, destination)
        for endpoint_id, change in self.changes:
            tables.timelines.note_change(session_id, endpoint_id, change)
        for figures in self.figures:
            tables.timelines.note_figures(session_id, figures)
        for endpoint_id, contact in self.contacts.items():
            tables.endpoints.note_contact(endpoint_id, contact)
        if self.seen_at is not None:
            tables.sessions.seen(session_id, self.seen_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counters:
    """What counts from the session's begin."""

    bytes_sent: int = 0
    frames_sent: int = 0
    frames_dropped: int = 0
    connects: int = 0

    def __add__(self, other: _Counters) -> _Counters:
        return _Counters(
            bytes_sent=self.bytes_sent + other.bytes_sent,
            frames_sent=self.frames_sent + other.frames_sent,
            frames_dropped=self.frames_dropped + other.frames_dropped,
            connects=self.connects + other.connects,
        )


@dataclass(slots=True, kw_only=True)
class _Followed:
    """A destination as it was last seen, with what its relay's counters no longer hold."""

    name: str
    before: _Counters
    state: DestinationState | None = None
    cause: Cause | None = None
    counters: _Counters = field(default_factory=_Counters)

    def count(self, light: DestinationSnapshot) -> _Counters:
        """Return the counters of the whole session."""
        counters = _Counters(
            bytes_sent=light.bytes_sent,
            frames_sent=light.frames_sent,
            frames_dropped=light.frames_dropped,
            connects=light.connects,
        )
        if counters.bytes_sent < self.counters.bytes_sent or counters.connects < self.counters.connects:
            self.before += self.counters
        self.counters = counters
        return self.before + counters


class Chronicle:
    """Follows the lights of one session.

    Args:
        before: the newest figures of each endpoint from a run of the service that died.
    """

    def __init__(self, before: Mapping[str, Figures] | None = None) -> None:
        self._before = dict(before or {})
        self._followed: dict[str, _Followed] = {}
        self._seen_at: datetime | None = None
        self._figures_at: datetime | None = None

    def look(
        self, lights: Sequence[DestinationSnapshot], endpoint_ids: Mapping[str, str], at: datetime
    ) -> Notes:
        """Return what is to be written about these lights.

        Args:
            lights: of all destinations.
            endpoint_ids: by the destination's name; a light without one is nobody's and not written about.
            at: wall time.
        """
        notes = Notes()
        known = [(endpoint_ids[each.name], each) for each in lights if each.name in endpoint_ids]
        for endpoint_id, light in known:
            self._follow(endpoint_id, light, at, notes)
        self._part_with({endpoint_id for endpoint_id, _ in known}, at, notes)
        if self._seen_at is None or not timedelta(0) <= at - self._seen_at < SEEN_EVERY:
            self._seen_at = notes.seen_at = at
        if self._figures_at is None:
            self._figures_at = at
        elif not timedelta(0) <= at - self._figures_at < FIGURES_EVERY:
            notes.add(self._figures(known, at))
        return notes

    def close(
        self, lights: Sequence[DestinationSnapshot], endpoint_ids: Mapping[str, str], at: datetime
    ) -> Notes:
        """Return what is to be written at the end, with figures however short the last minute was."""
        notes = self.look(lights, endpoint_ids, at)
        if not notes.figures:
            known = [(endpoint_ids[each.name], each) for each in lights if each.name in endpoint_ids]
            notes.add(self._figures(known, at))
        return notes

    def _follow(self, endpoint_id: str, light: DestinationSnapshot, at: datetime, notes: Notes) -> None:
        followed = self._followed.get(endpoint_id)
        if followed is None:
            before = self._before.get(endpoint_id)
            followed = _Followed(name=light.name, before=_counters_of(before))
            self._followed[endpoint_id] = followed
            notes.joined.append(
                SessionDestination(
                    endpoint_id=endpoint_id,
                    name=light.name,
                    platform=light.platform,
                    rendition=light.rendition,
                )
            )
        followed.count(light)
        # The words of a cause count down or count tries; the same light with other words is no change.
        code = light.cause.code if light.cause is not None else ""
        code_before = followed.cause.code if followed.cause is not None else ""
        if (light.state, code) == (followed.state, code_before):
            return
        followed.state, followed.cause = light.state, light.cause
        notes.changes.append((endpoint_id, StateChange(at=at, state=light.state, cause=light.cause)))
        if light.state in _TELLING:
            notes.contacts[endpoint_id] = _contact(light, at)

    def _part_with(self, present: set[str], at: datetime, notes: Notes) -> None:
        """Say of destinations that are gone that they were stopped, once."""
        for endpoint_id, followed in self._followed.items():
            if endpoint_id not in present and followed.state is not DestinationState.STOPPED:
                followed.state, followed.cause = DestinationState.STOPPED, None
                change = StateChange(at=at, state=DestinationState.STOPPED)
                notes.changes.append((endpoint_id, change))

    def _figures(self, known: Sequence[tuple[str, DestinationSnapshot]], at: datetime) -> Notes:
        self._figures_at = at
        figures: dict[str, Figures] = {}
        contacts: dict[str, LastContact] = {}
        for endpoint_id, light in known:
            counters = self._followed[endpoint_id].count(light)
            figures[endpoint_id] = Figures(
                at=at,
                bitrate_kbps=light.bitrate_kbps,
                queue_ms=light.queue_ms,
                **dataclasses.asdict(counters),
            )
            if light.state in _TAKES_MEDIA:
                contacts[endpoint_id] = _contact(light, at)
        return Notes(figures=[figures] if figures else [], contacts=contacts)


def _counters_of(figures: Figures | None) -> _Counters:
    if figures is None:
        return _Counters()
    return _Counters(
        bytes_sent=figures.bytes_sent,
        frames_sent=figures.frames_sent,
        frames_dropped=figures.frames_dropped,
        connects=figures.connects,
    )


def _contact(light: DestinationSnapshot, at: datetime) -> LastContact:
    return LastContact(
        status=light.state.value,
        error=light.cause.sentence if light.cause is not None else "",
        connected_at=at if light.state in _TAKES_MEDIA else None,
    )
