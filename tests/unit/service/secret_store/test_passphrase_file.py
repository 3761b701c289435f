from __future__ import annotations

import hashlib
import json
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.secret_store.passphrase_file import PassphraseFile
from powerstream_desktop.service.secret_store.passphrase_format import MAX_FILE_BYTES
from powerstream_desktop.service.secret_store.passphrase_key import DEFAULT_COST, ScryptCost
from powerstream_desktop.service.secret_store.reference import SecretReference
from powerstream_desktop.service.secret_store.secret_faults import (
    SecretStoreError,
    SecretTrouble,
    WrongPassphraseError,
)

CHEAP = ScryptCost(n=2**14, r=8, p=1)
PASSPHRASE = Secret("four unrelated words")
REFERENCE = SecretReference("endpoint-1")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "secrets.sealed"


@pytest.fixture
def store(path: Path) -> PassphraseFile:
    store = PassphraseFile.create(path, PASSPHRASE, cost=CHEAP)
    store.set(REFERENCE, Secret("the key"))
    return store


def trouble_at_unlocking(path: Path, passphrase: Secret = PASSPHRASE) -> SecretTrouble:
    with pytest.raises(SecretStoreError) as raised:
        PassphraseFile.unlock(path, passphrase)
    assert raised.value.hint
    return raised.value.trouble


def rewrite(path: Path, **changes: Any) -> None:
    """Change fields of the file, with a checksum that is right."""
    fields = json.loads(path.read_bytes().partition(b"\n")[2])
    body = json.dumps({**fields, **changes}).encode()
    path.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)


def test_what_was_kept_is_there_after_a_restart(store: PassphraseFile, path: Path) -> None:
    assert PassphraseFile.unlock(path, PASSPHRASE).get(REFERENCE) == Secret("the key")


def test_a_file_that_was_unlocked_can_be_changed_and_unlocked_again(
    store: PassphraseFile, path: Path
) -> None:
    again = PassphraseFile.unlock(path, PASSPHRASE)
    again.set(SecretReference("other"), Secret("more"))
    again.delete(REFERENCE)
    third = PassphraseFile.unlock(path, PASSPHRASE)
    assert (third.get(REFERENCE), third.get(SecretReference("other"))) == (None, Secret("more"))


@pytest.mark.parametrize(
    "passphrase", ["", "four unrelated word", "Four unrelated words", "four unrelated words "]
)
def test_a_wrong_passphrase_is_told_from_a_damaged_file(
    store: PassphraseFile, path: Path, passphrase: str
) -> None:
    with pytest.raises(WrongPassphraseError):
        PassphraseFile.unlock(path, Secret(passphrase))


def test_accents_may_be_typed_either_way(path: Path) -> None:
    PassphraseFile.create(path, Secret("caf\u00e9 au lait"), cost=CHEAP).set(REFERENCE, Secret("the key"))
    assert PassphraseFile.unlock(path, Secret("cafe\u0301 au lait")).get(REFERENCE) == Secret("the key")


def test_every_flipped_byte_is_damage_and_never_a_wrong_passphrase(store: PassphraseFile, path: Path) -> None:
    content = path.read_bytes()
    for at in range(len(content)):
        path.write_bytes(content[:at] + bytes([content[at] ^ 4]) + content[at + 1 :])
        assert trouble_at_unlocking(path) is SecretTrouble.DAMAGED


def test_every_cut_is_damage(store: PassphraseFile, path: Path) -> None:
    content = path.read_bytes()
    for length in range(len(content)):
        path.write_bytes(content[:length])
        assert trouble_at_unlocking(path) is SecretTrouble.DAMAGED


@pytest.mark.parametrize(
    "changes",
    [
        {"cost": {"n": 2**40, "r": 8, "p": 1}},
        {"cost": {"n": 2**20, "r": 32, "p": 1}},
        {"cost": {"n": 1000, "r": 8, "p": 1}},
        {"cost": {"n": 2**14, "r": 8, "p": 0}},
        {"cost": {"n": "16384", "r": 8, "p": 1}},
        {"salt": "not Base64!"},
        {"format": True},
        {"extra": 1},
    ],
)
def test_a_forged_file_is_damage_and_takes_neither_time_nor_memory(
    store: PassphraseFile, path: Path, changes: dict[str, Any]
) -> None:
    rewrite(path, **changes)
    assert trouble_at_unlocking(path) is SecretTrouble.DAMAGED


def test_content_that_was_exchanged_with_a_right_checksum_is_damage(
    store: PassphraseFile, path: Path
) -> None:
    rewrite(path, content="AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
    assert trouble_at_unlocking(path) is SecretTrouble.DAMAGED


def test_a_file_of_a_newer_version_is_refused_as_such(store: PassphraseFile, path: Path) -> None:
    rewrite(path, format=2, novelty="x")
    assert trouble_at_unlocking(path) is SecretTrouble.NEWER


def test_a_file_without_end_is_not_read_to_it(store: PassphraseFile, path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    assert trouble_at_unlocking(path) is SecretTrouble.DAMAGED


def test_a_file_that_is_gone_says_where_it_was(path: Path) -> None:
    assert trouble_at_unlocking(path) is SecretTrouble.DISK


@pytest.mark.skipif(sys.platform == "win32", reason="there the folder's access list decides")
def test_only_this_user_may_read_it(store: PassphraseFile, path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_file_that_is_there_is_never_begun_anew(store: PassphraseFile, path: Path) -> None:
    with pytest.raises(UserError, match="stored keys already"):
        PassphraseFile.create(path, PASSPHRASE, cost=CHEAP)
    assert PassphraseFile.unlock(path, PASSPHRASE).get(REFERENCE) == Secret("the key")


def test_a_short_passphrase_is_refused_before_anything_is_written(path: Path) -> None:
    with pytest.raises(UserError, match="at least 8 characters"):
        PassphraseFile.create(path, Secret("seven77"), cost=CHEAP)
    assert not path.exists()


def test_a_disk_that_refuses_leaves_the_old_keys(store: PassphraseFile, path: Path) -> None:
    path.unlink()
    path.mkdir()
    with pytest.raises(SecretStoreError):
        store.set(REFERENCE, Secret("the new key"))
    assert store.get(REFERENCE) == Secret("the key")


def test_the_same_content_never_looks_the_same(store: PassphraseFile, path: Path) -> None:
    before = path.read_bytes()
    store.set(REFERENCE, Secret("the key"))
    assert path.read_bytes() != before


def test_a_guess_costs_128_mebibytes_by_default() -> None:
    assert 128 * DEFAULT_COST.n * DEFAULT_COST.r == 128 * 1024 * 1024
