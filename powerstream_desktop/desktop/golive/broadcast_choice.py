"""What would go on air if the button were pressed now: where to, who is left out and why, and the wish that says so. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from powerstream_desktop.client.catalogue import Profile
from powerstream_desktop.client.endpoints import Endpoint
from powerstream_desktop.client.live import EXTERNAL, STUDIO, StartWish
from powerstream_desktop.client.preflight import PreflightReport


class Going(Enum):
    """What the button does."""

    LIVE = "live"
    RECORD_ONLY = "record-only"
    NOWHERE = "nowhere"
    """Nobody could be served, and nothing is recorded: it does nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """One that the broadcast would begin without; it joins by itself as soon as its trouble is mended."""

    label: str
    code: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastChoice:
    """What was chosen.

    Attributes:
        endpoints: those that could be chosen, in their order.
        chosen: ids of those that were.
        profile: the one that was picked; None for none.
        title, description: as they were typed.
        station_id: what is on air; None for no station.
        is_recorded: record it.
        is_uploaded: upload the replay when the stream ends; None where there is no store.
        source: who publishes, ``STUDIO`` or ``EXTERNAL``.
    """

    endpoints: tuple[Endpoint, ...]
    chosen: frozenset[str]
    profile: Profile | None = None
    title: str = ""
    description: str = ""
    station_id: str | None = None
    is_recorded: bool = True
    is_uploaded: bool | None = None
    source: str = STUDIO

    @property
    def chosen_endpoints(self) -> tuple[Endpoint, ...]:
        """Those that were chosen, in their order."""
        return tuple(each for each in self.endpoints if each.id in self.chosen)

    @property
    def chosen_ids(self) -> tuple[str, ...]:
        """Their ids, in their order."""
        return tuple(each.id for each in self.chosen_endpoints)

    @property
    def is_external(self) -> bool:
        """An external encoder publishes, and not the studio."""
        return self.source == EXTERNAL

    def start_wish(self, *, is_rehearsal: bool = False) -> StartWish:
        """Return the wish for this broadcast.

        A profile or a station is named where it means just what was chosen: endpoints that are added to it meanwhile join in. A
        rehearsal is sent to the built-in receiver, and leaves no replay.
        """
        names_all = self.chosen == _usual(self.endpoints)
        names_profile = self.profile is not None and self.chosen == set(self.profile.endpoint_ids)
        return StartWish(
            title=self.title.strip(),
            description=self.description.strip(),
            station_id=self.station_id,
            profile_id=self.profile.id if self.profile is not None and names_profile else None,
            selected_endpoints=None if names_all or names_profile or not self.chosen else self.chosen_ids,
            use_multistream=bool(self.chosen),
            recording_enabled=self.is_recorded and not is_rehearsal,
            upload_replay=self.is_uploaded if self.is_recorded and not is_rehearsal else None,
            source=self.source,
            is_rehearsal=is_rehearsal,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """What would become of it.

    Attributes:
        going: what the button does.
        ready: how many destinations nothing speaks against.
        wanted: how many were chosen.
        left_out: those that it would begin without.
    """

    going: Going
    ready: int
    wanted: int
    left_out: tuple[LeftOut, ...] = ()


def usual_choice(endpoints: Collection[Endpoint], profile: Profile | None) -> frozenset[str]:
    """Return what is chosen unless somebody chooses otherwise: the profile's endpoints, or all that are in use."""
    if profile is None:
        return _usual(endpoints)
    return frozenset(profile.endpoint_ids) & {each.id for each in endpoints}


def prospect(choice: BroadcastChoice, report: PreflightReport | None) -> Prospect:
    """Return what would become of a choice.

    Args:
        choice: what was chosen.
        report: on the chosen endpoints, in their order; None while it is being made. Until then only keys are known.
    """
    chosen = choice.chosen_endpoints
    left_out = _without_key(chosen) if report is None else _not_ready(report)
    ready = len(chosen) - len(left_out)
    going = Going.LIVE if ready else Going.NOWHERE
    if not chosen and choice.is_recorded:
        going = Going.RECORD_ONLY
    return Prospect(going=going, ready=ready, wanted=len(chosen), left_out=left_out)


def _usual(endpoints: Collection[Endpoint]) -> frozenset[str]:
    return frozenset(each.id for each in endpoints if each.is_active)


def _without_key(chosen: tuple[Endpoint, ...]) -> tuple[LeftOut, ...]:
    return tuple(LeftOut(label=each.name, code="no-key", why="") for each in chosen if not each.has_key)


def _not_ready(report: PreflightReport) -> tuple[LeftOut, ...]:
    found: list[LeftOut] = []
    for destination in report.destinations:
        if destination.is_ready:
            continue
        error = next((each for each in destination.findings if each.severity == "error"), None)
        found.append(
            LeftOut(
                label=destination.name,
                code="" if error is None else error.code,
                why="" if error is None else error.message,
            )
        )
    return tuple(found)
