"""Stream keys in a real GNOME Keyring, and what becomes of them when it is locked, hangs or goes away (S37)."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import secretstorage

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.secret_store.keeper import SecretKeeper
from powerstream_desktop.service.secret_store.keyring_store import KeyringStore
from powerstream_desktop.service.secret_store.port import KeyringState
from powerstream_desktop.service.secret_store.reference import new_reference
from powerstream_desktop.service.secret_store.secret_faults import SecretStoreError, SecretTrouble
from powerstream_desktop.service.secret_store.system_keyring import system_keyring
from tests.e2e.support.gnome_keyring import BINARIES, START_S, GnomeKeyring
from tests.e2e.support.waiting import wait_until

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(
        any(shutil.which(binary) is None for binary in BINARIES), reason="needs dbus and gnome-keyring"
    ),
]

REFERENCE = new_reference("endpoint")
SHORT, LONG = Secret("live_0815_short"), Secret("t" * 1281)


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[GnomeKeyring]:
    with GnomeKeyring(tmp_path) as desktop:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", desktop.address)
        until_there()
        yield desktop


@pytest.fixture
def store(desktop: GnomeKeyring, tmp_path: Path) -> KeyringStore:
    return KeyringStore(system_keyring(), tmp_path / "sealed")


def until_there() -> None:
    wait_until(
        lambda: system_keyring().state() is KeyringState.AVAILABLE, what="the keyring", timeout_s=START_S
    )


def lock() -> None:
    with closing(secretstorage.dbus_init()) as bus:
        secretstorage.get_default_collection(bus).lock()


def trouble(raised: pytest.ExceptionInfo[SecretStoreError]) -> SecretTrouble:
    return raised.value.trouble


@pytest.mark.parametrize("secret", [SHORT, LONG], ids=["short", "1,281 characters"])
def test_a_key_survives_logging_out_and_in_and_is_gone_once_deleted(
    desktop: GnomeKeyring, store: KeyringStore, secret: Secret
) -> None:
    store.set(REFERENCE, Secret("the one before"))
    store.set(REFERENCE, secret)
    desktop.restart()
    until_there()
    assert store.get(REFERENCE) == secret
    store.delete(REFERENCE)
    store.delete(REFERENCE)
    assert store.get(REFERENCE) is None


def test_two_keys_do_not_get_into_each_others_way(store: KeyringStore) -> None:
    other = new_reference("endpoint")
    store.set(REFERENCE, SHORT)
    store.set(other, LONG)
    store.delete(REFERENCE)
    assert (store.get(REFERENCE), store.get(other)) == (None, LONG)


@pytest.mark.parametrize("act", ["get", "set", "delete"])
def test_a_locked_keyring_is_seen_without_a_dialog_and_refuses_in_words(
    store: KeyringStore, act: str
) -> None:
    store.set(REFERENCE, SHORT)
    lock()
    assert system_keyring().state() is KeyringState.LOCKED
    arguments = (REFERENCE, LONG) if act == "set" else (REFERENCE,)
    with pytest.raises(SecretStoreError) as raised:
        getattr(store, act)(*arguments)
    assert trouble(raised) is SecretTrouble.LOCKED


def test_a_keyring_that_hangs_costs_its_caller_the_limit_and_works_again_afterwards(
    desktop: GnomeKeyring, store: KeyringStore
) -> None:
    store.set(REFERENCE, SHORT)

    async def run() -> Secret | None:
        keeper = SecretKeeper(store, answer_s=0.3)
        desktop.hang()
        with pytest.raises(SecretStoreError) as raised:
            await keeper.get(REFERENCE)
        assert trouble(raised) is SecretTrouble.SILENT
        desktop.wake()
        while True:
            try:
                return await keeper.get(REFERENCE)
            except SecretStoreError:
                await asyncio.sleep(0.05)

    assert asyncio.run(run()) == SHORT


def test_a_keyring_that_went_away_is_absent(desktop: GnomeKeyring, store: KeyringStore) -> None:
    desktop.daemon.stop()
    assert system_keyring().state() is KeyringState.ABSENT
    with pytest.raises(SecretStoreError) as raised:
        store.set(REFERENCE, SHORT)
    assert trouble(raised) is SecretTrouble.ABSENT


def test_a_bus_that_went_away_is_no_keyring(desktop: GnomeKeyring, store: KeyringStore) -> None:
    desktop.bus.process.stop()
    with pytest.raises(SecretStoreError) as raised:
        store.get(REFERENCE)
    assert trouble(raised) is SecretTrouble.ABSENT
