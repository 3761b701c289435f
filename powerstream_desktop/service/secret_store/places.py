"""The places of one installation, and what opens them. All methods block; most take their time."""

from __future__ import annotations

from pathlib import Path

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.secret_store.keyring_store import KeyringStore
from powerstream_desktop.service.secret_store.passphrase_file import PassphraseFile
from powerstream_desktop.service.secret_store.passphrase_key import DEFAULT_COST, PassphraseKeys, ScryptCost
from powerstream_desktop.service.secret_store.place import SecretPlace
from powerstream_desktop.service.secret_store.port import Keyring, KeyringState

_SEALED_FILE = "keys.sealed"
_SEALED_VALUES = "sealed"


class Places:
    """Where secrets can be kept here.

    Args:
        keyring: the system's.
        folder: for files; made when one is written.
        cost: of a guess at the passphrase of a new file.
    """

    def __init__(self, keyring: Keyring, folder: Path, *, cost: ScryptCost = DEFAULT_COST) -> None:
        self._keyring = keyring
        self._file = folder / _SEALED_FILE
        self._sealed_values = folder / _SEALED_VALUES
        self._cost = cost

    def keyring_state(self) -> KeyringState:
        """Return how the keyring stands; asks its owner nothing."""
        return self._keyring.state()

    def keyring(self) -> KeyringStore:
        """Return the store in the keyring."""
        return KeyringStore(self._keyring, self._sealed_values)

    def has_file(self) -> bool:
        """Return whether there is a sealed file."""
        return self._file.exists()

    def file(self, opener: Secret | PassphraseKeys) -> PassphraseFile:
        """Open the sealed file, or begin one if there is none and ``opener`` is a passphrase.

        Raises:
            UserError: the passphrase is wrong, or too short for a new file.
            SecretStoreError: the file is damaged, newer or cannot be read; or it is gone, and ``opener`` are keys of it.
        """
        if isinstance(opener, Secret) and not self.has_file():
            return PassphraseFile.create(self._file, opener, cost=self._cost)
        return PassphraseFile.unlock(self._file, opener)

    def name_of(self, place: SecretPlace) -> str:
        """Return what people call a place."""
        return {
            SecretPlace.KEYRING: self._keyring.name,
            SecretPlace.THIS_RUN: "the memory of this run",
            SecretPlace.SEALED_FILE: "the file sealed with your passphrase",
        }[place]


def passphrase_of(passphrase: Secret | None) -> Secret:
    """Return a passphrase that was given.

    Raises:
        UserError: none was.
    """
    if not passphrase:
        raise UserError(
            "A sealed file needs a passphrase.", hint="Send one; four or five unrelated words are good."
        )
    return passphrase
