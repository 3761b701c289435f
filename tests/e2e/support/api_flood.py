"""A program that wears an API out; run as a process of its own, with port and way, and with a token on its standard input.

It ends when its standard input does, and then prints how often it knocked and what it was answered, as JSON.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import threading
from collections import Counter
from contextlib import suppress

SITTING = 200
THREADS = 16
PATIENCE_S = 2.0
CROWD = 800
CROWD_EACH_S = 0.2
BYTE_EACH_S = 0.05
LARGE = b"x" * 200_000


class Flood:
    """Attacks from several threads until it is told to end."""

    def __init__(self, port: int, token: str) -> None:
        self._port = port
        self._head = f"Host: 127.0.0.1:{port}\r\nAuthorization: Bearer {token}\r\n".encode()
        self.over = threading.Event()
        self.knocked = 0
        self.answered: Counter[str] = Counter()

    def requests(self) -> None:
        """Ask on one connection as fast as it goes, with a good token and with none, by turns."""
        good = b"GET /api/rtmp/status HTTP/1.1\r\n" + self._head + b"\r\n"
        bad = b"GET /api/settings HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % self._port
        while not self.over.is_set():
            self._say((good + bad) * 20)

    def large(self) -> None:
        """Send bodies and headers that are too large, and bodies that do not say so."""
        post = b"POST /api/stations HTTP/1.1\r\nContent-Type: application/json\r\n" + self._head
        large_body = post + b"Content-Length: %d\r\n\r\n" % len(LARGE) + LARGE
        endless_body = (
            post + b"Transfer-Encoding: chunked\r\n\r\n" + (b"8000\r\n" + LARGE[:32_768] + b"\r\n") * 6
        )
        large_head = b"GET /api/settings HTTP/1.1\r\n" + self._head + b"X: " + LARGE + b"\r\n\r\n"
        while not self.over.is_set():
            for request in (large_body, endless_body, large_head):
                self._say(request)

    def slow(self) -> None:
        """Keep connections open by the dozen, and send a byte at a time."""
        sitting: list[socket.socket] = []
        line = b"GET /api/settings HTTP/1.1\r\n" + b"X: y\r\n" * 10_000
        for byte in line:
            if self.over.wait(BYTE_EACH_S):
                break
            while len(sitting) < SITTING // THREADS:
                self.knocked += 1
                sitting.append(socket.create_connection(("127.0.0.1", self._port), PATIENCE_S))
            for each in tuple(sitting):
                try:
                    each.send(bytes([byte]))
                except OSError:
                    self.answered["cut"] += 1
                    sitting.remove(each)
        for each in sitting:
            each.close()

    def crowd(self) -> None:
        """Make hundreds of connections in no time, again and again."""
        while not self.over.wait(CROWD_EACH_S):
            crowd = [socket.socket() for _ in range(CROWD // THREADS)]
            for each in crowd:
                each.settimeout(0)
                each.connect_ex(("127.0.0.1", self._port))
                self.knocked += 1
            self.over.wait(CROWD_EACH_S)
            for each in crowd:
                each.close()

    def _say(self, data: bytes) -> None:
        self.knocked += 1
        with suppress(OSError), socket.create_connection(("127.0.0.1", self._port), PATIENCE_S) as connection:
            try:
                connection.sendall(data)
            finally:
                connection.settimeout(0.2)
                self.answered[connection.recv(12).decode("ascii", "replace")[9:]] += 1


def say(line: dict[str, object]) -> None:
    """Tell the test something."""
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Attack."""
    os.nice(19)  # an attacker's own work is not what is measured
    port, way = int(sys.argv[1]), sys.argv[2]
    flood = Flood(port, sys.stdin.readline().strip())
    threads = [threading.Thread(target=getattr(flood, way)) for _ in range(THREADS)]
    for each in threads:
        each.start()
    say({"attacking": True})
    sys.stdin.read()
    flood.over.set()
    for each in threads:
        each.join()
    say({"knocked": flood.knocked, "answered": flood.answered})


if __name__ == "__main__":
    main()
