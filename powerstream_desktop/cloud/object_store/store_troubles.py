"""What can go wrong with a store, as codes that the upload decides by and sentences that people are told.

The adapters translate: ``s3_errors`` whatever botocore raises, ``folder_errors`` whatever the disk says. Nothing above them meets a
foreign exception.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from powerstream_desktop.common.errors import PeerError


class TroubleCode(StrEnum):
    """Why a store did not do what it was asked.

    ``UNKNOWN`` is the one that needs thought: whether the request took effect is not known, because the answer was lost, was an
    error of the server, or said 200 and carried an error (reliability_security.md 4.3). Look before doing it again.
    """

    UNREACHABLE = "unreachable"
    TLS = "tls"
    REFUSED = "refused"
    EXPIRED = "expired"
    NO_BUCKET = "no_bucket"
    MOVED = "moved"
    CLOCK = "clock"
    SLOW_DOWN = "slow_down"
    EXISTS = "exists"
    CHANGED = "changed"
    GONE = "gone"
    DAMAGED = "damaged"
    FULL = "full"
    AWAY = "away"
    UNSUPPORTED = "unsupported"
    INVALID = "invalid"
    UNKNOWN = "unknown"


_RETRIED: Final = frozenset(
    {
        TroubleCode.UNREACHABLE, TroubleCode.CLOCK, TroubleCode.SLOW_DOWN, TroubleCode.DAMAGED, TroubleCode.FULL,
        TroubleCode.AWAY, TroubleCode.UNKNOWN,
    }
)  # fmt: skip

_SENTENCES: Final[Mapping[TroubleCode, tuple[str, str]]] = {
    TroubleCode.UNREACHABLE: (
        "The cloud store cannot be reached.",
        "Check the network and the store's address. Uploads go on by themselves when it answers.",
    ),
    TroubleCode.TLS: (
        "The cloud store's certificate is not trusted.",
        "Check the store's address. If the store is your own, add its authority's certificate to this computer.",
    ),
    TroubleCode.REFUSED: (
        "The cloud store refuses the access key, or the key may not do this.",
        "Check the access key and its secret, and that the key may read, write, list and delete in this bucket.",
    ),
    TroubleCode.EXPIRED: (
        "The cloud store's credentials have expired.",
        "Enter new ones in the settings of the cloud.",
    ),
    TroubleCode.NO_BUCKET: (
        "The cloud store has no bucket of this name.",
        "Check the bucket's name, or make the bucket at the store.",
    ),
    TroubleCode.MOVED: (
        "The cloud store sends us to another address.",
        "Enter the address and the region that the store names for this bucket. Nothing was sent elsewhere.",
    ),
    TroubleCode.CLOCK: (
        "The cloud store says that this computer's clock is wrong.",
        "Set the computer's clock by the network.",
    ),
    TroubleCode.SLOW_DOWN: ("The cloud store asks us to slow down.", "Uploads go on by themselves in a while."),
    TroubleCode.EXISTS: ("The cloud store already holds something under this name.", ""),
    TroubleCode.CHANGED: ("Another device has just changed this in the cloud store.", ""),
    TroubleCode.GONE: ("The cloud store no longer has this.", ""),
    TroubleCode.DAMAGED: (
        "What arrived at the cloud store, or came from it, is not what was sent.",
        "It is sent again by itself. If this comes back, test the store and this computer's memory and disk.",
    ),
    TroubleCode.FULL: ("The cloud store is full.", "Free some space there, or raise its limit. Uploads go on by themselves then."),
    TroubleCode.AWAY: (
        "The disk or the folder of the store is not there.",
        "Connect the disk. Uploads go on by themselves when it is back.",
    ),
    TroubleCode.UNSUPPORTED: ("The cloud store cannot do this.", "Test the store in the settings of the cloud."),
    TroubleCode.INVALID: (
        "The cloud store does not accept the request.",
        "Test the store in the settings of the cloud.",
    ),
    TroubleCode.UNKNOWN: (
        "The cloud store failed, or its answer was lost.",
        "What became of it is looked up, and it is tried again by itself.",
    ),
}  # fmt: skip


class StoreTrouble(PeerError):  # noqa: N818 - names the event, like PeerError its party
    """A store did not do what it was asked.

    Args:
        code: why; ``kind`` is the same as an enum.
        title: a sentence of its own; by default the code's.
        hint: what to do; by default the code's.
        detail: technical text for the log, without secrets.
        retry_after_s: how long the store asked us to wait, if it did; 0 to 3600.
    """

    def __init__(
        self,
        code: TroubleCode,
        *,
        title: str | None = None,
        hint: str | None = None,
        detail: str = "",
        retry_after_s: float | None = None,
    ) -> None:
        usual_title, usual_hint = _SENTENCES[code]
        super().__init__(
            usual_title if title is None else title,
            code=code,
            hint=usual_hint if hint is None else hint,
            detail=detail,
        )
        self.kind = code
        self.retry_after_s = retry_after_s

    @property
    def is_worth_retrying(self) -> bool:
        """Whether the same request may succeed later although nobody changes anything here (reliability_security.md 4.8)."""
        return self.kind in _RETRIED
