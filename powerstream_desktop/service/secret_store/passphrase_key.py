"""From a passphrase to keys: scrypt, with parameters that stand in the file they protect."""

from __future__ import annotations

import base64
import hashlib
import hmac
import unicodedata
from dataclasses import dataclass
from typing import Final, Self

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret

MIN_PASSPHRASE_CHARACTERS: Final = 8
SALT_BYTES: Final = 16
_KEY_BYTES: Final = 32
_MAX_MEMORY_BYTES: Final = 256 * 1024 * 1024
"""A file that asks for more is no file of ours, and would take the broadcast's memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScryptCost:
    """What one guess costs: ``128 * n * r`` bytes of memory, ``p`` times over.

    Attributes:
        n: a power of two from 2**14.
        r: 1 to 32.
        p: 1 to 16.

    Raises:
        ValueError: out of range.
    """

    n: int
    r: int
    p: int

    def __post_init__(self) -> None:
        if self.n < 2**14 or self.n & (self.n - 1) or not 1 <= self.r <= 32 or not 1 <= self.p <= 16:
            raise ValueError("scrypt parameters out of range")
        if 128 * self.n * self.r > _MAX_MEMORY_BYTES:
            raise ValueError("scrypt parameters ask for too much memory")


DEFAULT_COST: Final = ScryptCost(n=2**17, r=8, p=1)
"""128 MiB and about half a second a guess: OWASP's first choice for scrypt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassphraseKeys:
    """What a passphrase gives.

    Attributes:
        sealing: opens the content.
        proving: proves a passphrase right without opening anything.
    """

    sealing: bytes
    proving: bytes

    @classmethod
    def of(cls, text: Secret) -> Self | None:
        """Return the keys that ``as_secret`` made a text of, ``None`` if it is no such text."""
        try:
            material = base64.b64decode(text.reveal(), validate=True)
        except ValueError:
            return None
        if len(material) != 2 * _KEY_BYTES:
            return None
        return cls(sealing=material[:_KEY_BYTES], proving=material[_KEY_BYTES:])

    def as_secret(self) -> Secret:
        """Return them as text, to be handed down."""
        return Secret(base64.b64encode(self.sealing + self.proving).decode())

    def __repr__(self) -> str:
        return "PassphraseKeys(***)"

    def proof(self, header: bytes) -> bytes:
        """Return what only this passphrase makes of a file's header."""
        return hmac.new(self.proving, header, hashlib.sha256).digest()


def derive_keys(passphrase: Secret, salt: bytes, cost: ScryptCost) -> PassphraseKeys:
    """Return the keys of a passphrase. Takes the time and memory that ``cost`` says.

    The same passphrase gives the same keys however its accents were typed: Unicode knows two ways.
    """
    text = unicodedata.normalize("NFC", passphrase.reveal())
    scrypt = Scrypt(salt=salt, length=2 * _KEY_BYTES, n=cost.n, r=cost.r, p=cost.p)
    material = scrypt.derive(text.encode("utf-8", "surrogatepass"))
    return PassphraseKeys(sealing=material[:_KEY_BYTES], proving=material[_KEY_BYTES:])


def require_passphrase(passphrase: Secret) -> None:
    """Refuse what can be guessed by trying.

    Raises:
        UserError: it is too short.
    """
    if len(passphrase.reveal()) < MIN_PASSPHRASE_CHARACTERS:
        raise UserError(
            f"A passphrase needs at least {MIN_PASSPHRASE_CHARACTERS} characters.",
            hint="Four or five unrelated words are easy to remember and hard to guess.",
        )
