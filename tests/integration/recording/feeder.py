"""A process that records: the recording's e2e and limit tests start it, and kill it or starve it.

``feeder FOLDER CLIP PROGRESS`` records the FLV clip, over and over, at the pace of its timestamps. Before each packet is
offered, its presentation time goes into the file PROGRESS, which survives a kill: two 64-bit numbers, picture and sound, in
milliseconds since the first key frame, -1 before. ``--fast`` records the clip once without a pace, and closes.
``--file-limit BYTES`` keeps files from growing further. At the end the result's state and cause go to stdout.
"""

from __future__ import annotations

import argparse
import mmap
import struct
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from powerstream_desktop.recording.options import RecordingOptions
from powerstream_desktop.recording.recorder import Recorder
from powerstream_desktop.rtmp.flv.tags import TagKind
from powerstream_desktop.rtmp.packet import MediaKind, MediaPacket
from tests.integration.recording.clips import packets_of, presentation_ms, shifted

PROGRESS = struct.Struct("<qq")
NOTHING_YET = PROGRESS.pack(-1, -1)
GAP_MS = 33


def repeated(packets: list[MediaPacket]) -> Iterator[MediaPacket]:
    """Yield the clip for ever on one timeline."""
    length_ms = packets[-1].dts_ms + GAP_MS
    number = 0
    while True:
        yield from shifted(packets, number * length_ms)
        number += 1


def feed(recorder: Recorder, packets: Iterator[MediaPacket], progress: mmap.mmap) -> None:
    """Offer packets when they are due, and note each before."""
    started_s = time.monotonic()
    base_ms: int | None = None
    offered_ms = {MediaKind.VIDEO: -1, MediaKind.AUDIO: -1}
    for packet in packets:
        pause_s = started_s + packet.dts_ms / 1000 - time.monotonic()
        if pause_s > 0:
            time.sleep(pause_s)
        if packet.info.kind is TagKind.FRAME:
            if base_ms is None and packet.kind is MediaKind.VIDEO:
                base_ms = packet.dts_ms
            if base_ms is not None:
                at_ms = presentation_ms(packet) - base_ms
                offered_ms[packet.kind] = max(offered_ms[packet.kind], at_ms)
                progress[:] = PROGRESS.pack(*offered_ms.values())
        recorder.offer([packet])


def main() -> None:
    """Record until killed, or once."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("clip", type=Path)
    parser.add_argument("progress", type=Path)
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("--file-limit", type=int)
    options = parser.parse_args()
    if options.file_limit and sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (options.file_limit, options.file_limit))
    packets = packets_of(options.clip.read_bytes())
    recorder = Recorder(RecordingOptions(folder=options.folder), name="show")
    recorder.start()
    if options.fast:
        recorder.offer(packets)
        options.progress.write_text("closing")
        result = recorder.close()
        sys.stdout.write(f"{result.state.value}\n{result.cause.title if result.cause else ''}\n")
        return
    with options.progress.open("r+b") as file, mmap.mmap(file.fileno(), PROGRESS.size) as progress:
        feed(recorder, repeated(packets), progress)


if __name__ == "__main__":
    main()
