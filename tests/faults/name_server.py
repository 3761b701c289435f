"""A name server that answers as it is told: the addresses of a table, or one of the ways in which name servers fail."""

from __future__ import annotations

import ipaddress
import socket
import struct
import threading
from collections.abc import Sequence
from contextlib import suppress
from enum import Enum
from typing import Self

PORT = 53
LARGEST_QUESTION = 512
HEADER_SIZE = 12
TYPE_A, TYPE_AAAA = 1, 28
ANSWER_FLAGS = 0x8180
POINTER_TO_QUESTION = 0xC00C


class Trouble(Enum):
    """How a name server fails; the value is the response code, None for no answer at all."""

    NXDOMAIN = 3
    SERVFAIL = 2
    SILENCE = None


Records = Sequence[str] | Trouble


class NameServer:
    """Answers on UDP until it is closed.

    Args:
        host: its address.

    Attributes:
        names: what it knows, by lower-case name; names it does not know do not exist. May be changed at any time.
        questions: every name that was asked for, oldest first; appended by the server's thread.
    """

    def __init__(self, host: str) -> None:
        self.names: dict[str, Records] = {}
        self.questions: list[str] = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((host, PORT))
        self._thread = threading.Thread(target=self._serve, name="name-server")
        self._thread.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop answering."""
        # Linux calls a datagram socket unconnected, and wakes the reader all the same.
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RD)
        self._thread.join()
        self._socket.close()

    def _serve(self) -> None:
        while True:
            question, asker = self._socket.recvfrom(LARGEST_QUESTION)
            if not question:
                return
            if (answer := self._answer(question)) is not None:
                self._socket.sendto(answer, asker)

    def _answer(self, question: bytes) -> bytes | None:
        name, end = _read_name(question)
        self.questions.append(name)
        wanted, _ = struct.unpack_from(">HH", question, end)
        asked = question[HEADER_SIZE : end + 4]
        known = self.names.get(name, Trouble.NXDOMAIN)
        if isinstance(known, Trouble):
            return None if known.value is None else _header(question, known.value, 0) + asked
        records = [_record(address) for address in known if _type_of(address) == wanted]
        return _header(question, 0, len(records)) + asked + b"".join(records)


def _read_name(question: bytes) -> tuple[str, int]:
    """Return the name that is asked for and where it ends."""
    labels, pos = [], HEADER_SIZE
    while size := question[pos]:
        labels.append(question[pos + 1 : pos + 1 + size].decode().lower())
        pos += 1 + size
    return ".".join(labels), pos + 1


def _header(question: bytes, code: int, answers: int) -> bytes:
    return question[:2] + struct.pack(">HHHHH", ANSWER_FLAGS | code, 1, answers, 0, 0)


def _record(address: str) -> bytes:
    packed = ipaddress.ip_address(address).packed
    return struct.pack(">HHHIH", POINTER_TO_QUESTION, _type_of(address), 1, 0, len(packed)) + packed


def _type_of(address: str) -> int:
    return TYPE_AAAA if ":" in address else TYPE_A
