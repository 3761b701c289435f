"""A destination: one platform's own life inside a broadcast, independent of every other's (DESIGN 5).

It is a consumer of the stream and the owner of its lanes: one to the platform's server and, where the endpoint asks for it,
a second one to the backup ingest. It shares nothing with other destinations but the stream's packets, so nothing it does, and
nothing that the user does to it, can cost another one a frame.

Commands take effect at once and may come in any order and at any time; what takes time (a goodbye, a connection) goes on in
the background, and the lanes put such things in line.

Owner: the relay; loop: the relay's. No field is touched by another thread.
"""

from __future__ import annotations

import asyncio
import dataclasses
import random
from collections.abc import Callable

from powerstream_desktop.common.clock import Clock
from powerstream_desktop.platforms.endpoint import BackupUse, RTMPEndpoint
from powerstream_desktop.platforms.platform import Platform
from powerstream_desktop.relay.connect.connector import Connector
from powerstream_desktop.relay.destination.backup_policy import BackupPolicy
from powerstream_desktop.relay.destination.destination_life import DestinationLife
from powerstream_desktop.relay.destination.destination_light import (
    best_of,
    light_of_lanes,
    taken_bytes,
    taken_kbps,
)
from powerstream_desktop.relay.destination.destination_states import DestinationEvent, DestinationState
from powerstream_desktop.relay.destination.format_gate import codec_headers
from powerstream_desktop.relay.destination.lane import Lane
from powerstream_desktop.relay.destination.time_base import TimeBase
from powerstream_desktop.relay.push.room import Room
from powerstream_desktop.relay.snapshot import DestinationSnapshot
from powerstream_desktop.relay.stream.burst import Burst
from powerstream_desktop.relay.stream.stream import Stream

_QUIET_STATES = frozenset({DestinationState.LIVE, DestinationState.OFF, DestinationState.STOPPED})


class Destination:
    """One endpoint in a running relay.

    Args:
        endpoint: where to and with which key.
        stream: what to send: the rendition that the endpoint names.
        connector: makes connections.
        clock: the loop's time.
        rng: randomness for the jitter of the pauses.
        platform: what the catalogue knows of the platform, None for nothing.
        on_turn: called whenever the light may have turned; must not come back here.
    """

    def __init__(
        self,
        endpoint: RTMPEndpoint,
        stream: Stream,
        connector: Connector,
        clock: Clock,
        rng: random.Random,
        platform: Platform | None = None,
        on_turn: Callable[[], None] | None = None,
    ) -> None:
        self.endpoint = endpoint
        self._stream = stream
        self._connector = connector
        self._clock = clock
        self._rng = rng
        self._platform = platform
        self._on_turn = on_turn
        self._time_base = TimeBase()
        self._main = self._new_lane(endpoint)
        self._backup: Lane | None = None
        self._lanes = [self._main]
        self._backup_policy = BackupPolicy()
        self._wanted = False
        """True while the user wants something sent here."""
        self._following = False
        """True while, besides, there is something to send."""
        self._format: tuple[bytes, ...] = ()
        """The codec headers that the lanes know of."""
        self._arrange_lanes()

    # The user's commands.

    def start(self) -> None:
        """Follow the stream from now on; connects as soon as somebody publishes. Harmless when it does already."""
        self._wanted = True
        for lane in self._lanes:
            lane.release()
        self._stream.attach(self)

    def stop(self) -> None:
        """End for this destination alone: what is queued, then a goodbye, in the background. Harmless when repeated."""
        self._stream.detach(self)
        self._wanted = self._following = False
        for lane in self._lanes:
            lane.close(DestinationEvent.STOP)

    async def aclose(self) -> None:
        """Stop, and wait until the goodbyes have been said, at most about 2 s. Harmless when repeated."""
        self.stop()
        await asyncio.gather(*(lane.wait_closed() for lane in self._lanes))

    def edit(self, endpoint: RTMPEndpoint, stream: Stream, platform: Platform | None = None) -> None:
        """Use another endpoint under the same name from now on; counters stay.

        A lane whose server or key is another one says goodbye and connects anew; what does not concern its connection does not
        disturb it.

        Args:
            endpoint: where to and with which key.
            stream: the rendition that it names.
            platform: what the catalogue knows of its platform.
        """
        self.endpoint = dataclasses.replace(endpoint, name=self.endpoint.name)
        self._platform = platform
        if stream is self._stream:
            self._arrange_lanes()
            self._tend_backup(self._clock())
            return
        self._stream.detach(self)
        if self._following:
            self.stream_ended()
        self._stream = stream
        self._time_base = TimeBase()
        self._arrange_lanes()
        if self._wanted:
            stream.attach(self)

    def retry_now(self) -> None:
        """Try again at once instead of at the planned time; harmless in any state but retrying and rejected."""
        for lane in self._lanes:
            lane.retry_now()

    # The relay's side.

    def make_room(self, room: Room) -> None:
        """Send only what ``room`` leaves, from now on: the whole upload is too small, and others come first."""
        for lane in self._lanes:
            lane.outflow.make_room(room)

    def bear(self, until: float) -> None:
        """Drop nothing for being slow before ``until`` (the clock's time): others make room for this destination."""
        for lane in self._lanes:
            lane.outflow.bear(until)

    def snapshot(self, now: float, *, misses_rendition: bool = False) -> DestinationSnapshot:
        """Return what the light shows at ``now``; ``misses_rendition`` says that a session is live without its rendition."""
        return light_of_lanes(
            self.endpoint, self._platform, self._lanes, now, misses_rendition=misses_rendition
        )

    @property
    def is_connected(self) -> bool:
        """True while media is being sent on the lane that is best off."""
        return best_of(self._lanes).life.is_connected

    @property
    def lag_ms(self) -> int:
        """Media time that the platform has not acknowledged, on the lane that is best off."""
        return best_of(self._lanes).outflow.lag_ms

    @property
    def taken_bytes(self) -> int:
        """What the platform has acknowledged on all lanes so far."""
        return taken_bytes(self._lanes)

    def taken_kbps(self, now: float) -> int:
        """Return what the platform acknowledges per second, on the lanes that are connected."""
        return taken_kbps(self._lanes, now)

    @property
    def wants_close_watch(self) -> bool:
        """True while the light is about to turn, or the backup about to be needed."""
        return any(lane.life.state not in _QUIET_STATES or not lane.outflow.is_smooth for lane in self._lanes)

    def tick(self, now: float) -> None:
        """Look at what the platform has taken, turn the light, tend the backup; called a few times a second."""
        for lane in self._lanes:
            lane.light.look(now)
        if self._following:
            self._tend_backup(now)

    # The stream's side.

    def offer(self, burst: Burst) -> None:
        """Pass a burst on to whatever connection carries."""
        is_new_format = burst.has_codec_header and self._format_changed()
        for lane in self._lanes:
            try:
                if is_new_format:
                    lane.headers_changed()
                lane.outflow.offer(burst)
            except Exception as error:  # noqa: BLE001 - whatever it was, it concerns this lane alone, and is said by its light
                lane.spoilt(error)

    def stream_started(self) -> None:
        """Somebody publishes: connect, or go on if still connected."""
        if not self._following:
            self._following = True
            self._format = codec_headers(self._stream.headers())
            self._backup_policy.forget()
        self._main.open()
        self._tend_backup(self._clock())

    def stream_ended(self) -> None:
        """The broadcast is over: say goodbye to the platform, wait for the next broadcast."""
        self._following = False
        for lane in self._lanes:
            lane.close()

    # Inside.

    def _new_lane(self, endpoint: RTMPEndpoint) -> Lane:
        life = DestinationLife(endpoint.name, self._clock(), self._rng, self._on_turn)
        return Lane(life, endpoint, self._stream, self._connector, self._clock, self._time_base)

    def _arrange_lanes(self) -> None:
        """Have the lanes that the endpoint asks for, on the ways that it names."""
        endpoint, backup_server = self.endpoint, self.endpoint.backup_server
        has_backup = backup_server is not None and endpoint.backup_use is not BackupUse.OFF
        if has_backup and self._backup is None:
            self._backup = self._new_lane(endpoint)
            self._backup.outflow.make_room(self._main.outflow.room)
            self._lanes.append(self._backup)
        for lane in self._lanes:
            lane.life.platform = self._platform
            lane.time_base = self._time_base
        self._main.life.name = f"{endpoint.name} (main server)" if has_backup else endpoint.name
        self._main.redirect(endpoint, self._stream)
        if self._backup is not None:
            self._backup.life.name = f"{endpoint.name} (backup server)"
            server = backup_server if backup_server is not None else self._backup.endpoint.server
            self._backup.redirect(dataclasses.replace(endpoint, server=server), self._stream)

    def _tend_backup(self, now: float) -> None:
        """Open or close the backup's lane as its use asks for."""
        if self._backup is None:
            return
        main = self._main
        carries = main.light.carries(now)
        use = self.endpoint.backup_use if self.endpoint.backup_server is not None else BackupUse.OFF
        wanted = self._backup_policy.look(
            use,
            now,
            main_carries=carries,
            main_refused=main.life.state is DestinationState.REJECTED,
            backup_carries=self._backup.is_open and self._backup.light.carries(now),
        )
        if wanted and self._following:
            if not self._backup.is_open or self._backup.closes_soon:
                self._backup.open(key_is_known=main.life.has_been_live)
        elif self._backup.is_open:
            if carries:
                self._backup.close_at_key_frame()
            else:
                self._backup.close()

    def _format_changed(self) -> bool:
        """Take note of the codec headers; tell whether they are others than before."""
        before, self._format = self._format, codec_headers(self._stream.headers())
        return self._format != before
