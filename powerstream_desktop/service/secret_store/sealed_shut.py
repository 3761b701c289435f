"""The file of secrets before its passphrase is known: there, and shut."""

from __future__ import annotations

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.secret_store.reference import SecretReference
from powerstream_desktop.service.secret_store.secret_faults import passphrase_needed


class SealedShut:
    """Raises ``SecretStoreError`` for everything."""

    def get(self, reference: SecretReference) -> Secret | None:
        """Ask for the passphrase."""
        raise passphrase_needed(reference.name)

    def set(self, reference: SecretReference, secret: Secret) -> None:  # noqa: ARG002 - as the port has it
        """Ask for the passphrase."""
        raise passphrase_needed(reference.name)

    def delete(self, reference: SecretReference) -> None:
        """Ask for the passphrase."""
        raise passphrase_needed(reference.name)
