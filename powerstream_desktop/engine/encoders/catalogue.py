"""The encoders there can be, and how each is opened so that all keep the same rules.

The rules (broadcasters.md 3.6): constant rate with a buffer of one second, held from below with filler where the encoder has
it; key frames where the program asks, at the latest every two seconds, and nowhere else; each of them an IDR picture; two B
pictures at most, none with low latency; 4:2:0 with 8 bits.

The software encoders are tried by the tests. The hardware ones are written from libavcodec's documentation and sources: there
was none to try them on. They are only ever used where ``probe`` has proved them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypeAlias

from powerstream_desktop.engine.video_settings import Codec, EncoderChoice, Latency, VideoSettings

B_PICTURES: Final = 2
"""Between two others, with normal latency; also the slots by which decoding order may run ahead of what is shown."""

_ORDINARY_DELAY: Final = 16
"""Pictures an encoder may hold before its first packet: its queue, and what reordering needs."""

_FULL_HD: Final = 1920 * 1080

Options: TypeAlias = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderKind:
    """One encoder of libavcodec.

    Attributes:
        choice: what the user calls it.
        codec: what it makes.
        av_name: what libavcodec calls it.
        title: what people call it.
        platforms: values of ``sys.platform`` where it can be.
        devices: files of which one must be there for it to be worth a try; none when that cannot be told so simply.
        pixel_format: what it takes; the program's own, or one that libswscale makes of it.
        options: how to open it.
        changes_rate: takes another bitrate while it runs; else it is opened anew at the next key frame.
        delay: pictures it may hold before its first packet.
        in_background: options laid over the others by ``for_background``; they change no header.
    """

    choice: EncoderChoice
    codec: Codec
    av_name: str
    title: str
    options: Callable[[VideoSettings], Options]
    delay: Callable[[VideoSettings], int] = lambda _settings: _ORDINARY_DELAY
    platforms: frozenset[str] = frozenset({"linux", "win32", "darwin"})
    devices: tuple[str, ...] = ()
    pixel_format: str = "yuv420p"
    changes_rate: bool = False
    in_background: Options = field(default_factory=dict)

    @property
    def is_hardware(self) -> bool:
        """True when it needs a device besides the processor."""
        return self.choice not in _SOFTWARE_CHOICES

    def for_background(self) -> EncoderKind:
        """Return it as it is opened for pictures that nobody waits for: with as little memory and as few threads as it can do with."""
        return replace(self, options=lambda settings: {**self.options(settings), **self.in_background})

    def is_plausible(self) -> bool:
        """Tell whether trying it makes sense on this computer; costs next to nothing."""
        if sys.platform not in self.platforms:
            return False
        return sys.platform != "linux" or not self.devices or any(map(_exists, self.devices))


_SOFTWARE_CHOICES: Final = frozenset({EncoderChoice.X264, EncoderChoice.X265, EncoderChoice.SVT_AV1})


def _exists(pattern: str) -> bool:
    path = Path(pattern)
    return any(path.parent.glob(path.name))


def bits_a_second(bitrate_kbps: int) -> str:
    """Write a rate as options want it."""
    return str(bitrate_kbps * 1000)


def _is_low(settings: VideoSettings) -> bool:
    return settings.latency is Latency.LOW


def _b_pictures(settings: VideoSettings) -> int:
    return 0 if _is_low(settings) else B_PICTURES


def _common(settings: VideoSettings) -> dict[str, str]:
    """Options of libavcodec itself: whoever knows constant rate takes it from average = maximum."""
    rate = bits_a_second(settings.bitrate_kbps)
    return {
        "b": rate,
        "maxrate": rate,
        "bufsize": rate,
        "g": str(settings.keyframe_interval),
        "bf": str(_b_pictures(settings)),
    }


def _x264(settings: VideoSettings) -> Options:
    options = {
        **_common(settings),
        "preset": "veryfast",
        "profile": "high",
        "threads": str(_threads(settings)),
        # Threads that take a picture each make a better and cheaper stream; slices of one picture answer sooner.
        "thread_type": "slice" if _is_low(settings) else "frame",
        "forced-idr": "1",
        # A picture is as large as one slot allows: by its time, the one behind a hole of four seconds gets four seconds of filler.
        "x264-params": f"scenecut=0:filler=1:force-cfr=1:keyint={settings.keyframe_interval}:min-keyint=1",
    }
    return {**options, "tune": "zerolatency"} if _is_low(settings) else options


def _threads(settings: VideoSettings) -> int:
    """More would be of no use at this size: each costs a picture of delay, or a slice of worse compression."""
    useful = 8 if settings.width * settings.height <= _FULL_HD else 16
    processors = os.cpu_count() or 1
    return min(useful, processors if _is_low(settings) else 3 * processors // 2)


def _x265(settings: VideoSettings) -> Options:
    keyint = settings.keyframe_interval
    options = {
        **_common(settings),
        "preset": "superfast",
        "forced-idr": "1",
        "x265-params": f"scenecut=0:open-gop=0:keyint={keyint}:min-keyint=1:strict-cbr=1:b-adapt=0:info=0:log-level=error",
    }
    return {**options, "tune": "zerolatency"} if _is_low(settings) else options


def _svt_av1(settings: VideoSettings) -> Options:
    """Constant rate is only there without reordering (``pred-struct=1``), whatever the latency."""
    return {**_common(settings), "bf": "0", "preset": "10", "svtav1-params": "rtc=1:pred-struct=1:scd=0:rc=2"}


def _nvenc(settings: VideoSettings) -> Options:
    options = {
        **_common(settings),
        "preset": "p5",
        "tune": "ll" if _is_low(settings) else "hq",
        "rc": "cbr",
        "multipass": "qres",
        "spatial-aq": "1",
        "b_ref_mode": "disabled",
        "forced-idr": "1",
        "no-scenecut": "1",
        "strict_gop": "1",
        "cbr_padding": "1",
        "zerolatency": "1" if _is_low(settings) else "0",
        "delay": "0" if _is_low(settings) else str(B_PICTURES),
    }
    return {**options, "profile": "high"} if settings.codec is Codec.H264 else options


def _qsv(settings: VideoSettings) -> Options:
    options = {
        **_common(settings),
        "preset": "medium",
        "async_depth": "1" if _is_low(settings) else "4",
        "forced_idr": "1",
        "adaptive_i": "0",
        "adaptive_b": "0",
        "profile": "high" if settings.codec is Codec.H264 else "main",
    }
    if settings.codec is Codec.AV1:
        return {**options, "bf": "0"}
    return {**options, "idr_interval": "0", "scenario": "livestreaming", "look_ahead_depth": "0"}


def _amf(settings: VideoSettings) -> Options:
    options = {
        **_common(settings),
        "usage": "lowlatency" if _is_low(settings) else "transcoding",
        "quality": "balanced",
        "profile": "high" if settings.codec is Codec.H264 else "main",
        "rc": "cbr",
        "enforce_hrd": "1",
        "filler_data": "1",
        "forced_idr": "1",
        "preanalysis": "0",
    }
    if settings.codec is Codec.H264:
        # The private options decide here; not every card has B pictures, and those that have not leave them out.
        return {**options, "max_b_frames": str(_b_pictures(settings)), "frame_skipping": "0"}
    return {**options, "bf": "0", "skip_frame": "0"}


def _videotoolbox(settings: VideoSettings) -> Options:
    """Its own constant rate needs a new system and a new chip; the limit over one second is there everywhere."""
    options = {**_common(settings), "allow_sw": "0", "realtime": "1"}
    if settings.codec is Codec.H264:
        return {**options, "profile": "high", "coder": "cabac"}
    return {**options, "profile": "main"}


def _media_foundation(settings: VideoSettings) -> Options:
    return {**_common(settings), "rate_control": "cbr", "scenario": "live_streaming", "hw_encoding": "1"}


def _threaded_delay(settings: VideoSettings) -> int:
    """Pictures that x264 and x265 may hold: look-ahead, reordering, and one for each thread that works ahead."""
    if _is_low(settings):
        return 1
    look_ahead, slack = 10, 4
    return look_ahead + B_PICTURES + slack + _threads(settings)


_NVIDIA_DEVICES: Final = ("/dev/nvidiactl", "/dev/dxg")
_RENDER_DEVICES: Final = ("/dev/dri/renderD*", "/dev/dxg")
_LINUX_AND_WINDOWS: Final = frozenset({"linux", "win32"})

CATALOGUE: Final[tuple[EncoderKind, ...]] = (
    *(
        EncoderKind(
            choice=EncoderChoice.NVENC,
            codec=codec,
            av_name=f"{codec.value}_nvenc",
            title="NVIDIA NVENC",
            options=_nvenc,
            platforms=_LINUX_AND_WINDOWS,
            devices=_NVIDIA_DEVICES,
            changes_rate=True,
        )
        for codec in Codec
    ),
    *(
        EncoderKind(
            choice=EncoderChoice.QSV,
            codec=codec,
            av_name=f"{codec.value}_qsv",
            title="Intel Quick Sync",
            options=_qsv,
            platforms=_LINUX_AND_WINDOWS,
            devices=_RENDER_DEVICES,
            pixel_format="nv12",
        )
        for codec in Codec
    ),
    *(
        EncoderKind(
            choice=EncoderChoice.AMF,
            codec=codec,
            av_name=f"{codec.value}_amf",
            title="AMD AMF",
            options=_amf,
            platforms=_LINUX_AND_WINDOWS,
            devices=_RENDER_DEVICES,
        )
        for codec in Codec
    ),
    *(
        EncoderKind(
            choice=EncoderChoice.VIDEOTOOLBOX,
            codec=codec,
            av_name=f"{codec.value}_videotoolbox",
            title="Apple VideoToolbox",
            options=_videotoolbox,
            platforms=frozenset({"darwin"}),
        )
        for codec in (Codec.H264, Codec.HEVC)
    ),
    *(
        EncoderKind(
            choice=EncoderChoice.MEDIA_FOUNDATION,
            codec=codec,
            av_name=f"{codec.value}_mf",
            title="Windows Media Foundation",
            options=_media_foundation,
            platforms=frozenset({"win32"}),
            pixel_format="nv12",
        )
        for codec in (Codec.H264, Codec.HEVC)
    ),
    EncoderKind(
        choice=EncoderChoice.X264,
        codec=Codec.H264,
        av_name="libx264",
        title="x264",
        options=_x264,
        delay=_threaded_delay,
        changes_rate=True,
        # Each thread and each picture of the look-ahead holds some 10 MB at 1920x1080; what is left is what it needs to refer to.
        in_background={"threads": "1", "rc-lookahead": "0"},
    ),
    EncoderKind(
        choice=EncoderChoice.X265,
        codec=Codec.HEVC,
        av_name="libx265",
        title="x265",
        options=_x265,
        delay=_threaded_delay,
    ),
    EncoderKind(
        choice=EncoderChoice.SVT_AV1,
        codec=Codec.AV1,
        av_name="libsvtav1",
        title="SVT-AV1",
        options=_svt_av1,
    ),
)
"""Best first for each codec, as the automatic choice takes them: what spares the processor, then what works everywhere."""


def kinds_of(codec: Codec) -> tuple[EncoderKind, ...]:
    """Return the encoders of a codec, best first; the last one is software."""
    return tuple(kind for kind in CATALOGUE if kind.codec is codec)


def kind_named(av_name: str) -> EncoderKind:
    """Return the encoder that libavcodec calls so; ``KeyError`` when there is none."""
    return {kind.av_name: kind for kind in CATALOGUE}[av_name]
