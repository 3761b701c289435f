"""The small port behind which every video encoder stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    import av


@dataclass(frozen=True, slots=True)
class EncodedPicture:
    """One picture as an FLV tag carries it.

    Attributes:
        data: NAL units behind lengths of four bytes (H.264, HEVC), or OBUs without temporal delimiters (AV1).
        headers: the decoder settings it needs: avcC, hvcC or av1C. The same object for as long as they stay the same.
        dts_slot: its place in decoding order, in slots of the program; may be negative by the encoder's reordering.
        pts_slot: the slot it shows.
        is_key: decoding can begin here.
    """

    data: bytes
    headers: bytes
    dts_slot: int
    pts_slot: int
    is_key: bool


class VideoEncoder(Protocol):
    """Encodes the pictures of one rendition. Used by one thread at a time."""

    @property
    def name(self) -> str:
        """What libavcodec calls it: ``libx264``."""

    @property
    def headers(self) -> bytes:
        """The decoder settings; empty while they are not known, which some encoders tell with their first picture only."""

    @property
    def skipped(self) -> int:
        """Slots that got no picture, because it was too slow or failed."""

    def encode(self, frame: av.VideoFrame, slot: int, /, *, is_key: bool) -> list[EncodedPicture]:
        """Take the picture of a slot and return what is done, in decoding order.

        Args:
            frame: of the rendition's size, planar 4:2:0, BT.709 limited; its pixels are only read.
            slot: larger than that of the call before.
            is_key: make it a key frame at which decoding can begin (IDR).

        Raises:
            SystemFault: the encoder gave up; it must not be used any more.
        """

    def set_bitrate(self, video_kbps: int, /) -> None:
        """Encode the pictures to come at this rate, at the latest from the next key frame on."""

    def finish(self) -> list[EncodedPicture]:
        """Return what it still holds; nothing may be encoded afterwards.

        Raises:
            SystemFault: the encoder gave up.
        """


MakeEncoder: TypeAlias = Callable[[int], VideoEncoder]
"""Opens an encoder for a rate in kbit/s; raises ``SystemFault`` when it refuses."""
