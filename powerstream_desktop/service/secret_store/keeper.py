"""Asyncio's side of the secrets: a store that may hang, and an event loop that must not.

An unlock dialog can stay open for ever, and a keyring can hang. Each call runs on a daemon thread and is waited for ten
seconds; then its caller is told. The call itself goes on: a user who unlocks the keyring a minute later has unlocked it. Until
it ends, no other call begins, so that dialogs do not pile up; further callers are told at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final, TypeVar

from powerstream_desktop.common.daemon_threads import DaemonThreads
from powerstream_desktop.common.errors import BugError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.secret_store.port import SecretStore
from powerstream_desktop.service.secret_store.reference import SecretReference
from powerstream_desktop.service.secret_store.secret_faults import keyring_silent

ANSWER_S: Final = 10.0
MAX_WAITING: Final = 256
"""Callers in line; a broadcast has a key for each destination and backup, no more."""

ResultT = TypeVar("ResultT")


class SecretKeeper:
    """Owns a store, and asks it one thing at a time. Owned by one asyncio loop; all methods are called on it.

    Args:
        store: where secrets are kept; used by one thread at a time.
        answer_s: how long one call may take, before its caller is told that the keyring is silent.
    """

    def __init__(self, store: SecretStore, *, answer_s: float = ANSWER_S) -> None:
        self._store = store
        self._answer_s = answer_s
        self._threads = DaemonThreads()
        self._turn = asyncio.Lock()
        self._waiting = 0
        # The call on the thread, also when nobody waits for it.
        self._running: asyncio.Future[Any] | None = None
        self._overdue_at_s = 0.0
        self._is_closed = False

    async def get(self, reference: SecretReference) -> Secret | None:
        """Return a secret, ``None`` when none is kept; raises as ``SecretStore``, and ``SecretStoreError`` for a silent keyring."""
        return await self._ask(lambda: self._store.get(reference))

    async def set(self, reference: SecretReference, secret: Secret) -> None:
        """Keep a secret; raises as ``get``. After a silent keyring it may or may not be kept: set it again."""
        await self._ask(lambda: self._store.set(reference, secret))

    async def delete(self, reference: SecretReference) -> None:
        """Keep it no longer; raises as ``get``."""
        await self._ask(lambda: self._store.delete(reference))

    async def aclose(self) -> None:
        """Wait for the call that runs, as long as it may take; one that hangs is left to itself."""
        self._is_closed = True
        if self._running is not None:
            await asyncio.wait({self._running}, timeout=self._rest_s())

    async def _ask(self, call: Callable[[], ResultT]) -> ResultT:
        if self._is_closed:
            raise BugError("Secrets were asked for after they had been closed.")
        if self._waiting >= MAX_WAITING:
            raise keyring_silent(self._answer_s)
        self._waiting += 1
        try:
            async with self._turn:
                return await self._run(call)
        finally:
            self._waiting -= 1

    async def _run(self, call: Callable[[], ResultT]) -> ResultT:
        await self._until_free()
        loop = asyncio.get_running_loop()
        running: asyncio.Future[ResultT] = loop.run_in_executor(self._threads, call)
        self._running = running
        running.add_done_callback(_note_outcome)
        self._overdue_at_s = loop.time() + self._answer_s
        await asyncio.wait({running}, timeout=self._answer_s)
        if not running.done():
            raise keyring_silent(self._answer_s)
        return running.result()

    async def _until_free(self) -> None:
        """Wait for a call whose caller was cancelled; one that is overdue is not waited for."""
        if self._running is None or self._running.done():
            return
        await asyncio.wait({self._running}, timeout=self._rest_s())
        if not self._running.done():
            raise keyring_silent(self._answer_s)

    def _rest_s(self) -> float:
        return max(0.0, self._overdue_at_s - asyncio.get_running_loop().time())


def _note_outcome(running: asyncio.Future[Any]) -> None:
    """Look at what became of a call, also when nobody waits any more: asyncio would complain of an unread exception."""
    if not running.cancelled():
        running.exception()
