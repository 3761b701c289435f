"""When a platform's backup ingest carries the stream (reliability_security.md 2.2): the policy, without any connection.

*Hot* is simple: always. *Warm* waits until the main server has been down for 3 s, goes on while that one is tried again, and
ends when the main server has held for 30 s; one that is still there when the main server falls again just stays. A key that the main server refuses is refused by the backup as well, so a
refusal does not call for it; a backup that carries already goes on whatever the main server says, which may well refuse us
because it sees the backup's session.
"""

from __future__ import annotations

from powerstream_desktop.platforms.endpoint import BackupUse

DOWN_S = 3.0
HELD_S = 30.0


class BackupPolicy:
    """Says whether the backup is wanted. Pure; times in monotonic seconds."""

    def __init__(self) -> None:
        self._down_since: float | None = None
        self._held_since: float | None = None
        self._wanted = False

    def forget(self) -> None:
        """Nothing is being sent: the next broadcast begins without a past."""
        self._down_since = self._held_since = None
        self._wanted = False

    def look(
        self, use: BackupUse, now: float, *, main_carries: bool, main_refused: bool, backup_carries: bool
    ) -> bool:
        """Return whether the backup is wanted now.

        Args:
            use: what the endpoint asks for.
            now: the time.
            main_carries: the main server takes the stream.
            main_refused: the main server has said no.
            backup_carries: the backup takes the stream, and is not to be closed at once.
        """
        if main_carries:
            self._down_since = None
            if self._held_since is None:
                self._held_since = now
            self._wanted = self._wanted and now - self._held_since < HELD_S
        else:
            self._held_since = None
            if self._down_since is None:
                self._down_since = now
            is_called = now - self._down_since >= DOWN_S and not main_refused
            self._wanted = self._wanted or backup_carries or is_called
        return use is BackupUse.HOT or (use is BackupUse.WARM and self._wanted)
