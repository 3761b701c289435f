from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.secret_store.keeper import MAX_WAITING, SecretKeeper
from powerstream_desktop.service.secret_store.reference import SecretReference
from powerstream_desktop.service.secret_store.secret_faults import (
    SecretStoreError,
    SecretTrouble,
    keyring_locked,
)
from powerstream_desktop.service.secret_store.this_run import ThisRunStore

REFERENCE = SecretReference("endpoint-1")
KEY = Secret("the key")
SOON_S = 0.05
PATIENCE_S = 10.0


class HangingStore(ThisRunStore):
    """Hangs in ``get`` until it is let go; counts how many threads were inside together."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = threading.Event()
        self.entered = threading.Event()
        self.threads: set[int] = set()
        self._inside = threading.Lock()
        self.was_crowded = False

    def get(self, reference: SecretReference) -> Secret | None:
        self.was_crowded |= not self._inside.acquire(blocking=False)
        self.threads.add(threading.get_ident())
        self.entered.set()
        self.let_go.wait(PATIENCE_S)
        if self._inside.locked():
            self._inside.release()
        return super().get(reference)


class LockedStore(ThisRunStore):
    def get(self, reference: SecretReference) -> Secret | None:
        raise keyring_locked()


@pytest.fixture
def hanging() -> Iterator[HangingStore]:
    store = HangingStore()
    yield store
    store.let_go.set()


def test_a_secret_goes_in_and_comes_out_on_another_thread_than_the_loops() -> None:
    store = HangingStore()
    store.let_go.set()

    async def run() -> Secret | None:
        keeper = SecretKeeper(store)
        await keeper.set(REFERENCE, KEY)
        found = await keeper.get(REFERENCE)
        await keeper.delete(REFERENCE)
        assert await keeper.get(REFERENCE) is None
        await keeper.aclose()
        return found

    assert asyncio.run(run()) == KEY
    assert threading.get_ident() not in store.threads


def test_a_prompt_that_nobody_answers_is_told_in_time_and_the_loop_runs_on(hanging: HangingStore) -> None:
    async def run() -> None:
        keeper = SecretKeeper(hanging, answer_s=SOON_S)
        with pytest.raises(SecretStoreError) as raised:
            await keeper.get(REFERENCE)
        assert raised.value.trouble is SecretTrouble.SILENT
        assert raised.value.hint
        await keeper.aclose()

    asyncio.run(run())


def test_while_a_call_hangs_no_other_begins_and_callers_are_told_at_once(hanging: HangingStore) -> None:
    async def run() -> float:
        loop = asyncio.get_running_loop()
        keeper = SecretKeeper(hanging, answer_s=SOON_S)
        with pytest.raises(SecretStoreError):
            await keeper.get(REFERENCE)
        begun_s = loop.time()
        outcomes = await asyncio.gather(*(keeper.get(REFERENCE) for _ in range(50)), return_exceptions=True)
        assert all(isinstance(outcome, SecretStoreError) for outcome in outcomes)
        return loop.time() - begun_s

    assert asyncio.run(run()) < 50 * SOON_S
    assert len(hanging.threads) == 1


def test_a_keyring_that_was_unlocked_late_works_again(hanging: HangingStore) -> None:
    async def run() -> Secret | None:
        keeper = SecretKeeper(hanging, answer_s=SOON_S)
        with pytest.raises(SecretStoreError):
            await keeper.get(REFERENCE)
        hanging.let_go.set()
        while True:
            try:
                await keeper.set(REFERENCE, KEY)
                return await keeper.get(REFERENCE)
            except SecretStoreError:
                await asyncio.sleep(0.01)

    assert asyncio.run(run()) == KEY


def test_a_caller_that_gave_up_lets_no_second_thread_into_the_store(hanging: HangingStore) -> None:
    async def run() -> None:
        keeper = SecretKeeper(hanging, answer_s=PATIENCE_S)
        impatient = asyncio.create_task(keeper.get(REFERENCE))
        await asyncio.to_thread(hanging.entered.wait, PATIENCE_S)
        impatient.cancel()
        await asyncio.wait({impatient})
        next_one = asyncio.create_task(keeper.get(REFERENCE))
        await asyncio.sleep(SOON_S)
        hanging.let_go.set()
        await next_one
        await keeper.aclose()

    asyncio.run(run())
    assert not hanging.was_crowded


def test_what_a_store_raises_reaches_its_caller_and_the_next_call_is_made() -> None:
    async def run() -> None:
        keeper = SecretKeeper(LockedStore())
        for _ in range(2):
            with pytest.raises(SecretStoreError) as raised:
                await keeper.get(REFERENCE)
            assert raised.value.trouble is SecretTrouble.LOCKED

    asyncio.run(run())


def test_callers_without_number_are_refused(hanging: HangingStore) -> None:
    async def run() -> None:
        keeper = SecretKeeper(hanging, answer_s=PATIENCE_S)
        waiting = [asyncio.create_task(keeper.get(REFERENCE)) for _ in range(MAX_WAITING)]
        await asyncio.to_thread(hanging.entered.wait, PATIENCE_S)
        with pytest.raises(SecretStoreError):
            await keeper.get(REFERENCE)
        hanging.let_go.set()
        await asyncio.gather(*waiting)

    asyncio.run(run())


def test_nothing_is_asked_after_the_end() -> None:
    async def run() -> None:
        keeper = SecretKeeper(ThisRunStore())
        await keeper.aclose()
        with pytest.raises(BugError):
            await keeper.get(REFERENCE)

    asyncio.run(run())
