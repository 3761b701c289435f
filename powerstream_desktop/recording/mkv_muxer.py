"""Matroska through PyAV, for those who prefer it: as safe as fragments, and known to fewer editors (reliability_security.md 1.1).

``cluster_time_limit`` is the fragment's length of the other container, ``flush_packets`` and ``max_interleave_delta`` are as
there. Each block tells its own time, so no frame has to wait for the next one.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import av

from powerstream_desktop.recording.mkv_file import MkvFile
from powerstream_desktop.recording.muxer import FRAGMENT_MS
from powerstream_desktop.recording.safe_file import SafeFile
from powerstream_desktop.recording.streams import BUFFER_BYTES, copied_streams, packet_of, translated
from powerstream_desktop.recording.tracks import TrackStart
from powerstream_desktop.rtmp.packet import MediaKind

if TYPE_CHECKING:
    from av.container import OutputContainer

_OPTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {"cluster_time_limit": str(FRAGMENT_MS), "flush_packets": "1", "max_interleave_delta": "1"}
)


class MkvMuxer:
    """Writes one Matroska file. Used by one thread, which may block as long as the disk does.

    Args:
        file: the empty file; its owner closes it, after ``close`` or ``abandon``.
        video: the picture track, if there is one.
        audio: the sound track, if there is one.

    Raises:
        UnrecordableError: a codec does not go into Matroska, or its settings are broken.
    """

    def __init__(self, file: SafeFile, *, video: TrackStart | None, audio: TrackStart | None) -> None:
        self._container: OutputContainer = av.open(
            MkvFile(file), "w", format="matroska", options=dict(_OPTIONS), buffer_size=BUFFER_BYTES
        )
        self._streams = copied_streams(self._container, video=video, audio=audio)
        translated(self._container.start_encoding)

    def write(self, kind: MediaKind, body: bytes, *, dts: int, pts: int, is_keyframe: bool) -> None:
        """Write one frame; most calls only add to the cluster in memory.

        Args:
            kind: its track, one that the muxer was made with.
            body: the codec's data; copied.
            dts: decoding time in ticks, higher than the one before on this track.
            pts: presentation time in ticks, not below ``dts``.
            is_keyframe: whether decoding may start here.

        Raises:
            UnrecordableError: libavformat refuses the frame.
            SystemFault: the disk refused.
        """
        packet = packet_of(self._streams[kind], body, dts=dts, pts=pts, is_keyframe=is_keyframe)
        translated(lambda: self._container.mux_one(packet))

    def close(self) -> None:
        """Write the last cluster, the index and the head that tells where it is.

        Raises:
            UnrecordableError: libavformat refuses; the clusters in the file still play.
            SystemFault: the disk refused; the clusters in the file still play.
        """
        translated(self._container.close)

    def abandon(self) -> None:
        """Let go without writing another byte; the file must be closed, which is what keeps PyAV from writing."""
        self._container.close()
