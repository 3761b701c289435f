"""The file of secrets that a passphrase seals, as bytes. Pure.

The first line is the SHA-256 of all that follows, so that damage is known as such before a passphrase is asked for. Then comes
one JSON object: format, scrypt's parameters and salt, the proof (what only the right passphrase makes of these), nonce and
content. So a wrong passphrase is told from a damaged file. Names and values are sealed together with AES-256-GCM: the file tells
their number to nobody.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from powerstream_desktop.common.frozen_json import MalformedError, from_json, parse_json, to_json, write_json
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.service.secret_store.passphrase_key import PassphraseKeys, ScryptCost, derive_keys
from powerstream_desktop.service.secret_store.secret_faults import (
    WrongPassphraseError,
    secrets_damaged,
    secrets_newer,
)

FORMAT: Final = 1
MAX_FILE_BYTES: Final = 4 * 1024 * 1024
"""A thousand tokens of four thousand characters; more is no file of ours."""
_NONCE_BYTES: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class _Box:
    """The JSON object of the file; bytes in Base64."""

    format: int
    cost: ScryptCost
    salt: str
    proof: str
    nonce: str
    content: str

    def header(self) -> bytes:
        return header(self.cost, base64.b64decode(self.salt))


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    value: Secret


def header(cost: ScryptCost, salt: bytes) -> bytes:
    """Return what the proof and the content are bound to."""
    return write_json([FORMAT, to_json(cost), base64.b64encode(salt).decode()]).encode()


def write_box(entries: dict[str, Secret], keys: PassphraseKeys, cost: ScryptCost, salt: bytes) -> bytes:
    """Return the file's bytes."""
    head, nonce = header(cost, salt), os.urandom(_NONCE_BYTES)
    plain = write_json(
        to_json(tuple(_Entry(name, value) for name, value in entries.items()), reveals_secrets=True)
    )
    box = _Box(
        format=FORMAT,
        cost=cost,
        salt=base64.b64encode(salt).decode(),
        proof=base64.b64encode(keys.proof(head)).decode(),
        nonce=base64.b64encode(nonce).decode(),
        content=base64.b64encode(AESGCM(keys.sealing).encrypt(nonce, plain.encode(), head)).decode(),
    )
    body = write_json(to_json(box)).encode() + b"\n"
    return hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def read_box(
    content: bytes, opener: Secret | PassphraseKeys, path: Path
) -> tuple[dict[str, Secret], PassphraseKeys, ScryptCost, bytes]:
    """Return the secrets by name, the keys, what they cost, and the salt.

    Args:
        content: the file's bytes.
        opener: the passphrase that is said to open it, or the keys that it gave an earlier time.
        path: for words only.

    Raises:
        WrongPassphraseError: the file is sound, the passphrase is another.
        SecretStoreError: the file is damaged or newer.
    """
    box = _parse(content, path)
    salt = base64.b64decode(box.salt)
    keys = opener if isinstance(opener, PassphraseKeys) else derive_keys(opener, salt, box.cost)
    if not hmac.compare_digest(keys.proof(box.header()), base64.b64decode(box.proof)):
        raise WrongPassphraseError
    try:
        sealed, nonce = base64.b64decode(box.content), base64.b64decode(box.nonce)
        plain = AESGCM(keys.sealing).decrypt(nonce, sealed, box.header())
        entries: tuple[_Entry, ...] = from_json(tuple[_Entry, ...], parse_json(plain))
    except (InvalidTag, ValueError) as error:
        raise secrets_damaged(path, type(error).__name__) from None
    return {entry.name: entry.value for entry in entries}, keys, box.cost, salt


def _parse(content: bytes, path: Path) -> _Box:
    digest, _, body = content.partition(b"\n")
    if not hmac.compare_digest(digest, hashlib.sha256(body).hexdigest().encode()):
        raise secrets_damaged(path, "its checksum is another")
    try:
        value: Any = parse_json(body)
        if isinstance(value, dict) and isinstance(value.get("format"), int) and value["format"] > FORMAT:
            raise secrets_newer(path)
        box: _Box = from_json(_Box, value)
        for text in (box.salt, box.proof, box.nonce, box.content):
            base64.b64decode(text, validate=True)
    except (MalformedError, ValueError) as error:
        raise secrets_damaged(path, str(error)) from None
    return box
