"""What a service that is killed leaves its successor of its secrets: over a pipe, for nothing of it may stand on disk.

Without it a broadcast whose keys were kept for this run only, or in a file that somebody opened with a passphrase, could not go on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Self

from powerstream_desktop.common.frozen_json import MalformedError, from_json, parse_json, to_json, write_json
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.secret_store.place import SecretPlace


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedDown:
    """The secrets of a run.

    Attributes:
        place: where keys were kept. What was taken for want of a choice stays for the run, whatever has become of the keyring.
        this_run: ``ThisRunStore.snapshot``; ``None`` in another place.
        file_keys: ``PassphraseKeys.as_secret`` of an opened file; ``None`` in another place, or while it is shut.
    """

    place: SecretPlace
    this_run: Secret | None = None
    file_keys: Secret | None = None

    def as_secret(self) -> Secret:
        """Return it as one text, for the pipe and for ``of``."""
        return Secret(write_json(to_json(self, reveals_secrets=True)))

    @classmethod
    def of(cls, text: Secret | None) -> Self | None:
        """Return what a predecessor left; ``None`` if it left nothing, or nothing that can be read."""
        if text is None:
            return None
        try:
            left: Any = from_json(cls, parse_json(text.reveal()))
        except MalformedError:
            return None
        return left if isinstance(left, cls) else None
