"""Secrets for as long as the service runs: what remains when there is no keyring and nobody chose a passphrase.

A service that is killed has a successor within a second, and "this run" goes on for its user. So what is kept here can be handed
down: over a pipe, never by a file.
"""

from __future__ import annotations

from dataclasses import dataclass

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.common.frozen_json import MalformedError, from_json, parse_json, to_json, write_json
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.secret_store.port import keepable_text
from powerstream_desktop.service.secret_store.reference import SecretReference


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    reference: SecretReference
    secret: Secret


class ThisRunStore:
    """Keeps secrets in memory, and nowhere else. ``snapshot`` may be called from any thread."""

    def __init__(self) -> None:
        # Replaced as a whole at each change: another thread takes snapshots.
        self._secrets: dict[SecretReference, Secret] = {}

    def get(self, reference: SecretReference) -> Secret | None:
        """Return a secret, ``None`` when none is kept."""
        return self._secrets.get(reference)

    def set(self, reference: SecretReference, secret: Secret) -> None:
        """Keep a secret; ``UserError`` for what no place could keep."""
        keepable_text(secret)
        self._secrets = {**self._secrets, reference: secret}

    def delete(self, reference: SecretReference) -> None:
        """Keep it no longer."""
        self._secrets = {each: secret for each, secret in self._secrets.items() if each != reference}

    def snapshot(self) -> Secret:
        """Return all that is kept, as one text for ``restore``."""
        kept = tuple(_Kept(reference=each, secret=secret) for each, secret in self._secrets.items())
        return Secret(write_json(to_json(kept, reveals_secrets=True)))

    def restore(self, snapshot: Secret) -> bool:
        """Keep what a predecessor kept, and nothing else; return whether it was a snapshot. If not, nothing changes."""
        try:
            kept: tuple[_Kept, ...] = from_json(tuple[_Kept, ...], parse_json(snapshot.reveal()))
        except (MalformedError, BugError):  # the latter of a reference that we never made
            return False
        self._secrets = {each.reference: each.secret for each in kept}
        return True
