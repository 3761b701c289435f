"""Secrets in the system's keyring: one item each, read back before it counts as kept (reliability_security.md 3.10)."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.secret_store.port import Keyring, keepable_text
from powerstream_desktop.service.secret_store.reference import SecretReference
from powerstream_desktop.service.secret_store.sealed_values import SealedTicket, SealedValues
from powerstream_desktop.service.secret_store.secret_faults import keyring_failed

MAX_ITEM_CHARACTERS: Final = 1200
"""As Windows counts them, in UTF-16; longer values are sealed in a file, on all systems alike."""

_TEXT: Final = "text:"
_SEALED: Final = "sealed:"


class KeyringStore:
    """Keeps each secret as an item of a keyring; see ``SecretStore``.

    Args:
        keyring: the system's.
        folder: for values that are too long for it.
    """

    def __init__(self, keyring: Keyring, folder: Path) -> None:
        self._keyring = keyring
        self._sealed = SealedValues(folder)

    def get(self, reference: SecretReference) -> Secret | None:
        """Return a secret, ``None`` when none is kept."""
        item = self._keyring.read(reference.name)
        if item is None:
            return None
        if item.startswith(_TEXT):
            return Secret(item.removeprefix(_TEXT))
        ticket = _ticket(item)
        if ticket is None:
            raise keyring_failed("an item of another form")
        return Secret(self._sealed.unseal(reference, ticket))

    def set(self, reference: SecretReference, secret: Secret) -> None:
        """Keep a secret, and make sure that the keyring returns it."""
        text = keepable_text(secret)
        item, ticket = _TEXT + text, None
        if _utf16_length(item) > MAX_ITEM_CHARACTERS:
            self._keyring.read(reference.name)  # one that is locked or gone says so before a file is written
            ticket = self._sealed.seal(reference, text)
            item = _SEALED + ticket.text()
        self._write(reference, item)
        self._sealed.keep_only(reference, ticket)

    def delete(self, reference: SecretReference) -> None:
        """Keep it no longer, and make sure that the keyring has forgotten it."""
        self._keyring.erase(reference.name)
        if self._keyring.read(reference.name) is not None:
            raise keyring_failed("an item is still there after it was deleted")
        self._sealed.keep_only(reference, None)

    def _write(self, reference: SecretReference, item: str) -> None:
        """Write an item. What a keyring that fails has made of it is unknown, so no sealed file goes away then."""
        self._keyring.write(reference.name, item)
        if self._keyring.read(reference.name) != item:
            raise keyring_failed("another value came back than was written")


def _ticket(item: str) -> SealedTicket | None:
    return SealedTicket.parse(item.removeprefix(_SEALED)) if item.startswith(_SEALED) else None


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
