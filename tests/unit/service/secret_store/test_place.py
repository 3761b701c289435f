from __future__ import annotations

import pytest

from powerstream_desktop.service.secret_store.place import SecretPlace, place_for
from powerstream_desktop.service.secret_store.port import KeyringState


@pytest.mark.parametrize("chosen", list(SecretPlace))
@pytest.mark.parametrize("keyring", list(KeyringState))
def test_what_was_chosen_stays_chosen(chosen: SecretPlace, keyring: KeyringState) -> None:
    assert place_for(chosen, keyring) is chosen


@pytest.mark.parametrize(
    ("keyring", "place"),
    [
        (KeyringState.AVAILABLE, SecretPlace.KEYRING),
        (KeyringState.LOCKED, SecretPlace.KEYRING),
        (KeyringState.ABSENT, SecretPlace.THIS_RUN),
    ],
)
def test_without_a_choice_the_keyring_is_used_if_there_is_one(
    keyring: KeyringState, place: SecretPlace
) -> None:
    assert place_for(None, keyring) is place
