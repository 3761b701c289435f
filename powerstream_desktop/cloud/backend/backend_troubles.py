"""What can go wrong with the PowerStream server, as codes that are decided by and sentences that people are told."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from powerstream_desktop.common.errors import PeerError


class BackendCode(StrEnum):
    """Why the server did not do what it was asked.

    ``FAILED`` leaves open whether the request took effect: every request of ours may be repeated (I4).
    """

    UNREACHABLE = "unreachable"
    TLS = "tls"
    NOT_LOGGED_IN = "not_logged_in"
    LOGGED_OUT = "logged_out"
    OTHER_ACCOUNT = "other_account"
    FORBIDDEN = "forbidden"
    MOVED = "moved"
    OTHER_ADDRESS = "other_address"
    SLOW_DOWN = "slow_down"
    FAILED = "failed"
    OTHER_CONTENT = "other_content"
    CHANGED = "changed"
    GONE = "gone"
    INVALID = "invalid"
    STRANGE = "strange"


_RETRIED: Final = frozenset(
    {BackendCode.UNREACHABLE, BackendCode.SLOW_DOWN, BackendCode.FAILED, BackendCode.CHANGED}
)

_SENTENCES: Final[Mapping[BackendCode, tuple[str, str]]] = {
    BackendCode.UNREACHABLE: (
        "The PowerStream server cannot be reached.",
        "Check the network and the server's address. It is tried again by itself.",
    ),
    BackendCode.TLS: (
        "The PowerStream server's certificate is not trusted.",
        "Check the server's address. If the server is your own, add its authority's certificate to this computer.",
    ),
    BackendCode.NOT_LOGGED_IN: (
        "The PowerStream server's token is missing.",
        "Enter the token in the settings of the cloud.",
    ),
    BackendCode.LOGGED_OUT: (
        "The PowerStream server does not let this computer in any more.",
        "Enter a new token of the server in the settings of the cloud.",
    ),
    BackendCode.OTHER_ACCOUNT: (
        "The account at the PowerStream server was changed meanwhile.",
        "What was begun for the other account is not told to this one.",
    ),
    BackendCode.FORBIDDEN: (
        "This computer's token may not do this at the PowerStream server.",
        "Enter a token that may change replays.",
    ),
    BackendCode.MOVED: (
        "The PowerStream server sends us to another address.",
        "Enter the address that it names. Nothing was sent elsewhere.",
    ),
    BackendCode.SLOW_DOWN: (
        "The PowerStream server asks us to slow down.",
        "It is tried again by itself in a while.",
    ),
    BackendCode.FAILED: (
        "The PowerStream server failed, or its answer was lost.",
        "It is tried again by itself.",
    ),
    BackendCode.OTHER_CONTENT: (
        "The PowerStream server has another film under this replay's id.",
        "Look at both. Remove the one that is wrong.",
    ),
    BackendCode.CHANGED: ("Somebody has just changed this at the PowerStream server.", ""),
    BackendCode.GONE: ("The PowerStream server does not know this replay.", ""),
    BackendCode.INVALID: (
        "The PowerStream server does not take what it is told of this replay.",
        "Look whether the server has the replay's station, and whether it is of the same version.",
    ),
    BackendCode.OTHER_ADDRESS: (
        "The PowerStream server answers by another address only.",
        "Enter the one that it tells when it starts; both ends of a tunnel need the same port.",
    ),
    BackendCode.STRANGE: (
        "What answers at this address is not a PowerStream server.",
        "Check the server's address.",
    ),
}


class BackendTrouble(PeerError):  # noqa: N818 - names the event, like PeerError its party
    """The server did not do what it was asked.

    Args:
        code: why; ``kind`` is the same as an enum.
        detail: technical text for the log, without secrets.
        retry_after_s: how long the server asked us to wait, if it did; 0 to 3600.
    """

    def __init__(self, code: BackendCode, *, detail: str = "", retry_after_s: float | None = None) -> None:
        title, hint = _SENTENCES[code]
        super().__init__(title, code=code, hint=hint, detail=detail)
        self.kind = code
        self.retry_after_s = retry_after_s

    @property
    def is_worth_retrying(self) -> bool:
        """Whether the same request may succeed later although nobody changes anything here (reliability_security.md 4.8)."""
        return self.kind in _RETRIED
