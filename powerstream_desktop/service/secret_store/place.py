"""Where secrets are kept, by the user's choice; never in plain text (DESIGN 6)."""

from __future__ import annotations

from enum import StrEnum

from powerstream_desktop.service.secret_store.port import KeyringState


class SecretPlace(StrEnum):
    """The places there are; the value stands in the settings."""

    KEYRING = "keyring"
    THIS_RUN = "this-run"
    SEALED_FILE = "sealed-file"


def place_for(chosen: SecretPlace | None, keyring: KeyringState) -> SecretPlace:
    """Return where secrets go.

    What was chosen stays chosen: a keyring that is gone is a fault that is said, and no reason to keep keys elsewhere in silence.
    Without a choice a keyring is used if there is one, locked or not; else keys are kept for this run.

    Args:
        chosen: by the user, if ever.
        keyring: how the system's stands.
    """
    if chosen is not None:
        return chosen
    return SecretPlace.THIS_RUN if keyring is KeyringState.ABSENT else SecretPlace.KEYRING
