"""The service's keys: where they are, how they move, and what a successor gets."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.secret_store.passphrase_key import ScryptCost
from powerstream_desktop.service.secret_store.place import SecretPlace
from powerstream_desktop.service.secret_store.places import Places
from powerstream_desktop.service.secret_store.port import KeyringState
from powerstream_desktop.service.secret_store.secret_desk import SecretDesk
from powerstream_desktop.service.secret_store.secret_faults import (
    SecretStoreError,
    SecretTrouble,
    WrongPassphraseError,
)
from tests.canary import find_canary
from tests.unit.service.secret_store.fake_keyrings import FakeKeyring

CHEAP = ScryptCost(n=2**14, r=8, p=1)
WORDS = Secret("four unrelated words")
KEY, OTHER = Secret("live_KEY-1"), Secret("live_KEY-2" + "x" * 2000)
KEYRING, THIS_RUN, SEALED = SecretPlace.KEYRING, SecretPlace.THIS_RUN, SecretPlace.SEALED_FILE
ResultT = TypeVar("ResultT")


class Home:
    """A folder, a keyring, and what was handed to the keeper."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.keyring = FakeKeyring()
        self.handed: list[Secret] = []
        self.saved: list[str] = []

    def desk(self, *, succeeds: bool = False) -> SecretDesk:
        return SecretDesk(
            Places(self.keyring, self.folder, cost=CHEAP),
            handed_down=self.handed[-1] if succeeds else None,
            on_handover=self.handed.append,
        )

    async def save_choice(self) -> None:
        self.saved.append("saved")

    async def fail_to_save(self) -> None:
        raise SystemFault("The disk is full.")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "secrets")


def play(scene: Callable[[], Awaitable[ResultT]]) -> ResultT:
    async def run() -> ResultT:
        return await scene()

    return asyncio.run(run())


async def at(home: Home, place: SecretPlace) -> SecretDesk:
    """Return a desk whose keys are at a place, opened."""
    desk = home.desk()
    await desk.open(place)
    if place is SEALED:
        await desk.unlock(WORDS)
    return desk


def test_without_a_choice_a_keyring_is_used_if_there_is_one(home: Home) -> None:
    async def scene() -> list[SecretPlace]:
        found = []
        for home.keyring.stands in KeyringState:
            desk = home.desk()
            await desk.open(None)
            found.append(desk.state.place)
        return found

    assert play(scene) == [KEYRING, KEYRING, THIS_RUN]


class SilentKeyring(FakeKeyring):
    """Its owner's desktop hangs."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = threading.Event()

    def state(self) -> KeyringState:
        self.let_go.wait()
        return KeyringState.AVAILABLE


def test_a_keyring_that_hangs_keeps_nobody_from_starting_and_keys_stay_with_it(tmp_path: Path) -> None:
    keyring = SilentKeyring()

    async def scene() -> SecretPlace:
        desk = SecretDesk(Places(keyring, tmp_path), answer_s=0.02)
        await desk.open(None)
        await desk.aclose()
        return desk.state.place

    try:
        assert play(scene) is KEYRING
    finally:
        keyring.let_go.set()


@pytest.mark.parametrize("place", list(SecretPlace))
def test_a_key_is_kept_found_and_forgotten_by_its_reference(home: Home, place: SecretPlace) -> None:
    async def scene() -> None:
        desk = await at(home, place)
        first = await desk.keep(KEY)
        second = await desk.keep(OTHER)
        assert first != second
        assert (await desk.get(first), await desk.get(second)) == (KEY, OTHER)
        await desk.forget(first)
        await desk.forget(first)
        await desk.forget(None)
        assert (await desk.get(first), await desk.get(second), await desk.get(None)) == (None, OTHER, None)
        await desk.aclose()

    play(scene)


def test_a_sealed_file_is_shut_until_its_passphrase_is_given(home: Home) -> None:
    async def scene() -> None:
        key_ref = await (await at(home, SEALED)).keep(KEY)
        later = home.desk()
        await later.open(SEALED)
        shut = later.state
        assert (shut.is_shut, shut.has_file) == (True, True)
        for refused in (later.get(key_ref), later.forget(key_ref)):
            with pytest.raises(SecretStoreError) as caught:
                await refused
            assert caught.value.trouble is SecretTrouble.SEALED
        with pytest.raises(WrongPassphraseError):
            await later.unlock(Secret("four other words"))
        assert later.state == shut
        await later.unlock(WORDS)
        assert later.state == replace(shut, is_shut=False)
        assert await later.get(key_ref) == KEY

    play(scene)


def test_there_is_nothing_to_unlock_elsewhere(home: Home) -> None:
    async def scene() -> None:
        with pytest.raises(UserError, match="not kept in a sealed file"):
            await (await at(home, THIS_RUN)).unlock(WORDS)

    play(scene)


@pytest.mark.parametrize("old", list(SecretPlace))
@pytest.mark.parametrize("new", list(SecretPlace))
def test_all_keys_move_to_the_place_that_is_chosen_and_none_stays(
    home: Home, old: SecretPlace, new: SecretPlace
) -> None:
    async def scene() -> None:
        desk = await at(home, old)
        rows = [await desk.keep(KEY), await desk.keep(OTHER)]
        lost = "endpoint-00000000000000000000000000000000"
        await desk.move(new, [*rows, lost], home.save_choice, passphrase=WORDS)
        assert desk.state.place is new
        assert [await desk.get(each) for each in rows] == [KEY, OTHER]
        assert desk.state.left_behind == 0
        assert home.saved == ["saved"]
        assert bool(home.keyring.items) == (new is KEYRING)
        if old is SEALED is not new:
            before = await at(home, SEALED)
            assert [await before.get(each) for each in rows] == [None, None]

    play(scene)


def test_a_key_whose_row_is_not_saved_yet_moves_with_the_others(home: Home) -> None:
    async def scene() -> Secret | None:
        desk = await at(home, KEYRING)
        key_ref = await desk.keep(KEY)
        await desk.move(THIS_RUN, [], home.save_choice)
        return await desk.get(key_ref)

    assert play(scene) == KEY


def test_a_choice_that_cannot_be_saved_leaves_every_key_where_it_was(home: Home) -> None:
    async def scene() -> None:
        desk = await at(home, KEYRING)
        key_ref = await desk.keep(KEY)
        with pytest.raises(SystemFault, match="disk is full"):
            await desk.move(SEALED, [key_ref], home.fail_to_save, passphrase=WORDS)
        assert desk.state.place is KEYRING
        assert await desk.get(key_ref) == KEY
        assert await (await at(home, SEALED)).get(key_ref) is None

    play(scene)


def test_a_place_that_gives_another_value_back_is_not_moved_to(home: Home) -> None:
    async def scene() -> None:
        desk = await at(home, THIS_RUN)
        rows = [await desk.keep(KEY), await desk.keep(OTHER)]
        home.keyring.alters = "!"
        with pytest.raises(SecretStoreError):
            await desk.move(KEYRING, rows, home.save_choice)
        assert (desk.state.place, home.saved) == (THIS_RUN, [])
        assert [await desk.get(each) for each in rows] == [KEY, OTHER]
        assert home.keyring.items == {}

    play(scene)


def test_a_keyring_that_does_not_forget_is_told_of(home: Home) -> None:
    async def scene() -> None:
        desk = await at(home, KEYRING)
        key_ref = await desk.keep(KEY)
        home.keyring.is_forgetful = False
        await desk.move(THIS_RUN, [key_ref], home.save_choice)
        assert desk.state.left_behind == 1
        assert await desk.get(key_ref) == KEY

    play(scene)


def test_keys_in_a_locked_keyring_stay_unless_they_are_given_up(home: Home) -> None:
    async def scene() -> None:
        desk = await at(home, KEYRING)
        key_ref = await desk.keep(KEY)
        home.keyring.stands = KeyringState.LOCKED
        with pytest.raises(SecretStoreError):
            await desk.move(THIS_RUN, [key_ref], home.save_choice)
        assert (desk.state.place, home.saved) == (KEYRING, [])
        await desk.move(THIS_RUN, [key_ref], home.save_choice, leaves_keys=True)
        assert desk.state.place is THIS_RUN
        assert await desk.get(key_ref) is None
        assert home.keyring.items

    play(scene)


@pytest.mark.parametrize("passphrase", [None, Secret(""), Secret("short")])
def test_a_sealed_file_is_not_begun_without_a_good_passphrase(home: Home, passphrase: Secret | None) -> None:
    async def scene() -> None:
        desk = await at(home, THIS_RUN)
        with pytest.raises(UserError, match="passphrase"):
            await desk.move(SEALED, [], home.save_choice, passphrase=passphrase)
        assert (desk.state.place, home.saved) == (THIS_RUN, [])

    play(scene)


@pytest.mark.parametrize("place", list(SecretPlace))
def test_a_successor_of_a_killed_service_has_all_keys_without_asking(home: Home, place: SecretPlace) -> None:
    async def scene() -> Secret | None:
        key_ref = await (await at(home, place)).keep(KEY)
        successor = home.desk(succeeds=True)
        await successor.open(place)
        return await successor.get(key_ref)

    assert play(scene) == KEY


def test_a_successor_stays_at_a_place_that_was_taken_for_want_of_a_choice(home: Home) -> None:
    async def scene() -> Secret | None:
        home.keyring.stands = KeyringState.ABSENT
        desk = home.desk()
        await desk.open(None)
        key_ref = await desk.keep(KEY)
        home.keyring.stands = KeyringState.AVAILABLE
        successor = home.desk(succeeds=True)
        await successor.open(None)
        return await successor.get(key_ref)

    assert play(scene) == KEY


def test_a_file_that_is_gone_or_exchanged_is_not_opened_by_keys_of_another(home: Home) -> None:
    async def scene() -> None:
        await (await at(home, SEALED)).keep(KEY)
        (home.folder / "keys.sealed").unlink()
        gone = home.desk(succeeds=True)
        await gone.open(SEALED)
        assert gone.state.is_shut

    play(scene)


@pytest.mark.parametrize("text", ["", "{}", '{"place":"elsewhere"}', "[1]"])
def test_what_no_predecessor_left_is_no_hindrance(home: Home, text: str) -> None:
    async def scene() -> SecretPlace:
        desk = SecretDesk(Places(home.keyring, home.folder), handed_down=Secret(text))
        await desk.open(None)
        return desk.state.place

    assert play(scene) is KEYRING


@pytest.mark.parametrize("place", list(SecretPlace))
def test_no_key_and_no_passphrase_stands_in_a_file_or_in_what_is_printed(
    home: Home, place: SecretPlace
) -> None:
    canary = "CANARY-9d3e71aa04"

    async def scene() -> SecretDesk:
        desk = await at(home, place)
        await desk.keep(Secret(canary + "y" * 1500))
        return desk

    desk = play(scene)
    assert canary not in f"{desk!r} {desk.state!r} {home.handed!r}"
    home.folder.mkdir(exist_ok=True)
    assert find_canary([home.folder], canary) == []
