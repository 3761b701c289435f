from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.secret_store.keyring_store import KeyringStore
from powerstream_desktop.service.secret_store.port import KeyringState
from powerstream_desktop.service.secret_store.reference import SecretReference
from powerstream_desktop.service.secret_store.secret_faults import SecretStoreError, SecretTrouble
from tests.unit.service.secret_store.fake_keyrings import FakeKeyring

REFERENCE = SecretReference("endpoint-1")
OTHER = SecretReference("endpoint-10")
LONG = Secret("t" * 1281)


@pytest.fixture
def keyring() -> FakeKeyring:
    return FakeKeyring()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "sealed"


@pytest.fixture
def store(keyring: FakeKeyring, folder: Path) -> KeyringStore:
    return KeyringStore(keyring, folder)


def trouble_of(raised: pytest.ExceptionInfo[SecretStoreError]) -> SecretTrouble:
    assert raised.value.hint
    return raised.value.trouble


def test_a_short_value_makes_no_file(store: KeyringStore, folder: Path) -> None:
    store.set(REFERENCE, Secret("short"))
    assert not folder.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there the folder's access list decides")
def test_a_sealed_file_and_its_folder_are_for_this_user_only(store: KeyringStore, folder: Path) -> None:
    store.set(REFERENCE, LONG)
    (file,) = folder.iterdir()
    assert (stat.S_IMODE(folder.stat().st_mode), stat.S_IMODE(file.stat().st_mode)) == (0o700, 0o600)


def test_a_value_that_was_replaced_or_deleted_leaves_no_file(store: KeyringStore, folder: Path) -> None:
    for reference in (REFERENCE, OTHER):
        store.set(reference, LONG)
        store.set(reference, Secret("u" * 1300))
    assert len(list(folder.iterdir())) == 2
    store.set(REFERENCE, Secret("short"))
    assert [file.name.partition(".")[0] for file in folder.iterdir()] == [OTHER.name]
    store.delete(OTHER)
    assert list(folder.iterdir()) == []


def test_every_damaged_byte_of_a_sealed_file_is_noticed(store: KeyringStore, folder: Path) -> None:
    store.set(REFERENCE, LONG)
    (file,) = folder.iterdir()
    content = file.read_bytes()
    for at in (0, 11, 12, 700, len(content) - 1):
        file.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        with pytest.raises(SecretStoreError) as raised:
            store.get(REFERENCE)
        assert trouble_of(raised) is SecretTrouble.DAMAGED


@pytest.mark.parametrize("length", [0, 5, 12, 20])
def test_a_sealed_file_that_was_cut_off_is_damaged(store: KeyringStore, folder: Path, length: int) -> None:
    store.set(REFERENCE, LONG)
    (file,) = folder.iterdir()
    file.write_bytes(file.read_bytes()[:length])
    with pytest.raises(SecretStoreError) as raised:
        store.get(REFERENCE)
    assert trouble_of(raised) is SecretTrouble.DAMAGED


def test_a_sealed_file_that_is_gone_is_said_and_can_be_written_anew(
    store: KeyringStore, folder: Path
) -> None:
    store.set(REFERENCE, LONG)
    next(folder.iterdir()).unlink()
    with pytest.raises(SecretStoreError) as raised:
        store.get(REFERENCE)
    assert trouble_of(raised) is SecretTrouble.DAMAGED
    store.set(REFERENCE, LONG)
    assert store.get(REFERENCE) == LONG


def test_one_file_cannot_be_put_in_anothers_place(
    store: KeyringStore, keyring: FakeKeyring, folder: Path
) -> None:
    store.set(REFERENCE, LONG)
    (mine,) = folder.iterdir()
    store.set(OTHER, Secret("o" * 2000))
    (theirs,) = set(folder.iterdir()) - {mine}
    mine.write_bytes(theirs.read_bytes())
    key = keyring.items[OTHER.name].rpartition(":")[2]
    keyring.items[REFERENCE.name] = f"sealed:{mine.name.split('.')[1]}:{key}"
    with pytest.raises(SecretStoreError):
        store.get(REFERENCE)


def test_a_keyring_that_returns_another_value_has_not_kept_it(
    store: KeyringStore, keyring: FakeKeyring
) -> None:
    keyring.alters = "!"
    with pytest.raises(SecretStoreError) as raised:
        store.set(REFERENCE, Secret("short"))
    assert trouble_of(raised) is SecretTrouble.FAILED


def test_a_long_value_that_a_keyring_alters_costs_not_the_old_one(
    store: KeyringStore, keyring: FakeKeyring
) -> None:
    store.set(REFERENCE, LONG)
    before = dict(keyring.items)
    keyring.alters = "!"
    with pytest.raises(SecretStoreError):
        store.set(REFERENCE, Secret("v" * 3000))
    keyring.items, keyring.alters = before, ""
    assert store.get(REFERENCE) == LONG


def test_a_keyring_that_does_not_forget_is_told_of(store: KeyringStore, keyring: FakeKeyring) -> None:
    store.set(REFERENCE, Secret("short"))
    keyring.is_forgetful = False
    with pytest.raises(SecretStoreError) as raised:
        store.delete(REFERENCE)
    assert trouble_of(raised) is SecretTrouble.FAILED


def test_a_locked_keyring_is_said_and_works_once_unlocked(store: KeyringStore, keyring: FakeKeyring) -> None:
    keyring.stands = KeyringState.LOCKED
    with pytest.raises(SecretStoreError) as raised:
        store.set(REFERENCE, Secret("short"))
    assert trouble_of(raised) is SecretTrouble.LOCKED
    keyring.stands = KeyringState.AVAILABLE
    store.set(REFERENCE, Secret("short"))
    assert store.get(REFERENCE) == Secret("short")


@pytest.mark.parametrize(
    "item",
    ["", "live_key", "sealed:", "sealed:x:y", "sealed:../../../etc:AAAA", "sealed:0123456789abcdef:AAAA"],
)
def test_an_item_of_another_form_is_no_secret(store: KeyringStore, keyring: FakeKeyring, item: str) -> None:
    keyring.items[REFERENCE.name] = item
    with pytest.raises(SecretStoreError) as raised:
        store.get(REFERENCE)
    assert trouble_of(raised) is SecretTrouble.FAILED


def test_a_folder_that_cannot_be_written_keeps_the_old_value(keyring: FakeKeyring, folder: Path) -> None:
    store = KeyringStore(keyring, folder)
    store.set(REFERENCE, Secret("short"))
    folder.write_text("I am in the way.")
    with pytest.raises(SecretStoreError) as raised:
        store.set(REFERENCE, LONG)
    assert trouble_of(raised) is SecretTrouble.DISK
    assert store.get(REFERENCE) == Secret("short")


def test_a_locked_keyring_leaves_no_file_behind(
    store: KeyringStore, keyring: FakeKeyring, folder: Path
) -> None:
    keyring.stands = KeyringState.LOCKED
    with pytest.raises(SecretStoreError):
        store.set(REFERENCE, LONG)
    assert not folder.exists()
