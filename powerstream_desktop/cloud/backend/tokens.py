"""Tokens of the server, as we hold them (reliability_security.md 3.4): opaque, but for when they end. Pure."""

from __future__ import annotations

import base64
import binascii
import random
import re
from dataclasses import dataclass
from typing import Any, Final, Self

from powerstream_desktop.cloud.backend.account import Account
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.frozen_json import MalformedError, from_json, parse_json, to_json, write_json
from powerstream_desktop.common.secrets import Secret

MAX_TOKEN_CHARACTERS: Final = 8192
REFRESHED_AT: Final = 0.8
"""Of its life, a token is replaced, give or take some so that not all computers do it at once."""
_JITTER: Final = 0.05
_TOKEN: Final = re.compile(r"[A-Za-z0-9._~+/=-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """What opens an account.

    Attributes:
        account: whose they are.
        access: shown with each request.
        refresh: gets a new pair, once; None where the server gives none.
    """

    account: Account
    access: Secret
    refresh: Secret | None = None

    def __post_init__(self) -> None:
        for token in (self.access, self.refresh):
            if token is not None and not is_token(token.reveal()):
                # What sends it would otherwise refuse it in words that quote it.
                raise UserError("This is not a token.", hint="Copy it again, without spaces and line ends.")

    def text(self) -> Secret:
        """Return them as one text, for a keyring."""
        return Secret(write_json(to_json(self, reveals_secrets=True)))

    @classmethod
    def in_text(cls, text: Secret | None) -> Self | None:
        """Return what ``text`` wrote; None if there is none in it."""
        if text is None:
            return None
        try:
            tokens: Self = from_json(cls, parse_json(text.reveal()))
        except (MalformedError, UserError):
            return None
        return tokens


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """What a token says of its own life. Nobody has verified it: only our own haste is decided by it.

    Attributes:
        begins_s, ends_s: Unix seconds by the server's clock.
    """

    begins_s: float
    ends_s: float

    def refreshed_at_s(self, rng: random.Random) -> float:
        """Return when to replace it, by the server's clock."""
        share = REFRESHED_AT + rng.uniform(-_JITTER, _JITTER)
        return self.begins_s + share * (self.ends_s - self.begins_s)


def is_token(text: str) -> bool:
    """Return whether a text can be shown as a token at all."""
    return len(text) <= MAX_TOKEN_CHARACTERS and _TOKEN.fullmatch(text) is not None


def life_of(token: Secret, *, seen_s: float) -> Life | None:
    """Return what a token says of its life; None if it says nothing that could be.

    Args:
        token: any.
        seen_s: when it came, by the server's clock; its life begins then if it does not say.
    """
    parts = token.reveal().split(".")
    if len(parts) != 3:
        return None
    try:
        claims: Any = parse_json(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
    except (MalformedError, binascii.Error, ValueError):
        return None
    if not isinstance(claims, dict):
        return None
    begins_s, ends_s = _moment_s(claims.get("iat", seen_s)), _moment_s(claims.get("exp"))
    if begins_s is None or ends_s is None or ends_s <= begins_s:
        return None
    return Life(begins_s=begins_s, ends_s=ends_s)


def _moment_s(value: Any) -> float | None:
    can_be = not isinstance(value, bool) and isinstance(value, int | float) and 0 <= value < 2**40
    return float(value) if can_be else None
