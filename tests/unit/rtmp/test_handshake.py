"""The handshake, both sides (rtmp.md 1.2), with the vectors of A.1 and a block captured from FFmpeg."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from powerstream_desktop.rtmp.errors import HandshakeError, LocalProtocolError
from powerstream_desktop.rtmp.handshake import ClientHandshake, ServerHandshake
from powerstream_desktop.rtmp.handshake_digest import (
    C1_KEY,
    C2_KEY,
    S1_KEY,
    S2_KEY,
    DigestScheme,
    digest_position,
    find_digest,
    insert_digest,
    sign,
)

FFMPEG_C0_C1 = Path(__file__).parents[2] / "fuzz" / "corpus" / "handshake" / "ffmpeg_c0_c1"

# first block's key, its version, scheme, offset, digest, SHA-256 of the block, key and signature of the answer
VECTORS = [
    pytest.param(
        C1_KEY,
        "80000702",
        DigestScheme.KEY_FIRST,
        942,
        "8e211aefe949d44221d8905aa6154973bcab5ecb43dc582f65b1de1c2f94e4d5",
        "d6abf3db96d97a96fb1c81f56d4a915f10e84490f308d4ae863828f38ceb8d84",
        S2_KEY,
        "0c2efad3fa4045ba24d42584c1bd6654c2e3d284f2f5f3c3b9fdfd4250bd5bfe",
        id="C1 scheme 0",
    ),
    pytest.param(
        C1_KEY,
        "80000702",
        DigestScheme.DIGEST_FIRST,
        290,
        "0b441119ef46c4660e578ac88d3bf4c2d8901ff9a39c94bb92cb345f63928860",
        "97c733c9f73ec5c3dda41c1dd27f847e6d31634fce04f0f4c17de1bfd27893f9",
        S2_KEY,
        "88ea9f2c029023336be13026f93974ba035211b86318d691201905a82323f5d8",
        id="C1 scheme 1",
    ),
    pytest.param(
        S1_KEY,
        "04050001",
        DigestScheme.KEY_FIRST,
        942,
        "62d848235ce0ca8996a2fed778bc1895dc4b2e69fa934f9ef2faf08891d4ee61",
        None,
        C2_KEY,
        "285537ee224f6560a96f4263f46f912ca6e68c6df38af80102c5fd59c521d5cd",
        id="S1 scheme 0",
    ),
    pytest.param(
        S1_KEY,
        "04050001",
        DigestScheme.DIGEST_FIRST,
        290,
        "b330fbd5abbf20bacdc87364069c111940b5c8273c3a360c430cf378980cedae",
        None,
        C2_KEY,
        "18f214813999d32461309e8986bb978e05e7bd29f370a77116f3281281f35bf2",
        id="S1 scheme 1",
    ),
]


def random_bytes() -> Callable[[int], bytes]:
    return random.Random(7).randbytes


def pattern_block(version: str) -> bytes:
    return bytes(4) + bytes.fromhex(version) + bytes((7 * i + 3) % 256 for i in range(8, 1536))


def simple_c0_c1() -> bytes:
    return b"\x03" + bytes(8) + random_bytes()(1528)


@pytest.mark.parametrize(
    ("key", "version", "scheme", "offset", "digest", "sha256", "answer_key", "signature"), VECTORS
)
def test_a_digest_is_made_found_and_answered_like_its_vector(
    key: bytes,
    version: str,
    scheme: DigestScheme,
    offset: int,
    digest: str,
    sha256: str | None,
    answer_key: bytes,
    signature: str,
) -> None:
    block, made = insert_digest(pattern_block(version), scheme, key)
    assert digest_position(block, scheme) == offset
    assert made.hex() == digest
    assert sha256 is None or hashlib.sha256(block).hexdigest() == sha256
    assert find_digest(block, key) == (scheme, made)
    assert sign(bytes((13 * i + 5) % 256 for i in range(1504)), answer_key, made).hex() == signature


def test_the_digest_of_ffmpeg_is_found() -> None:
    block = FFMPEG_C0_C1.read_bytes()[1:]
    assert (
        hashlib.sha256(block).hexdigest()
        == "50c8f966513a733e2726dacd9ebb4544e0ff96b9f54d49f50ac7908fa804a7c9"
    )
    assert digest_position(block, DigestScheme.DIGEST_FIRST) == 494
    found = find_digest(block, C1_KEY)
    assert found is not None
    assert found[0] is DigestScheme.DIGEST_FIRST
    assert found[1].hex() == "650bfb9b65f953d848e3456965d0d76b627a84e35e9ddabd8b43f0fadaee458c"


@pytest.mark.parametrize(
    ("scheme", "position"), [(DigestScheme.KEY_FIRST, 1068), (DigestScheme.DIGEST_FIRST, 304)]
)
def test_the_sum_of_the_offset_bytes_wraps_at_728(scheme: DigestScheme, position: int) -> None:
    assert digest_position(b"\xff" * 1536, scheme) == position


def test_one_changed_bit_spoils_the_digest() -> None:
    block = bytearray(FFMPEG_C0_C1.read_bytes()[1:])
    block[1000] ^= 1
    assert find_digest(bytes(block), C1_KEY) is None


def test_the_server_answers_a_simple_block_with_an_echo() -> None:
    server = ServerHandshake(random_bytes())
    sent = simple_c0_c1()
    answer = server.receive(sent)
    assert len(answer) == 1 + 1536 + 1536
    assert answer[:9] == b"\x03" + bytes(8)
    assert answer[1537:] == sent[1:]
    assert not server.digest
    assert not server.done


def test_the_server_answers_a_digest_in_its_scheme() -> None:
    for scheme in DigestScheme:
        block, digest = insert_digest(pattern_block("80000702"), scheme, C1_KEY)
        server = ServerHandshake(random_bytes())
        answer = server.receive(b"\x03" + block)
        first, second = answer[1:1537], answer[1537:]
        found = find_digest(first, S1_KEY)
        assert found is not None
        assert found[0] is scheme
        assert first[4] >= 3
        assert second[1504:] == sign(second[:1504], S2_KEY, digest)
        assert server.digest
        assert server.peer_version.hex() == "80000702"


def test_the_server_answers_a_version_without_a_digest_simply() -> None:
    server = ServerHandshake(random_bytes())
    block = pattern_block("80000702")
    answer = server.receive(b"\x03" + block)
    assert answer[5:9] == bytes(4)
    assert answer[1537:] == block
    assert not server.digest


def test_the_server_asks_no_digest_of_a_block_without_a_version() -> None:
    server = ServerHandshake(random_bytes())
    block, _ = insert_digest(pattern_block("00000000"), DigestScheme.KEY_FIRST, C1_KEY)
    assert server.receive(b"\x03" + block)[1537:] == block
    assert not server.digest


def test_the_server_answers_before_the_second_block_and_keeps_what_follows_it() -> None:
    server = ServerHandshake(random_bytes())
    assert server.receive(simple_c0_c1()) != b""
    done = []
    for data in (bytes(1535), b"\0chunks"):
        assert server.receive(data) == b""
        done.append(server.done)
    assert done == [False, True]
    assert server.leftover == b"chunks"


def test_the_server_takes_everything_in_one_piece() -> None:
    server = ServerHandshake(random_bytes())
    assert len(server.receive(simple_c0_c1() + bytes(1536) + b"chunks")) == 3073
    assert server.done
    assert server.leftover == b"chunks"


def test_any_second_block_will_do() -> None:
    server = ServerHandshake(random_bytes())
    server.receive(FFMPEG_C0_C1.read_bytes())
    server.receive(b"\xff" * 1536)
    assert server.done


@pytest.mark.parametrize(
    ("first", "code"),
    [
        (b"GET / HTTP/1.1", "http"),
        (b"POST /", "http"),
        (b"\x16\x03\x01", "tls"),
        (b"\x06", "rtmpe"),
        (b"\x08", "rtmpe"),
    ]
    + [(bytes([version]), "other") for version in (0, 1, 2, 4, 0x20, 0x7F, 0xFF)],
)
def test_the_server_knows_what_is_not_rtmp_by_the_first_byte(first: bytes, code: str) -> None:
    with pytest.raises(HandshakeError) as caught:
        ServerHandshake(random_bytes()).receive(first)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("first", "code"),
    [(b"HTTP/1.1 400", "http"), (b"<html>", "http"), (b"\x15\x03\x01", "tls"), (b"\0", "other")],
)
def test_the_client_knows_what_is_not_rtmp_by_the_first_byte(first: bytes, code: str) -> None:
    client = ClientHandshake(random_bytes())
    client.start()
    with pytest.raises(HandshakeError) as caught:
        client.receive(first)
    assert caught.value.code == code


def test_the_client_offers_no_version_unless_asked() -> None:
    assert ClientHandshake(random_bytes()).start()[:9] == b"\x03" + bytes(8)
    offered = ClientHandshake(random_bytes(), digest=True).start()
    assert find_digest(offered[1:], C1_KEY) is not None


def test_the_client_echoes_the_first_block_before_the_second_has_come() -> None:
    client = ClientHandshake(random_bytes())
    client.start()
    first = pattern_block("04050001")
    answers = [(client.receive(data), client.done) for data in (b"\x03" + first, bytes(1536) + b"chunks")]
    assert answers == [(first, False), (b"", True)]
    assert client.leftover == b"chunks"
    assert client.peer_version.hex() == "04050001"


def test_the_client_signs_only_what_it_offered_to() -> None:
    first, digest = insert_digest(pattern_block("04050001"), DigestScheme.KEY_FIRST, S1_KEY)
    plain = ClientHandshake(random_bytes())
    assert plain.receive(b"\x03" + first) == first
    offering = ClientHandshake(random_bytes(), digest=True)
    answer = offering.receive(b"\x03" + first)
    assert answer[1504:] == sign(answer[:1504], C2_KEY, digest)
    assert (plain.digest, offering.digest) == (False, True)


def test_the_client_echoes_a_server_that_does_not_take_the_offer() -> None:
    client = ClientHandshake(random_bytes(), digest=True)
    client.start()
    assert client.receive(b"\x03" + pattern_block("00000000")) == pattern_block("00000000")
    assert not client.digest


@pytest.mark.parametrize("digest", [False, True])
@pytest.mark.parametrize("step", [1, 7, 1536, 1537, 3073, 4000])
def test_both_ends_agree_however_the_bytes_are_split(digest: bool, step: int) -> None:
    client, server = ClientHandshake(random_bytes(), digest=digest), ServerHandshake(random_bytes())
    to_server, to_client = client.start(), b""
    while not (client.done and server.done):
        if to_server and not server.done:
            to_client += server.receive(to_server[:step])
            to_server = to_server[step:]
        if to_client and not client.done:
            to_server += client.receive(to_client[:step])
            to_client = to_client[step:]
    assert (client.leftover, server.leftover) == (b"", b"")
    assert client.digest is server.digest is digest


@pytest.mark.parametrize("cut", range(0, 3074, 13))
def test_a_handshake_cut_anywhere_is_answered_alike(cut: int) -> None:
    wire = FFMPEG_C0_C1.read_bytes() + bytes(1536)
    whole, parts = ServerHandshake(random_bytes()), ServerHandshake(random_bytes())
    assert parts.receive(wire[:cut]) + (b"" if parts.done else parts.receive(wire[cut:])) == whole.receive(
        wire
    )
    assert parts.done
    assert whole.done


def test_nothing_is_answered_to_nothing() -> None:
    assert ServerHandshake(random_bytes()).receive(b"") == b""


def test_a_finished_handshake_takes_no_chunks() -> None:
    server = ServerHandshake(random_bytes())
    server.receive(simple_c0_c1() + bytes(1536))
    with pytest.raises(LocalProtocolError):
        server.receive(b"\x02")
