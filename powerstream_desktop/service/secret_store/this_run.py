"""Secrets for as long as the service runs: what remains when there is no keyring and nobody chose a passphrase."""

from __future__ import annotations

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.secret_store.port import keepable_text
from powerstream_desktop.service.secret_store.reference import SecretReference


class ThisRunStore:
    """Keeps secrets in memory, and nowhere else."""

    def __init__(self) -> None:
        self._secrets: dict[SecretReference, Secret] = {}

    def get(self, reference: SecretReference) -> Secret | None:
        """Return a secret, ``None`` when none is kept."""
        return self._secrets.get(reference)

    def set(self, reference: SecretReference, secret: Secret) -> None:
        """Keep a secret; ``UserError`` for what no place could keep."""
        keepable_text(secret)
        self._secrets[reference] = secret

    def delete(self, reference: SecretReference) -> None:
        """Keep it no longer."""
        self._secrets.pop(reference, None)
