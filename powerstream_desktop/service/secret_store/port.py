"""What a place for secrets must be able to do, and what a keyring must."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.secret_store.reference import SecretReference


class SecretStore(Protocol):
    """Keeps secrets by reference. All methods block, and a keyring may block for ever: call them through ``SecretKeeper``.

    One thread at a time. All raise ``SecretStoreError``.
    """

    def get(self, reference: SecretReference) -> Secret | None:
        """Return a secret, ``None`` when none is kept."""
        ...

    def set(self, reference: SecretReference, secret: Secret) -> None:
        """Keep a secret, in the place of an older one. ``UserError`` for what cannot be kept (``keepable_text``)."""
        ...

    def delete(self, reference: SecretReference) -> None:
        """Keep it no longer; harmless when none is kept."""
        ...


class KeyringState(StrEnum):
    """How a keyring stands, as far as can be known without asking its owner."""

    AVAILABLE = "available"
    LOCKED = "locked"
    """Using it will ask for a password."""
    ABSENT = "absent"


class Keyring(Protocol):
    """A keyring of the system: short texts by name. All methods but ``state`` may ask its owner, hence block for ever."""

    @property
    def name(self) -> str:
        """What people call it."""
        ...

    def state(self) -> KeyringState:
        """Look how it stands; opens no dialog and raises nothing."""
        ...

    def read(self, entry: str) -> str | None:
        """Return a text, ``None`` when there is none."""
        ...

    def write(self, entry: str, text: str) -> None:
        """Keep a text, in the place of an older one."""
        ...

    def erase(self, entry: str) -> None:
        """Remove a text; harmless when there is none."""
        ...


def keepable_text(secret: Secret) -> str:
    """Return the text of a secret that may be kept.

    Raises:
        UserError: it is empty, or not text that any file could hold (half a surrogate pair, from an escape in JSON).
    """
    text = secret.reveal()
    if not text:
        raise UserError("An empty key cannot be kept.", hint="Delete the key instead.")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise UserError("This key holds characters that are no text.", hint="Copy it again.") from None
    return text
