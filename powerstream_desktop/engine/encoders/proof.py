"""Proving an encoder: a few pictures, encoded and looked at; the first is decoded again.

To be run in a process of its own, for drivers hang and crash.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import av

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.engine.encoders.av_encoder import AVEncoder
from powerstream_desktop.engine.encoders.catalogue import EncoderKind
from powerstream_desktop.engine.encoders.port import EncodedPicture, VideoEncoder
from powerstream_desktop.engine.encoders.verdicts import ProbedEncoder
from powerstream_desktop.engine.ink import Rect, fill
from powerstream_desktop.engine.picture import blank_frame, planes_of
from powerstream_desktop.engine.video_settings import Codec, VideoSettings
from powerstream_desktop.rtmp.flv.nal import is_random_access

if TYPE_CHECKING:
    from av.video.codeccontext import VideoCodecContext

_GREY: Final = (120, 128, 128)
_TOLERANCE: Final = 8.0
"""In levels of brightness: whoever cannot keep a grey picture grey does not work."""

_SLOTS: Final = range(5)
_KEYS: Final = (0, 3)

_FOURCCS: Final = {Codec.H264: "avc1", Codec.HEVC: "hvc1"}
_DECODERS: Final = {Codec.H264: "h264", Codec.HEVC: "hevc", Codec.AV1: "libdav1d"}


def prove(kind: EncoderKind, settings: VideoSettings) -> ProbedEncoder:
    """Try an encoder; never raises, but may hang or end the process with its driver."""
    try:
        why = fault_of(AVEncoder(kind, settings), settings)
    except PowerStreamError as error:
        why = f"{error.title} {error.detail}".strip()
    return ProbedEncoder(name=kind.av_name, works=not why, why=why)


def fault_of(encoder: VideoEncoder, settings: VideoSettings) -> str:
    """Try an open encoder to its end; return what is wrong with it in one sentence, or nothing.

    Raises:
        SystemFault: it gave up.
    """
    frame = blank_frame(settings.width, settings.height)
    fill(planes_of(frame), Rect(0, 0, settings.width, settings.height), _GREY)
    pictures = [each for slot in _SLOTS for each in encoder.encode(frame, slot, is_key=slot in _KEYS)]
    pictures += encoder.finish()
    if sorted(picture.pts_slot for picture in pictures) != list(_SLOTS):
        return f"It takes {len(_SLOTS)} pictures and gives {len(pictures)}."
    keys = [picture for picture in pictures if picture.is_key]
    if [key.pts_slot for key in keys] != list(_KEYS) or not all(_begins(settings.codec, key) for key in keys):
        return "Its key frames are not those that were asked for."
    return _decoding_fault(settings.codec, keys[0])


def _begins(codec: Codec, key: EncodedPicture) -> bool:
    """Tell whether decoding can really begin at what is called a key frame."""
    return codec is Codec.AV1 or is_random_access(_FOURCCS[codec], key.data)


def _decoding_fault(codec: Codec, key: EncodedPicture) -> str:
    decoder: VideoCodecContext = av.CodecContext.create(_DECODERS[codec], "r")  # type: ignore[assignment]
    decoder.extradata = key.headers
    try:
        frames = decoder.decode(av.Packet(key.data)) + decoder.decode(None)
    except av.FFmpegError as error:
        return f"What it makes cannot be decoded. {type(error).__name__}: {error.strerror}"
    if not frames:
        return "What it makes cannot be decoded."
    brightness = float(planes_of(frames[0])[0].mean())
    return "" if abs(brightness - _GREY[0]) < _TOLERANCE else "It makes another picture of what it is given."
