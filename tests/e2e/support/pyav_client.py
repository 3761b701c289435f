"""FFmpeg 8 as PyAV brings it, as an RTMP client and server: run as a process of its own, since it freezes its interpreter.

``publish FILE URL`` sends a file in real time. ``play URL TARGET`` and ``listen URL TARGET``, the latter a server for one
publisher, write what has come as JSON when it has ended.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import av

from tests.e2e.support.media import media_of


def publish(source: str, url: str) -> None:
    """Send a file's packets unchanged, each when its decoding time has come."""
    with av.open(source) as film, av.open(url, "w", format="flv") as publishing:
        streams = {
            stream.index: publishing.add_stream_from_template(stream, opaque=True) for stream in film.streams
        }
        began_s = time.monotonic()
        for packet in film.demux():
            if packet.dts is None:
                continue  # the demuxer's word for the end
            time.sleep(max(0.0, began_s + float(packet.dts * packet.time_base) - time.monotonic()))
            packet.stream = streams[packet.stream.index]
            publishing.mux(packet)


def play(url: str, target: str) -> None:
    """Play a stream to its end."""
    Path(target).write_text(media_of(url).to_json())


def listen(url: str, target: str) -> None:
    """Be the server of one publisher until it ends."""
    Path(target).write_text(media_of(url, listen=True).to_json())


def main(verb: str, *arguments: str) -> None:
    """Do what the command line asks for."""
    {"publish": publish, "play": play, "listen": listen}[verb](*arguments)


if __name__ == "__main__":
    main(*sys.argv[1:])
