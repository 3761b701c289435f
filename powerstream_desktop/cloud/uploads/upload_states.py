"""The life of an upload.

A finished replay *waits* for its turn. When that comes, its file is read once: it is *hashing*. A file that is still the one that
was read before is not read again, and is *hashed* at once. From here on the key is known, since it holds the content's hash. The
store is asked first: an object of this content may be there already, because another machine brought it or because the answer to
our own completion was lost; then the upload is *completed*. Else an upload is begun at the store and kept: it is *sending*, part by
part, and each part that is in the store is kept. A file that has changed meanwhile leads back to *hashing*; an upload that the store
has forgotten leads back to *hashed*. When all parts are there it is *completing*, and what became of that the store alone knows,
whatever it answered: it is *completed* when the object is seen there. When the object has been proven to be the file, it is *verified*.

Only then is it told to others: *registered* when all machines and the backend have been told, *acknowledged* when they have said so,
*evicted* when the local file has been given up. An object that is found missing in the store later is uploaded once more; of one that
is evicted nothing is left to upload, and that is a failure for people.

A trouble on the way makes it *failed*, with a time at which it is tried again; an upload is never given up. One that is not wanted any
more is *cancelling* until the store says that nothing of it is left, and then *cancelled*; it may be wanted again. If its completion
won the race, it is *completed* instead. What has been verified cannot be cancelled: to delete it is another wish (I2).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from powerstream_desktop.common.transitions import state_after


class UploadState(StrEnum):
    """Where an upload is in its life."""

    WAITING = "waiting"
    HASHING = "hashing"
    HASHED = "hashed"
    SENDING = "sending"
    COMPLETING = "completing"
    COMPLETED = "completed"
    VERIFIED = "verified"
    REGISTERED = "registered"
    ACKNOWLEDGED = "acknowledged"
    EVICTED = "evicted"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"
    FAILED = "failed"


class UploadEvent(StrEnum):
    """What can happen to an upload."""

    BEGUN = "begun"
    """Its turn has come, and its file must be read."""
    RECOGNISED = "recognised"
    """Its file is still the one that was read."""
    READ = "read"
    """The file has been read to its end."""
    CREATED = "created"
    """The store has begun an upload, or still knows ours."""
    PART_SENT = "part_sent"
    """A part is in the store."""
    ALL_SENT = "all_sent"
    """Every part is in the store."""
    FILE_CHANGED = "file_changed"
    """The file is not the one that was read."""
    FORGOTTEN = "forgotten"
    """The store knows neither the upload nor the object."""
    UNFINISHED = "unfinished"
    """The object is not there, but the upload still is."""
    FOUND = "found"
    """The object is there."""
    PROVEN = "proven"
    """The object is the file."""
    TOLD = "told"
    """Other machines and the backend have been told."""
    CONFIRMED = "confirmed"
    """They have said so."""
    GIVEN_UP = "given_up"
    """The local file has been removed at the user's wish."""
    FETCHED = "fetched"
    """The local file is back."""
    LOST = "lost"
    """The object has been found missing or damaged."""
    TROUBLE = "trouble"
    """It could not go on."""
    RETRIED = "retried"
    """It is tried again."""
    UNWANTED = "unwanted"
    """Nobody wants it any more."""
    GONE = "gone"
    """Nothing of it is left in the store."""
    WANTED = "wanted"
    """It is wanted again."""


_S = UploadState
_E = UploadEvent
_ALWAYS: Final = {_E.TROUBLE: _S.FAILED, _E.UNWANTED: _S.CANCELLING}

TRANSITIONS: Final[Mapping[UploadState, Mapping[UploadEvent, UploadState]]] = MappingProxyType(
    {
        _S.WAITING: {_E.BEGUN: _S.HASHING, _E.RECOGNISED: _S.HASHED, **_ALWAYS},
        # What is read again from the beginning is still being read.
        _S.HASHING: {_E.READ: _S.HASHED, _E.BEGUN: _S.HASHING, _E.FILE_CHANGED: _S.HASHING, **_ALWAYS},
        _S.HASHED: {
            _E.CREATED: _S.SENDING,
            _E.FOUND: _S.COMPLETED,
            _E.FORGOTTEN: _S.HASHED,
            _E.FILE_CHANGED: _S.HASHING,
            **_ALWAYS,
        },
        _S.SENDING: {
            _E.CREATED: _S.SENDING,
            _E.PART_SENT: _S.SENDING,
            _E.ALL_SENT: _S.COMPLETING,
            _E.FOUND: _S.COMPLETED,
            _E.FORGOTTEN: _S.HASHED,
            _E.FILE_CHANGED: _S.HASHING,
            **_ALWAYS,
        },
        _S.COMPLETING: {
            _E.FOUND: _S.COMPLETED,
            _E.UNFINISHED: _S.SENDING,
            _E.FORGOTTEN: _S.HASHED,
            **_ALWAYS,
        },
        _S.COMPLETED: {_E.PROVEN: _S.VERIFIED, **_ALWAYS},
        _S.VERIFIED: {_E.TOLD: _S.REGISTERED, _E.LOST: _S.WAITING},
        # What is told a second time has been told.
        _S.REGISTERED: {_E.TOLD: _S.REGISTERED, _E.CONFIRMED: _S.ACKNOWLEDGED, _E.LOST: _S.WAITING},
        _S.ACKNOWLEDGED: {_E.TOLD: _S.ACKNOWLEDGED, _E.GIVEN_UP: _S.EVICTED, _E.LOST: _S.WAITING},
        _S.EVICTED: {_E.TOLD: _S.EVICTED, _E.FETCHED: _S.ACKNOWLEDGED, _E.LOST: _S.FAILED},
        _S.CANCELLING: {_E.GONE: _S.CANCELLED, _E.FOUND: _S.COMPLETED, _E.UNWANTED: _S.CANCELLING},
        _S.CANCELLED: {_E.WANTED: _S.WAITING},
        _S.FAILED: {_E.RETRIED: _S.WAITING, _E.UNWANTED: _S.CANCELLING},
    }
)

IN_THE_CLOUD: Final = frozenset({_S.VERIFIED, _S.REGISTERED, _S.ACKNOWLEDGED, _S.EVICTED})
"""The store holds a verified copy."""
UNDER_WAY: Final = frozenset(
    {_S.WAITING, _S.HASHING, _S.HASHED, _S.SENDING, _S.COMPLETING, _S.COMPLETED, _S.FAILED}
)
"""The courier has something to bring."""


def next_state(state: UploadState, event: UploadEvent) -> UploadState:
    """Return the state that ``event`` leads to.

    Raises:
        BugError: the event is impossible in this state.
    """
    return state_after(TRANSITIONS, state, event, of="An upload")
