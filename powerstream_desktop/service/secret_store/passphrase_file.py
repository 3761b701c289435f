"""Secrets in a file sealed with a passphrase: for computers without a keyring, by the user's choice."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Self

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.paths import PRIVATE_MODE
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.common.whole_file import replace_file
from powerstream_desktop.service.secret_store.passphrase_format import MAX_FILE_BYTES, read_box, write_box
from powerstream_desktop.service.secret_store.passphrase_key import (
    DEFAULT_COST,
    SALT_BYTES,
    PassphraseKeys,
    ScryptCost,
    derive_keys,
    require_passphrase,
)
from powerstream_desktop.service.secret_store.port import keepable_text
from powerstream_desktop.service.secret_store.reference import SecretReference
from powerstream_desktop.service.secret_store.secret_faults import secrets_damaged, secrets_disk


class PassphraseFile:
    """An unlocked file of secrets; written whole at each change. Made by ``create`` or ``unlock``; both block for a guess's time."""

    def __init__(
        self, path: Path, secrets: dict[str, Secret], keys: PassphraseKeys, cost: ScryptCost, salt: bytes
    ) -> None:
        self._path = path
        self._secrets = secrets
        self._keys = keys
        self._cost = cost
        self._salt = salt

    @classmethod
    def create(cls, path: Path, passphrase: Secret, *, cost: ScryptCost = DEFAULT_COST) -> Self:
        """Begin a file.

        Raises:
            UserError: the passphrase is too short, or there is such a file already.
            SecretStoreError: the disk refuses.
        """
        require_passphrase(passphrase)
        if path.exists():
            raise UserError("There are stored keys already.", hint="Unlock them with their passphrase.")
        salt = os.urandom(SALT_BYTES)
        store = cls(path, {}, derive_keys(passphrase, salt, cost), cost, salt)
        store._write({})
        return store

    @classmethod
    def unlock(cls, path: Path, opener: Secret | PassphraseKeys) -> Self:
        """Open a file with its passphrase, or with the keys that this gave an earlier time.

        Raises:
            WrongPassphraseError: it is sealed with another passphrase.
            SecretStoreError: it is damaged, newer than this program, gone, or cannot be read.
        """
        try:
            with path.open("rb") as file:
                content = file.read(MAX_FILE_BYTES + 1)
        except OSError as error:
            raise secrets_disk(path, error) from error
        if len(content) > MAX_FILE_BYTES:
            raise secrets_damaged(path, "it is too large")
        return cls(path, *read_box(content, opener, path))

    @property
    def keys(self) -> PassphraseKeys:
        """What opens this file, until its passphrase is another; never written to disk."""
        return self._keys

    def get(self, reference: SecretReference) -> Secret | None:
        """Return a secret, ``None`` when none is kept."""
        return self._secrets.get(reference.name)

    def set(self, reference: SecretReference, secret: Secret) -> None:
        """Keep a secret. If the disk refuses, the older one is still kept."""
        keepable_text(secret)
        self._write(self._secrets | {reference.name: secret})

    def delete(self, reference: SecretReference) -> None:
        """Keep it no longer."""
        if reference.name in self._secrets:
            self._write({name: kept for name, kept in self._secrets.items() if name != reference.name})

    def _write(self, secrets: dict[str, Secret]) -> None:
        try:
            self._path.parent.mkdir(mode=PRIVATE_MODE, parents=True, exist_ok=True)
            replace_file(self._path, write_box(secrets, self._keys, self._cost, self._salt))
        except OSError as error:
            raise secrets_disk(self._path, error) from error
        self._secrets = secrets
