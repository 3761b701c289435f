"""Where keys are kept, and opening the place; no key ever passes here."""

from __future__ import annotations

from fastapi import APIRouter

from powerstream_desktop.service.api.parts import Parts
from powerstream_desktop.service.api.settings import PLACE
from powerstream_desktop.service.api.wish_fields import SecretText
from powerstream_desktop.service.api.words import Answer, Wish, Word
from powerstream_desktop.service.secret_store.place import SecretPlace
from powerstream_desktop.service.secret_store.port import KeyringState
from powerstream_desktop.service.secret_store.secret_desk import SecretDesk
from powerstream_desktop.service.settings.settings import SecretChoice
from powerstream_desktop.service.store.cloud_notes import CloudFact
from powerstream_desktop.service.store.tables import Tables

router = APIRouter(prefix="/api/access/secrets", tags=["access"])


class PassphraseWish(Wish):
    """What opens the sealed file."""

    passphrase: SecretText


class PlaceWish(Wish):
    """Where keys shall be kept."""

    place: Word[SecretChoice]
    """Automatic: in the system's keyring if there is one, otherwise for this run."""
    passphrase: SecretText | None = None
    """Of the sealed file, if that is the place; the first one is the one that it keeps."""
    leaves_keys: bool = False
    """Leave all keys where they are, in a keyring that is gone or stays locked; they must be entered anew then."""


class KeyPlace(Answer):
    """How keys are kept."""

    place: SecretPlace
    is_shut: bool
    """In a sealed file whose passphrase nobody has given since the start."""
    has_sealed_file: bool
    keyring: KeyringState
    """The system's, as it stood when it was last looked at."""
    left_behind: int
    """Keys that are still in the place from which they were moved last, because it does not let go of them."""


@router.get("", summary="Tell how keys are kept")
async def get_key_place(parts: Parts) -> KeyPlace:
    """Tells no key, and not how many there are."""
    return _answer(parts.owner.keys)


@router.post("/unlock", summary="Open the sealed file of keys")
async def unlock_keys(parts: Parts, wish: PassphraseWish) -> KeyPlace:
    """Harmless when it is open. Endpoints of a running broadcast that waited for their keys go live."""
    await parts.owner.keys.unlock(wish.passphrase)
    await parts.multistream.endpoints_changed()
    return _answer(parts.owner.keys)


@router.post("/place", summary="Keep keys elsewhere")
async def move_keys(parts: Parts, wish: PlaceWish) -> KeyPlace:
    """Moves them all or, if one cannot be moved, none; then everything stays as it was."""
    owner = parts.owner

    async def save_choice() -> None:
        await owner.settings.change({PLACE: wish.place.value})

    await owner.keys.move(
        wish.place.place,
        (*await parts.store.read(_key_refs), *await parts.multistream.key_refs()),
        save_choice,
        passphrase=wish.passphrase,
        leaves_keys=wish.leaves_keys,
    )
    return _answer(owner.keys)


def _key_refs(tables: Tables) -> tuple[str, ...]:
    found = (*(each.key_ref for each in tables.endpoints.all()), tables.cloud.fact(CloudFact.KEY_REF))
    return tuple(each for each in found if each is not None)


def _answer(keys: SecretDesk) -> KeyPlace:
    state = keys.state
    return KeyPlace(
        place=state.place,
        is_shut=state.is_shut,
        has_sealed_file=state.has_file,
        keyring=state.keyring,
        left_behind=state.left_behind,
    )
