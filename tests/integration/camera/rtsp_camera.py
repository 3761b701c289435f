"""A camera that speaks RTSP (RFC 2326) on loopback: H.264 over RTP (RFC 6184), interleaved with the dialogue in one connection."""

from __future__ import annotations

import contextlib
import re
import socket
import struct
import threading
from collections.abc import Iterator
from fractions import Fraction
from typing import Final, Self

import av
import numpy as np

from tests.e2e.support.ports import LOOPBACK

FPS: Final = 25
_CLOCK_HZ: Final = 90_000
_START_CODE: Final = re.compile(rb"\x00\x00\x01|\x00\x00\x00\x01")


def h264_pictures(width: int, height: int, count: int) -> list[list[bytes]]:
    """Return pictures of a moving bar, each as its NAL units."""
    encoder = av.CodecContext.create("libx264", "w")
    assert isinstance(encoder, av.VideoCodecContext)
    encoder.width, encoder.height, encoder.pix_fmt = width, height, "yuv420p"
    encoder.time_base, encoder.framerate = Fraction(1, FPS), Fraction(FPS)
    encoder.options = {"preset": "ultrafast", "tune": "zerolatency", "g": str(FPS), "threads": "1"}
    pictures = []
    for number in range(count):
        picture = np.full((height * 3 // 2, width), 128, np.uint8)
        picture[:height, 8 * number % width : 8 * number % width + 32] = 220
        frame = av.VideoFrame.from_ndarray(picture, format="yuv420p")
        frame.pts = number
        data = b"".join(bytes(packet) for packet in encoder.encode(frame))
        pictures.append([unit for unit in _START_CODE.split(data) if unit])
    return pictures


class RTSPCamera:
    """Serves one client after the other.

    Args:
        size: width and height of the pictures.
    """

    def __init__(self, size: tuple[int, int]) -> None:
        self._pictures = h264_pictures(*size, count=4 * FPS)
        self._listener = socket.create_server((LOOPBACK, 0))
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="rtsp-camera")
        self.url = f"rtsp://{LOOPBACK}:{self._listener.getsockname()[1]}/stream"

    def __enter__(self) -> Self:
        self._listener.settimeout(0.1)
        self._thread.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._stopping.set()
        self._thread.join()
        self._listener.close()

    def _run(self) -> None:
        while not self._stopping.is_set():
            with contextlib.suppress(TimeoutError, ConnectionError):
                connection, _ = self._listener.accept()
                with connection:
                    connection.settimeout(0.1)
                    self._talk(connection)

    def _talk(self, connection: socket.socket) -> None:
        for method, number, headers in self._requests(connection):
            answer, body = f"RTSP/1.0 200 OK\r\nCSeq: {number}\r\n", ""
            match method:
                case "OPTIONS":
                    answer += "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n"
                case "DESCRIBE":
                    body = (
                        "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=camera\r\nt=0 0\r\n"
                        "m=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
                        "a=fmtp:96 packetization-mode=1\r\na=control:video\r\n"
                    )
                    answer += f"Content-Type: application/sdp\r\nContent-Length: {len(body)}\r\n"
                case "SETUP":
                    assert "RTP/AVP/TCP" in headers
                    answer += "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nSession: 1\r\n"
                case "PLAY":
                    answer += "Session: 1\r\n"
            connection.sendall((answer + "\r\n" + body).encode())
            if method == "PLAY":
                self._play(connection)
                return

    def _requests(self, connection: socket.socket) -> Iterator[tuple[str, str, str]]:
        pending = b""
        while not self._stopping.is_set():
            with contextlib.suppress(TimeoutError):
                data = connection.recv(4096)
                if not data:
                    return
                pending += data
            while b"\r\n\r\n" in pending:
                head, _, pending = pending.partition(b"\r\n\r\n")
                text = head.decode()
                number = re.search(r"CSeq: *(\d+)", text)
                assert number is not None
                yield text.split(" ", 1)[0], number[1], text

    def _play(self, connection: socket.socket) -> None:
        sequence = index = 0
        while not self._stopping.wait(1 / FPS):
            units = self._pictures[index % len(self._pictures)]
            for unit in units:
                marker = 0x80 if unit is units[-1] else 0
                packet = struct.pack(
                    "!BBHII", 0x80, 96 | marker, sequence & 0xFFFF, index * _CLOCK_HZ // FPS, 7
                )
                packet += unit
                connection.sendall(struct.pack("!cBH", b"$", 0, len(packet)) + packet)
                sequence += 1
            index += 1
