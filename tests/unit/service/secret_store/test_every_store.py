"""What every place for secrets must do alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import BugError, UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.secret_store.keyring_store import KeyringStore
from powerstream_desktop.service.secret_store.library_keyring import LibraryKeyring
from powerstream_desktop.service.secret_store.passphrase_file import PassphraseFile
from powerstream_desktop.service.secret_store.passphrase_key import ScryptCost
from powerstream_desktop.service.secret_store.port import SecretStore
from powerstream_desktop.service.secret_store.reference import SecretReference, new_reference
from powerstream_desktop.service.secret_store.this_run import ThisRunStore
from tests.canary import find_canary
from tests.unit.service.secret_store.fake_keyrings import FakeBackend, FakeKeyring

CHEAP = ScryptCost(n=2**14, r=8, p=1)
CANARY = "CANARY-5f1e9a70c2d84b7f"

STORES: dict[str, Callable[[Path], SecretStore]] = {
    "this run": lambda _folder: ThisRunStore(),
    "passphrase": lambda folder: PassphraseFile.create(
        folder / "secrets.sealed", Secret("four unrelated words"), cost=CHEAP
    ),
    "keyring": lambda folder: KeyringStore(FakeKeyring(), folder / "sealed"),
    "library": lambda folder: KeyringStore(LibraryKeyring(FakeBackend(), "a fake"), folder / "sealed"),
}
VALUES = [
    "x",
    "live_1234",
    "text:",
    "sealed:1:2",
    "ключ-🎥",
    "a" * 1194,
    "b" * 1195,
    "c" * 1281,
    "🎥" * 900,
    "d" * 9000,
    "\0\n",
]


@pytest.fixture(params=list(STORES))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> SecretStore:
    return STORES[request.param](tmp_path)


def test_what_was_kept_comes_back_whatever_its_length_and_script(store: SecretStore) -> None:
    kept = {new_reference("endpoint"): Secret(value) for value in VALUES}
    for reference, secret in kept.items():
        store.set(reference, secret)
    assert {reference: store.get(reference) for reference in kept} == kept


@pytest.mark.parametrize("first", ["short", "l" * 5000])
@pytest.mark.parametrize("second", ["other", "m" * 5000])
def test_a_new_value_takes_the_place_of_the_old_one(store: SecretStore, first: str, second: str) -> None:
    reference = new_reference("endpoint")
    store.set(reference, Secret(first))
    store.set(reference, Secret(second))
    assert store.get(reference) == Secret(second)


@pytest.mark.parametrize("value", ["short", "l" * 5000])
def test_what_was_deleted_is_gone_and_deleting_it_again_is_harmless(store: SecretStore, value: str) -> None:
    gone, stays = new_reference("endpoint"), new_reference("endpoint")
    store.set(gone, Secret(value))
    store.set(stays, Secret("another"))
    store.delete(gone)
    store.delete(gone)
    assert store.get(gone) is None
    assert store.get(stays) == Secret("another")


@pytest.mark.parametrize("value", ["", "half a pair \ud83c"])
def test_what_is_no_text_is_refused_and_the_old_value_stays(store: SecretStore, value: str) -> None:
    reference = new_reference("endpoint")
    store.set(reference, Secret("old one"))
    with pytest.raises(UserError):
        store.set(reference, Secret(value))
    assert store.get(reference) == Secret("old one")


def test_no_file_holds_a_key_in_any_spelling(store: SecretStore, tmp_path: Path) -> None:
    store.set(new_reference("endpoint"), Secret(CANARY))
    store.set(new_reference("endpoint"), Secret(CANARY * 100))
    assert find_canary([tmp_path], CANARY, pids=()) == []


@pytest.mark.parametrize("name", ["", "../endpoint", "A", "a.b", "a/b", "9a", "a" * 81, "a\n"])
def test_a_reference_that_we_never_made_is_refused(name: str) -> None:
    with pytest.raises(BugError):
        SecretReference(name)
