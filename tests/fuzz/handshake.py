"""Fuzz target: both sides of the handshake, whole and in pieces.

The input is what the peer sends. ``ffmpeg_c0_c1`` was captured from FFmpeg 5.1; ``python -m tests.fuzz.handshake`` writes the
other seeds anew.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from powerstream_desktop.rtmp.errors import ProtocolError
from powerstream_desktop.rtmp.handshake import ClientHandshake, ServerHandshake
from powerstream_desktop.rtmp.handshake_digest import S1_KEY, DigestScheme, insert_digest
from tests.fuzz.harness import CORPUS

WHOLE_SIZE = 1 + 1536 + 1536
PIECE_SIZE = 511


def fuzz_one(data: bytes) -> None:
    """Raises only on a bug."""
    for digest in (False, True):
        for handshake in (
            ServerHandshake,
            lambda source, offers=digest: ClientHandshake(source, digest=offers),
        ):
            whole = handshake(random.Random(1).randbytes)
            pieces = handshake(random.Random(1).randbytes)
            assert outcome(whole, iter([data])) == outcome(pieces, split(data))


def parse(data: bytes) -> list[object]:
    """What each side makes of it, whole."""
    sides = (ServerHandshake(bytes), ClientHandshake(bytes), ClientHandshake(bytes, digest=True))
    return [outcome(side, iter([data])) for side in sides]


def outcome(
    handshake: ServerHandshake | ClientHandshake, pieces: Iterator[bytes]
) -> tuple[bytes, bytes, str]:
    """What was answered, what is left over, and what was refused."""
    answers = received = b""
    try:
        for piece in pieces:
            received += piece
            answers += handshake.receive(piece)
            if handshake.done:
                break
    except ProtocolError as error:
        return answers, b"", error.detail
    assert handshake.done is (len(received) >= WHOLE_SIZE)
    assert len(answers) <= WHOLE_SIZE
    return answers, handshake.leftover + b"".join(pieces), ""


def split(data: bytes) -> Iterator[bytes]:
    """The input in pieces."""
    return (data[i : i + PIECE_SIZE] for i in range(0, len(data), PIECE_SIZE))


def write_seeds() -> None:
    """Writes the seeds to the corpus, all but the captured one."""
    folder = CORPUS / "handshake"
    folder.mkdir(parents=True, exist_ok=True)
    block = bytes(4) + bytes.fromhex("04050001") + bytes((7 * i + 3) % 256 for i in range(8, 1536))
    seeds = {
        "simple": b"\x03" + bytes(8) + bytes(1528) + bytes(1536),
        "cut-off": b"\x03" + bytes(100),
        "server-scheme-0": b"\x03" + insert_digest(block, DigestScheme.KEY_FIRST, S1_KEY)[0],
        "server-scheme-1": b"\x03" + insert_digest(block, DigestScheme.DIGEST_FIRST, S1_KEY)[0],
        "version-without-digest": b"\x03" + block,
        "http": b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "tls": bytes.fromhex("16030100c8010000c40303"),
        "rtmpe": b"\x06" + bytes(20),
    }
    for name, data in seeds.items():
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    write_seeds()
