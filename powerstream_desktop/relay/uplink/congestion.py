"""What to do when the whole upload collapses: the policy, without any socket (ADR 0007).

If the user allows it, the encode's bitrate goes down first, for then everybody keeps a moving picture. Only when that cannot be
enough, since the bitrate has a floor, or was not enough within four seconds, do destinations shed, the least important first.
Coming back goes the other way round: first everybody has pictures again, then the pictures get better.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from powerstream_desktop.relay.push.room import Room
from powerstream_desktop.relay.uplink.following_bitrate import FollowingBitrate
from powerstream_desktop.relay.uplink.shedding import Shedding
from powerstream_desktop.relay.uplink.uplink_watch import Reading, UplinkView, UplinkWatch

BUDGET_SHARE = 0.9
"""So much of the upload is used: the rest lets the queues get shorter."""
EFFECT_S = 2.0
"""A measure is given so long to take effect: what waits in buffers has to leave first."""
HELPING_S = 5.0
"""Until then the buffers of those who make room are empty, and the queues of the others begin to get shorter (measured)."""
BITRATE_ALONE_S = 4.0
OWN_TROUBLE_AFTER_S = 20.0
"""Who lags for so long while the upload is large enough is slow by itself; nobody waits for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relief:
    """What is to be done.

    Attributes:
        rooms: what each destination is sent.
        video_kbps: what the encoder should give its pictures; None if that is not ours to say.
        uplink_kbps: what the upload of this computer carried when it was last used to the full; None if that never happened,
            or was disproved since.
        helps_until: when the effect of help that has just been given will be felt; until then those who keep their pictures
            had better drop none. None when no help was given.
        urgent: True while the next look should come soon.
    """

    rooms: Mapping[str, Room]
    video_kbps: int | None
    uplink_kbps: int | None
    helps_until: float | None
    urgent: bool


class Congestion:
    """Decides for all destinations of a relay. Pure; told the time (monotonic seconds).

    Args:
        bitrate: the encoder's, None if it is not to be changed.
    """

    def __init__(self, bitrate: FollowingBitrate | None = None) -> None:
        self._bitrate = bitrate
        self._watch = UplinkWatch()
        self._shedding = Shedding()
        self._uplink_kbps: int | None = None
        self._acted_at: float | None = None
        self._lowering_since: float | None = None
        self._lagging_since: dict[str, float] = {}

    def look(self, readings: Sequence[Reading], now: float) -> Relief:
        """Take the readings of all destinations, in the user's order, and return what is to be done.

        Args:
            readings: of every destination, connected or not.
            now: not before that of the look before.
        """
        ranked = sorted(readings, key=lambda each: -each.priority)
        view = self._watch.look(ranked, self._shedding.shed, now)
        self._note_laggards(view, now)
        helped = False
        if view.kbps is None:
            self._recover(ranked, view, now)
        elif self._acted_at is None or now - self._acted_at >= EFFECT_S:
            helped = self._relieve(view, view.kbps, now)
            self._acted_at = now if helped or view.collapsed else self._acted_at
        return Relief(
            rooms=self._shedding.rooms(ranked),
            video_kbps=self._bitrate.kbps if self._bitrate is not None else None,
            uplink_kbps=self._uplink_kbps,
            helps_until=now + HELPING_S if helped else None,
            urgent=self._watch.suspicious or self._has_taken_away(),
        )

    def disprove(self) -> None:
        """More was carried since without any trouble than what was measured: that was not the upload's measure."""
        self._uplink_kbps = None

    def _relieve(self, view: UplinkView, uplink_kbps: int, now: float) -> bool:
        """Ask less of the upload; tell whether anything was taken away."""
        settled = view.settled
        is_lowered = self._bitrate is not None and self._bitrate.lower(
            *self._share(settled, uplink_kbps), now
        )
        if len(settled) > 1 and (is_lowered or view.collapsed):
            # Of a single destination nobody can tell whether its platform or the upload is slow.
            self._uplink_kbps = uplink_kbps
        if is_lowered:
            self._lowering_since = self._lowering_since if self._lowering_since is not None else now
            is_first_aid = now - self._lowering_since < BITRATE_ALONE_S
            if is_first_aid and self._needed_kbps(settled) <= uplink_kbps:
                return True
        if not view.collapsed:
            return is_lowered
        return self._shedding.deepen(self._foreseen(settled), uplink_kbps * BUDGET_SHARE, now)

    def _recover(self, ranked: Sequence[Reading], view: UplinkView, now: float) -> None:
        """Ask more again, bit by bit."""
        if view.settled:
            self._shedding.favour(view.settled[0].name)
        well = self._is_well(view, now)
        self._shedding.relax(ranked, well=well, now=now)
        if self._bitrate is not None and self._bitrate.rise(quiet=well and not self._shedding.shed, now=now):
            self._lowering_since = None

    def _is_well(self, view: UplinkView, now: float) -> bool:
        """Tell whether nobody who gets moving pictures is late, except those that are slow by themselves."""
        in_own_trouble = {
            name for name, since in self._lagging_since.items() if now - since > OWN_TROUBLE_AFTER_S
        }
        return all(
            each.name in view.caught_up or each.name in in_own_trouble or each.name in self._shedding.shed
            for each in view.settled
        )

    def _has_taken_away(self) -> bool:
        return bool(self._shedding.shed) or (self._bitrate is not None and self._bitrate.is_lowered)

    def _note_laggards(self, view: UplinkView, now: float) -> None:
        lagging = {each.name for each in view.settled} - view.caught_up
        for name in self._lagging_since.keys() - lagging:
            del self._lagging_since[name]
        for name in lagging:
            if view.collapsed or name not in self._lagging_since:
                self._lagging_since[name] = now

    def _foreseen(self, settled: Sequence[Reading]) -> list[Reading]:
        """Return the readings with the demand that the bitrate asked for will bring."""
        if self._bitrate is None:
            return list(settled)
        kbps = self._bitrate.kbps
        return [dataclasses.replace(each, demand=each.demand.at(kbps)) for each in settled]

    def _needed_kbps(self, settled: Sequence[Reading]) -> int:
        return sum(each.demand.of(self._shedding.room_of(each.name)) for each in self._foreseen(settled))

    def _share(self, settled: Sequence[Reading], uplink_kbps: int) -> tuple[float, int]:
        """Return what the upload leaves for each destination with moving pictures, and what sound takes of that."""
        moving = [each for each in settled if self._shedding.room_of(each.name) is Room.EVERYTHING]
        shed = [each for each in settled if each not in moving]
        shed_kbps = sum(each.demand.of(self._shedding.room_of(each.name)) for each in shed)
        sound_kbps = max((each.demand.sound_kbps for each in moving), default=0)
        return (uplink_kbps - shed_kbps) / max(1, len(moving)), sound_kbps
