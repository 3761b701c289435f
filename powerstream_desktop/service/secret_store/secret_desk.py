"""The service's keys by reference, at the place of the user's choice (``Secrets`` in ``service/api/ports.py``).

Keys are moved only by ``move``, and all or none: each is written to the new place and read back from it, then the choice is
saved, and only then do they go from the old place. Until then whatever fails leaves everything where it was.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from powerstream_desktop.common.daemon_threads import DaemonThreads
from powerstream_desktop.common.errors import PowerStreamError, UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.secret_store.handed_down import HandedDown
from powerstream_desktop.service.secret_store.keeper import ANSWER_S, SecretKeeper
from powerstream_desktop.service.secret_store.passphrase_file import PassphraseFile
from powerstream_desktop.service.secret_store.passphrase_key import PassphraseKeys
from powerstream_desktop.service.secret_store.place import SecretPlace, place_for
from powerstream_desktop.service.secret_store.places import Places, passphrase_of
from powerstream_desktop.service.secret_store.port import KeyringState, SecretStore
from powerstream_desktop.service.secret_store.reference import SecretReference, new_reference
from powerstream_desktop.service.secret_store.sealed_shut import SealedShut
from powerstream_desktop.service.secret_store.secret_faults import (
    SecretStoreError,
    keyring_silent,
    not_the_same,
)
from powerstream_desktop.service.secret_store.this_run import ThisRunStore

ResultT = TypeVar("ResultT")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretsState:
    """How the keys are kept.

    Attributes:
        place: where.
        is_shut: in a sealed file whose passphrase nobody has given since the start.
        has_file: there is a sealed file, also if keys are kept elsewhere.
        keyring: how the system's stood at the start.
        left_behind: keys that could not be deleted from the place they were moved away from.
    """

    place: SecretPlace
    is_shut: bool
    has_file: bool
    keyring: KeyringState
    left_behind: int


class SecretDesk:
    """Owned by one asyncio loop; all methods are called on it.

    Args:
        places: where keys can be kept.
        handed_down: what a predecessor that was killed left (``HandedDown.as_secret``); ``None`` for a new run.
        on_handover: told what a successor must get, whenever that changes; must not block.
        answer_s: how long a keyring may take for one key.
    """

    def __init__(
        self,
        places: Places,
        *,
        handed_down: Secret | None = None,
        on_handover: Callable[[Secret], None] = lambda _: None,
        answer_s: float = ANSWER_S,
    ) -> None:
        self._places = places
        self._left = HandedDown.of(handed_down)
        self._on_handover = on_handover
        self._answer_s = answer_s
        self._threads = DaemonThreads()
        self._store: SecretStore = SealedShut()
        self._keeper = SecretKeeper(self._store)
        self._place = SecretPlace.THIS_RUN
        self._keyring = KeyringState.ABSENT
        self._has_file = False
        self._left_behind = 0
        self._changing = asyncio.Lock()  # keys neither come nor go while they are moved
        self._kept: set[str] = set()  # in this run; their rows may not have been saved yet

    async def open(self, chosen: SecretPlace | None) -> None:
        """Go to the place that was chosen; ``None`` for the best there is. Raises nothing: what is wrong shows at the first key."""
        try:
            self._keyring = await self._ask(self._places.keyring_state)
        except SecretStoreError:
            self._keyring = KeyringState.LOCKED  # it is there, or nobody would be silent
        self._has_file = await self._ask(self._places.has_file)
        if chosen is None and self._left is not None:
            chosen = self._left.place
        place = place_for(chosen, self._keyring)
        self._settle(place, await self._store_at_start(place))

    @property
    def state(self) -> SecretsState:
        """How the keys are kept."""
        return SecretsState(
            place=self._place,
            is_shut=isinstance(self._store, SealedShut),
            has_file=self._has_file,
            keyring=self._keyring,
            left_behind=self._left_behind,
        )

    async def keep(self, key: Secret, kind: str = "endpoint") -> str:
        """Keep a key and return its reference, a new one; an older key stays until it is forgotten: its row still names it.

        Args:
            key: the secret.
            kind: what it is for; a person who looks into the keyring sees it.

        Raises:
            UserError: it cannot be a key.
            SystemFault: the keyring refuses, is silent, or is not there.
        """
        async with self._changing:
            reference = new_reference(kind)
            await self._keeper.set(reference, key)
            self._kept.add(reference.name)
            self._hand_over()
            return reference.name

    async def forget(self, key_ref: str | None) -> None:
        """Delete a key; harmless for ``None``; raises as ``keep``."""
        if key_ref is None:
            return
        async with self._changing:
            await self._keeper.delete(SecretReference(key_ref))
            self._kept.discard(key_ref)
            self._hand_over()

    async def get(self, key_ref: str | None) -> Secret | None:
        """Return a key, ``None`` if there is none; raises as ``keep``."""
        return None if key_ref is None else await self._keeper.get(SecretReference(key_ref))

    async def unlock(self, passphrase: Secret) -> None:
        """Open the sealed file; harmless if it is open.

        Raises:
            UserError: another passphrase, or keys are not kept in a sealed file.
            SecretStoreError: the file is damaged, newer or cannot be read.
        """
        async with self._changing:
            if self._place is not SecretPlace.SEALED_FILE:
                raise UserError("The keys are not kept in a sealed file.", hint="No passphrase is needed.")
            store = await self._opened_file(passphrase)
            self._settle(SecretPlace.SEALED_FILE, store)

    async def move(
        self,
        chosen: SecretPlace | None,
        key_refs: Iterable[str],
        save_choice: Callable[[], Awaitable[None]],
        *,
        passphrase: Secret | None = None,
        leaves_keys: bool = False,
    ) -> None:
        """Keep keys elsewhere from now on.

        Args:
            chosen: the place; ``None`` for the best there is.
            key_refs: all that the data names.
            save_choice: called once every key is safe in the new place; if it raises, everything stays where it was.
            passphrase: of the sealed file, if that is the place.
            leaves_keys: leave the keys where they are, in a keyring that is gone; they must be entered anew then.

        Raises:
            UserError: a passphrase is missing, wrong or too short.
            SystemFault: a key cannot be read in the old place or kept in the new one; everything stays where it was.
        """
        async with self._changing:
            self._keyring = await self._ask(self._places.keyring_state)
            place = place_for(chosen, self._keyring)
            if place is self._place:
                await save_choice()
                return
            store = await self._opened(place, passphrase)
            moved: list[SecretReference] = []
            new = SecretKeeper(store, answer_s=self._answer_s)
            try:
                if not leaves_keys:
                    await self._copy({*key_refs, *self._kept}, new, place, moved)
                await save_choice()
            except BaseException:
                await _delete(new, moved)
                raise
            old = self._keeper
            self._settle(place, store)
            self._left_behind = await _delete(old, moved)
            await old.aclose()

    async def aclose(self) -> None:
        """Wait for the call that runs, as long as it may take."""
        await self._keeper.aclose()

    async def _copy(
        self, key_refs: Iterable[str], new: SecretKeeper, place: SecretPlace, copied: list[SecretReference]
    ) -> None:
        for key_ref in sorted(key_refs):
            reference = SecretReference(key_ref)
            key = await self._keeper.get(reference)
            if key is None:
                continue
            copied.append(reference)
            await new.set(reference, key)
            if await new.get(reference) != key:
                raise not_the_same(self._places.name_of(place))

    async def _opened(self, place: SecretPlace, passphrase: Secret | None) -> SecretStore:
        match place:
            case SecretPlace.KEYRING:
                return self._places.keyring()
            case SecretPlace.THIS_RUN:
                return ThisRunStore()
            case SecretPlace.SEALED_FILE:
                return await self._opened_file(passphrase_of(passphrase))

    async def _opened_file(self, opener: Secret | PassphraseKeys) -> PassphraseFile:
        file = await self._ask(lambda: self._places.file(opener))
        self._has_file = True
        return file

    async def _store_at_start(self, place: SecretPlace) -> SecretStore:
        left, self._left = self._left, None
        match place:
            case SecretPlace.KEYRING:
                return self._places.keyring()
            case SecretPlace.THIS_RUN:
                store = ThisRunStore()
                if left is not None and left.this_run is not None:
                    store.restore(left.this_run)
                return store
            case SecretPlace.SEALED_FILE:
                return await self._opened_as_before(left)

    async def _opened_as_before(self, left: HandedDown | None) -> SecretStore:
        keys = None if left is None or left.file_keys is None else PassphraseKeys.of(left.file_keys)
        if keys is None:
            return SealedShut()
        try:
            return await self._opened_file(keys)
        except PowerStreamError as error:
            logger.info("the sealed keys must be opened again: %s", error.title)
            return SealedShut()

    def _settle(self, place: SecretPlace, store: SecretStore) -> None:
        self._place, self._store = place, store
        self._keeper = SecretKeeper(store, answer_s=self._answer_s)
        self._hand_over()

    def _hand_over(self) -> None:
        store = self._store
        left = HandedDown(
            place=self._place,
            this_run=store.snapshot() if isinstance(store, ThisRunStore) else None,
            file_keys=store.keys.as_secret() if isinstance(store, PassphraseFile) else None,
        )
        self._on_handover(left.as_secret())

    async def _ask(self, call: Callable[[], ResultT]) -> ResultT:
        """Have a thread do what takes its time; SecretStoreError if it takes more than a key may."""
        asking = asyncio.get_running_loop().run_in_executor(self._threads, call)
        try:
            # Not ``wait_for``: until Python 3.12 it forgets that its caller was cancelled if the answer comes at that very moment.
            async with asyncio.timeout(self._answer_s):
                return await asking
        except TimeoutError:
            raise keyring_silent(self._answer_s) from None


async def _delete(keeper: SecretKeeper, references: Iterable[SecretReference]) -> int:
    """Delete keys that are kept elsewhere; return how many could not be."""
    left = 0
    for reference in references:
        try:
            await keeper.delete(reference)
        except PowerStreamError as error:
            left += 1
            logger.info("a key that is kept elsewhere stays as %s: %s", reference.name, error.title)
    return left
