"""Hybrid MP4 through PyAV.

Packets are muxed as they are: nothing is decoded or encoded. Fragments are written while recording, so that a kill costs no more
than the last one; the index that turns the file into an ordinary MP4 at the end is ours (``hybrid_file``). The settings
(reliability_security.md 1.1-1.3):

* ``default_base_moof`` tells places from the beginning of a fragment: the file is 16 bytes longer than libavformat knows.
* ``skip_trailer``: no second index behind the fragments, for which libavformat would note every one.
* ``delay_moov`` writes the first index together with the first fragment. Only then does libavformat know where each track
  begins, and a recording that was killed keeps the distance between sound and picture as a finished one does; without it
  the first frame of the later track moves to 0.
* ``flush_packets`` hands each fragment to the file at once.
* ``max_interleave_delta`` of next to nothing: no more than one packet waits in memory for the other track. MP4 needs none,
  and what waits in memory is lost by a kill.

Fragments store durations, not times: where one ends, libavformat needs the duration of each track's last frame, takes the
frame rate's when nobody says it, and moves the next fragment's first frame to where that ends. Behind a still of a second or
a hole that is the wrong place, in the finished file as well. So a frame is muxed when the next one of its track has told how
long it lasts; only a track's first one is not waited for longer than ten seconds.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import av
from av.audio.codeccontext import AudioCodecContext

from powerstream_desktop.recording.hybrid_file import HybridFile
from powerstream_desktop.recording.safe_file import SafeFile
from powerstream_desktop.recording.streams import (
    BUFFER_BYTES,
    UnrecordableError,
    copied_streams,
    packet_of,
    translated,
)
from powerstream_desktop.recording.timeline import TICKS_PER_MS, TICKS_PER_S
from powerstream_desktop.recording.tracks import TrackStart
from powerstream_desktop.rtmp.packet import MediaKind

if TYPE_CHECKING:
    from av.container import OutputContainer
    from av.packet import Packet
    from av.stream import Stream

FRAGMENT_MS: Final = 500
"""Length of a fragment: what a kill costs at most, plus a frame. Half of the second that is promised, because packets
also spend a moment in the queue and the threads of a loaded machine do not run at once."""

_OPTIONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "movflags": "delay_moov+default_base_moof+skip_trailer",
        "frag_duration": str(FRAGMENT_MS * 1000),
        "flush_packets": "1",
        "max_interleave_delta": "1",
    }
)
_LONGEST_SOUND: Final = 120 * TICKS_PER_MS
"""Of one packet of Opus."""
_LONE_FRAME_WAIT: Final = 10 * TICKS_PER_S
"""Longer than any sensible distance between two pictures."""
_RECORDABLE: Final = frozenset(
    {"avc1", "hvc1", "vvc1", "av01", "vp09", "mp4a", ".mp3", "Opus", "fLaC", "ac-3", "ec-3"}
)


class Mp4Muxer:
    """Writes one hybrid MP4. Used by one thread, which may block as long as the disk does.

    Args:
        file: the empty file; its owner closes it, after ``close`` or ``abandon``.
        video: the picture track, if there is one.
        audio: the sound track, if there is one.

    Raises:
        UnrecordableError: a codec does not go into an MP4, or its settings are broken.
    """

    def __init__(self, file: SafeFile, *, video: TrackStart | None, audio: TrackStart | None) -> None:
        for track in (video, audio):
            if track is not None and track.settings.codec not in _RECORDABLE:
                raise UnrecordableError(
                    f"The stream uses the codec {track.settings.codec}, which cannot be recorded as MP4.",
                    hint="Choose H.264 and AAC in the encoder.",
                )
        self._file = HybridFile(file)
        self._container: OutputContainer = av.open(
            self._file, "w", format="mp4", options=dict(_OPTIONS), buffer_size=BUFFER_BYTES
        )
        self._streams = copied_streams(self._container, video=video, audio=audio)
        for stream in self._streams.values():
            if stream.codec_context.name == "hevc":
                stream.codec_context.codec_tag = "hvc1"  # Apple's players refuse "hev1", the default
        self._held: dict[MediaKind, Packet[Stream]] = {}
        """The newest frame of each track, whose duration is not known yet."""
        self._lasted: dict[MediaKind, int] = {}
        """How long the frame before took."""
        translated(self._container.start_encoding)

    def write(self, kind: MediaKind, body: bytes, *, dts: int, pts: int, is_keyframe: bool) -> None:
        """Take one frame and write the one before it on its track; most calls only add to the fragment in memory.

        Args:
            kind: its track, one that the muxer was made with.
            body: the codec's data; copied.
            dts: decoding time in ticks, higher than the one before on this track.
            pts: presentation time in ticks, not below ``dts``.
            is_keyframe: whether decoding may start here.

        Raises:
            UnrecordableError: libavformat refuses the frame before; this one may be good.
            SystemFault: the disk refused.
        """
        packet = packet_of(self._streams[kind], body, dts=dts, pts=pts, is_keyframe=is_keyframe)
        before = self._held.get(kind)
        self._held[kind] = packet
        if before is not None:
            self._mux_until(dts, kind, before)
        self._let_go_of_lone_frames(dts)

    def close(self) -> None:
        """Write the last frames and the index, which makes an ordinary MP4 of the file.

        Raises:
            UnrecordableError: libavformat refuses; the fragments in the file still play.
            SystemFault: the disk refused; the fragments in the file still play.
        """
        for kind, packet in self._held.items():
            context = packet.stream.codec_context
            if isinstance(context, AudioCodecContext) and not context.frame_size:
                # Opus: nobody else tells how long the last frame is, and players leave out one of no length.
                packet.duration = min(self._lasted.get(kind, 0), _LONGEST_SOUND)
            # A recording of hours does not fail because libavformat dislikes the last frame of a track.
            with contextlib.suppress(UnrecordableError):
                self._mux(packet)
        translated(self._container.close)
        self._file.finish()

    def abandon(self) -> None:
        """Let go without writing another byte; the file must be closed, which is what keeps PyAV from writing."""
        self._container.close()

    def _let_go_of_lone_frames(self, dts: int) -> None:
        """Mux a first frame that no second has followed for long.

        libavformat writes nothing before it has a frame of each track, so this one would keep hours of the other in memory. Should
        a second one come after all, it is shown early, where the first one ends here.
        """
        for kind, packet in list(self._held.items()):
            if kind not in self._lasted and dts - (packet.dts or 0) > _LONE_FRAME_WAIT:
                del self._held[kind]
                self._mux_until(dts, kind, packet)

    def _mux_until(self, dts: int, kind: MediaKind, packet: Packet[Stream]) -> None:
        packet.duration = self._lasted[kind] = dts - (packet.dts or 0)
        self._mux(packet)

    def _mux(self, packet: Packet[Stream]) -> None:
        translated(lambda: self._container.mux_one(packet))
