"""The digest of the "complex" handshake (rtmp.md 1.2.3): where it stands in a block, how it is made and how it is answered.

It proves nothing, for the keys are public; FFmpeg as a player asks for it all the same when a server announces a version.
"""

from __future__ import annotations

import hashlib
import hmac
from enum import IntEnum

BLOCK_SIZE = 1536
DIGEST_SIZE = 32

_KEY_TAIL = bytes.fromhex("f0eec24a8068bee82e00d0d1029e7e576eec5d2d29806fab93b8e636cfeb31ae")
_PLAYER_NAME = b"Genuine Adobe Flash Player 001"
_SERVER_NAME = b"Genuine Adobe Flash Media Server 001"

C1_KEY = _PLAYER_NAME
S1_KEY = _SERVER_NAME
C2_KEY = _PLAYER_NAME + _KEY_TAIL
S2_KEY = _SERVER_NAME + _KEY_TAIL


class DigestScheme(IntEnum):
    """Which of a block's two halves holds the digest."""

    KEY_FIRST = 0
    DIGEST_FIRST = 1


_DIGEST_HALF = {DigestScheme.KEY_FIRST: 772, DigestScheme.DIGEST_FIRST: 8}


def digest_position(block: bytes, scheme: DigestScheme) -> int:
    """Return where ``block``'s own four offset bytes say that the digest stands."""
    half = _DIGEST_HALF[scheme]
    return half + 4 + sum(block[half : half + 4]) % 728


def find_digest(block: bytes, key: bytes) -> tuple[DigestScheme, bytes] | None:
    """Return scheme and digest of ``block`` if it was made with ``key``; both schemes are tried."""
    for scheme in DigestScheme:
        position = digest_position(block, scheme)
        digest = block[position : position + DIGEST_SIZE]
        if hmac.compare_digest(digest, _digest(block, position, key)):
            return scheme, digest
    return None


def insert_digest(block: bytes, scheme: DigestScheme, key: bytes) -> tuple[bytes, bytes]:
    """Return ``block`` with its digest written in, and the digest."""
    position = digest_position(block, scheme)
    digest = _digest(block, position, key)
    return block[:position] + digest + block[position + DIGEST_SIZE :], digest


def sign(data: bytes, key: bytes, peer_digest: bytes) -> bytes:
    """Return the signature that answers ``peer_digest``, over the first 1504 bytes of a second block."""
    return _hmac(_hmac(key, peer_digest), data)


def _digest(block: bytes, position: int, key: bytes) -> bytes:
    return _hmac(key, block[:position] + block[position + DIGEST_SIZE :])


def _hmac(key: bytes, data: bytes) -> bytes:
    return hmac.new(key, data, hashlib.sha256).digest()
