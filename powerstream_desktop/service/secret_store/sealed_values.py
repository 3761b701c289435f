"""Values that are too long for a keyring: sealed in a file of their own, with the key in the keyring.

Windows keeps 1,280 characters at most (reliability_security.md 3.10). A sealed value is never overwritten: the new one gets a
new file and a new key, then the keyring's item, which names both, changes over; only then does the old file go. So a crash at
any instant leaves the old value or the new one. A file without its item is worth nothing, because the key is gone.
"""

from __future__ import annotations

import base64
import binascii
import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from powerstream_desktop.common.paths import PRIVATE_MODE
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.common.whole_file import replace_file
from powerstream_desktop.service.secret_store.reference import SecretReference
from powerstream_desktop.service.secret_store.secret_faults import secrets_damaged, secrets_disk

SUFFIX: Final = ".sealed"
_NONCE_BYTES: Final = 12
_KEY_BITS: Final = 256
_GENERATION: Final = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedTicket:
    """Leads to a sealed value, and opens it.

    Attributes:
        generation: which file of the reference.
        key: of that file alone, in Base64.
    """

    generation: str
    key: Secret

    def text(self) -> str:
        """Return it as the keyring keeps it."""
        return f"{self.generation}:{self.key.reveal()}"

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return the ticket in a text, ``None`` if it holds none."""
        generation, _, key = text.partition(":")
        try:
            key_bytes = base64.b64decode(key, validate=True)
        except binascii.Error:
            return None
        if _GENERATION.fullmatch(generation) is None or len(key_bytes) * 8 != _KEY_BITS:
            return None
        return cls(generation=generation, key=Secret(key))


class SealedValues:
    """The sealed files of one installation.

    Args:
        folder: where they lie; made at the first use, for this user only.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def seal(self, reference: SecretReference, value: str) -> SealedTicket:
        """Write a value beside those that are there; SecretStoreError if the disk refuses."""
        key, nonce = AESGCM.generate_key(_KEY_BITS), os.urandom(_NONCE_BYTES)
        ticket = SealedTicket(generation=secrets.token_hex(8), key=Secret(base64.b64encode(key).decode()))
        path = self._path(reference, ticket.generation)
        try:
            self._folder.mkdir(mode=PRIVATE_MODE, parents=True, exist_ok=True)
            replace_file(path, nonce + AESGCM(key).encrypt(nonce, value.encode(), path.name.encode()))
        except OSError as error:
            raise secrets_disk(path, error) from error
        return ticket

    def unseal(self, reference: SecretReference, ticket: SealedTicket) -> str:
        """Return the value that a ticket leads to; SecretStoreError if it is not as it was written."""
        path = self._path(reference, ticket.generation)
        try:
            content = path.read_bytes()
            cipher = AESGCM(base64.b64decode(ticket.key.reveal()))
            return cipher.decrypt(content[:_NONCE_BYTES], content[_NONCE_BYTES:], path.name.encode()).decode()
        except FileNotFoundError as error:
            raise secrets_damaged(path, "the file is gone") from error
        except OSError as error:
            raise secrets_disk(path, error) from error
        except (InvalidTag, ValueError) as error:
            raise secrets_damaged(path, type(error).__name__) from None

    def keep_only(self, reference: SecretReference, ticket: SealedTicket | None) -> None:
        """Remove all files of a reference but that of ``ticket``; SecretStoreError if the disk refuses."""
        kept = None if ticket is None else self._path(reference, ticket.generation)
        for path in self._folder.glob(f"{reference.name}.*{SUFFIX}"):
            if path != kept:
                try:
                    path.unlink(missing_ok=True)
                except OSError as error:
                    raise secrets_disk(path, error) from error

    def _path(self, reference: SecretReference, generation: str) -> Path:
        return self._folder / f"{reference.name}.{generation}{SUFFIX}"
