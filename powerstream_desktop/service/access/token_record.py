"""What must be remembered of tokens over a restart: signing keys and paired devices. Kept whole, as one secret."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from typing import Any, Final

from powerstream_desktop.common.frozen_json import MalformedError, from_json, parse_json, to_json, write_json
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.access.scope import Scope

KEY_BYTES: Final = 32
"""As many as HMAC-SHA256 makes use of."""
MAX_DEVICES: Final = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """One key.

    Attributes:
        id: stands in the header of its tokens.
        secret: ``KEY_BYTES`` in Base64.
        retires_at_s: Unix time after which nothing it has signed is good; ``None`` for the one that signs.
    """

    id: str
    secret: Secret
    retires_at_s: int | None = None

    def material(self) -> bytes:
        """Return the key's bytes, for signing and nothing else."""
        return base64.b64decode(self.secret.reveal())

    def as_secret(self) -> Secret:
        """Return it as text, for ``read_key``."""
        return Secret(write_json(to_json(self, reveals_secrets=True)))


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedDevice:
    """One that was let in, until it is put out or its time is over.

    Attributes:
        token_id: of its token.
        name: what its owner calls it.
        scope: what it may do.
        paired_at_s: Unix time.
        expires_at_s: Unix time.
    """

    token_id: str
    name: str
    scope: Scope
    paired_at_s: int
    expires_at_s: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRecord:
    """Keys, the signing one first, and devices, the oldest first."""

    keys: tuple[SigningKey, ...]
    devices: tuple[PairedDevice, ...] = ()

    def as_secret(self) -> Secret:
        """Return it as text, for a ``SecretStore``."""
        return Secret(write_json(to_json(self, reveals_secrets=True)))


def new_key() -> SigningKey:
    """Return a key that nobody knows."""
    return SigningKey(
        id=secrets.token_hex(8), secret=Secret(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode())
    )


def read_key(secret: Secret | None) -> SigningKey:
    """Return the key that ``SigningKey.as_secret`` made a text of; a new one if there is none, or something else."""
    if secret is None:
        return new_key()
    try:
        key: Any = from_json(SigningKey, parse_json(secret.reveal()))
        is_whole = len(key.material()) == KEY_BYTES
    except (MalformedError, ValueError):
        return new_key()
    return SigningKey(id=key.id, secret=key.secret, retires_at_s=key.retires_at_s) if is_whole else new_key()


def new_record() -> TokenRecord:
    """Return a record that lets nobody in."""
    return TokenRecord(keys=(new_key(),))


def read_record(secret: Secret | None) -> TokenRecord:
    """Return what was kept; a new record if nothing was, or something else: then all devices must be paired again."""
    if secret is None:
        return new_record()
    try:
        record: Any = from_json(TokenRecord, parse_json(secret.reveal()))
        if not record.keys or any(len(key.material()) != KEY_BYTES for key in record.keys):
            return new_record()
    except (MalformedError, ValueError):
        return new_record()
    return TokenRecord(keys=record.keys, devices=record.devices)
