"""The access desk: who lets devices in and puts them out while the service runs, and keeps what must outlive it.

What was changed is on the disk before anybody is told of it: a device that was put out does not come back with the next start, and
one that was let in finds its token good.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from powerstream_desktop.common.clock import Clock, monotonic
from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.access.pairing import Pairing, PairingState
from powerstream_desktop.service.access.record_file import save_record
from powerstream_desktop.service.access.scope import Caller, Scope
from powerstream_desktop.service.access.token_record import MAX_DEVICES, PairedDevice
from powerstream_desktop.service.access.tokens import PairedToken, TokenAuthority


@dataclass(frozen=True, slots=True, kw_only=True)
class PairingStatus:
    """How pairing stands.

    Attributes:
        seconds_left: until the code is worth nothing; 0 unless it is open.
    """

    state: PairingState
    seconds_left: float


class AccessDesk:
    """Owns the tokens and the pairing. All of it on one event loop; files are written in threads, one after the other.

    Args:
        authority: with the record that was kept.
        path: of the record's file.
        pairing: of a code.
        clock: monotonic seconds.
        wall_clock: Unix seconds.
    """

    def __init__(
        self,
        authority: TokenAuthority,
        path: Path,
        *,
        pairing: Pairing | None = None,
        clock: Clock = monotonic,
        wall_clock: Callable[[], float] = time.time,
    ) -> None:
        self._authority = authority
        self._path = path
        self._pairing = Pairing() if pairing is None else pairing
        self._clock = clock
        self._wall_clock = wall_clock
        self._saving = asyncio.Lock()

    @property
    def devices(self) -> tuple[PairedDevice, ...]:
        """Who is let in, the oldest first."""
        now = self._wall_clock()
        return tuple(each for each in self._authority.record.devices if each.expires_at_s > now)

    @property
    def pairing(self) -> PairingStatus:
        """How pairing stands."""
        now = self._clock()
        return PairingStatus(state=self._pairing.state(now), seconds_left=self._pairing.seconds_left(now))

    def lets_in(self, caller: Caller) -> bool:
        """Tell whether who came in would still be let in: a device may have been put out while its answer goes on."""
        at_home = caller.scope is Scope.ADMIN  # which no paired device ever is
        return at_home or any(each.token_id == caller.token_id for each in self.devices)

    def open_pairing(self, scope: Scope) -> Secret:
        """Return a code that lets one device in.

        Raises:
            UserError: no device may be allowed that much, or no more can be paired.
        """
        if len(self.devices) >= MAX_DEVICES:
            raise UserError(f"No more than {MAX_DEVICES} devices can be paired.", hint="Remove one first.")
        return self._pairing.open(scope, self._clock())

    def close_pairing(self) -> None:
        """Let nobody in any more; harmless when it was not open."""
        self._pairing.close()

    async def pair(self, code: str, name: str) -> PairedToken | None:
        """Let in who knows the code; ``None`` for who does not.

        Raises:
            UserError: the name cannot be one.
            SystemFault: the disk refused, and nobody was let in.
        """
        scope = self._pairing.try_code(code, self._clock())
        if scope is None:
            return None
        paired = self._authority.pair(name, scope, self._wall_clock())
        try:
            await self._save()
        except SystemFault:
            self._authority.put_out(paired.device.token_id)
            raise
        return paired

    async def put_out(self, token_id: str) -> bool:
        """Take a device's token back, from this moment on; return whether there was such a device.

        Raises:
            SystemFault: the disk refused: it is out, but would be in again after a restart.
        """
        if not self._authority.put_out(token_id):
            return False
        await self._save()
        return True

    async def rotate(self) -> None:
        """Sign with a new key from now on; tokens that were given out stay good.

        Raises:
            SystemFault: the disk refused.
        """
        self._authority.rotate(self._wall_clock())
        await self._save()

    async def _save(self) -> None:
        async with self._saving:
            # Read within the lock, so that the last one to save saves what all have done.
            await asyncio.to_thread(save_record, self._path, self._authority.record)
