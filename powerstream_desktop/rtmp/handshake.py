"""The RTMP handshake, both sides (rtmp.md 1.2): three blocks each way, then chunks.

Bytes go in and bytes to send come out. Second blocks (C2, S2) are never checked, only waited for: no implementation agrees on
their contents. Whatever stands behind them is kept in ``leftover``. The owner keeps the time limit.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TypeAlias

from powerstream_desktop.rtmp.errors import HandshakeError, LocalProtocolError
from powerstream_desktop.rtmp.handshake_digest import (
    BLOCK_SIZE,
    C1_KEY,
    C2_KEY,
    DIGEST_SIZE,
    S1_KEY,
    S2_KEY,
    DigestScheme,
    find_digest,
    insert_digest,
    sign,
)

RandomBytes: TypeAlias = Callable[[int], bytes]

_VERSION = b"\x03"
_FIRST_SIZE = 1 + BLOCK_SIZE
_NO_VERSION = bytes(4)
# With a first byte of 3 or more FFmpeg players check our digest; with zeros they do not ask for one.
_SERVER_VERSION = bytes.fromhex("04050001")
_CLIENT_VERSION = bytes.fromhex("09007c02")

_RTMPE_VERSIONS = b"\x06\x08\x09"
_TLS_RECORD_TYPES = b"\x15\x16"
# First letters of GET, PUT, POST, PATCH, HEAD, OPTIONS, DELETE, CONNECT, TRACE; of "HTTP/1.1"; and of a page.
_HTTP_STARTS = b"GPHODCT<"


class _Handshake(ABC):
    """What both sides do: wait for version and first block, answer, wait for the second block.

    Attributes:
        done: all blocks of the peer have come.
        leftover: once done, the bytes that came behind the handshake: already chunks.
        digest: the peer's first block holds a valid digest and we answered it.
        peer_version: the four bytes that the peer's first block gives as its version; zeros for a simple handshake.
    """

    def __init__(self, random_bytes: RandomBytes) -> None:
        self.done = False
        self.leftover = b""
        self.digest = False
        self.peer_version = _NO_VERSION
        self._random_bytes = random_bytes
        self._received = bytearray()
        self._has_answered = False

    def receive(self, data: bytes) -> bytes:
        """Take the peer's next bytes; return what to send now, possibly nothing.

        Raises:
            HandshakeError: the peer does not speak RTMP; ``code`` says what it looks like: ``http``, ``tls``, ``rtmpe``, ``other``.
            LocalProtocolError: the handshake is done: what comes now are chunks.
        """
        if self.done:
            raise LocalProtocolError("A finished handshake got more data.", detail=f"{len(data)} bytes")
        self._received += data
        if not self._received:
            return b""
        if self._received[:1] != _VERSION:
            raise _not_rtmp(self._received[0])
        answer = b""
        if not self._has_answered and len(self._received) >= _FIRST_SIZE:
            block = bytes(self._received[1:_FIRST_SIZE])
            self.peer_version = block[4:8]
            answer = self._answer(block)
            self._has_answered = True
        if len(self._received) >= _FIRST_SIZE + BLOCK_SIZE:
            self.leftover = bytes(self._received[_FIRST_SIZE + BLOCK_SIZE :])
            self.done = True
            self._received.clear()
        return answer

    @abstractmethod
    def _answer(self, block: bytes) -> bytes:
        """Return what to send on the peer's first block."""

    def _signed_block(self, key: bytes, peer_digest: bytes) -> bytes:
        data = self._random_bytes(BLOCK_SIZE - DIGEST_SIZE)
        return data + sign(data, key, peer_digest)

    def _first_block(self, version: bytes) -> bytes:
        return bytes(4) + version + self._random_bytes(BLOCK_SIZE - 8)


class ServerHandshake(_Handshake):
    """The side that was called: answers simple handshakes simply and digests in the scheme they came in.

    Args:
        random_bytes: source of randomness, ``os.urandom`` in earnest.
    """

    def _answer(self, block: bytes) -> bytes:
        found = find_digest(block, C1_KEY) if self.peer_version != _NO_VERSION else None
        if found is None:
            return _VERSION + self._first_block(_NO_VERSION) + block
        scheme, peer_digest = found
        self.digest = True
        first, _ = insert_digest(self._first_block(_SERVER_VERSION), scheme, S1_KEY)
        return _VERSION + first + self._signed_block(S2_KEY, peer_digest)


class ClientHandshake(_Handshake):
    """The side that calls.

    Args:
        random_bytes: source of randomness, ``os.urandom`` in earnest.
        digest: offer the digest handshake. Off by default: every server takes the simple one (rtmp.md 1.2.2).
    """

    def __init__(self, random_bytes: RandomBytes, *, digest: bool = False) -> None:
        super().__init__(random_bytes)
        self._offers_digest = digest

    def start(self) -> bytes:
        """Return version and first block, to be sent before anything has come."""
        if not self._offers_digest:
            return _VERSION + self._first_block(_NO_VERSION)
        block, _ = insert_digest(self._first_block(_CLIENT_VERSION), DigestScheme.DIGEST_FIRST, C1_KEY)
        return _VERSION + block

    def _answer(self, block: bytes) -> bytes:
        found = find_digest(block, S1_KEY) if self._offers_digest else None
        if found is None:
            return block
        self.digest = True
        return self._signed_block(C2_KEY, found[1])


def _not_rtmp(first: int) -> HandshakeError:
    detail = f"first byte 0x{first:02x}"
    if first in _HTTP_STARTS:
        return HandshakeError(
            "The other side speaks HTTP, not RTMP.", code="http", hint="Check the port.", detail=detail
        )
    if first in _TLS_RECORD_TYPES:
        hint = "An address with rtmps:// asks for encryption, one with rtmp:// does not."
        return HandshakeError(
            "The other side speaks TLS, not plain RTMP.", code="tls", hint=hint, detail=detail
        )
    if first in _RTMPE_VERSIONS:
        hint = "Use RTMP or RTMPS."
        return HandshakeError(
            "The other side wants RTMPE, which is obsolete.", code="rtmpe", hint=hint, detail=detail
        )
    return HandshakeError(
        "The other side does not speak RTMP.", code="other", hint="Check the address and port.", detail=detail
    )
