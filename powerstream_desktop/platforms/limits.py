"""Judges an encode against what the platforms take, before anybody goes live (broadcasters.md 4; 2, items 5 and 10).

One encode serves every destination of its rendition, so the strictest enabled platform sets the limit for all: every
finding about a limit says which platform that is. What is not confirmed at first hand is never more than a note.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from powerstream_desktop.platforms.catalogue import Catalogue
from powerstream_desktop.platforms.codecs import codec_name, codec_names
from powerstream_desktop.platforms.endpoint import Rendition, RTMPEndpoint
from powerstream_desktop.platforms.findings import Finding, Severity
from powerstream_desktop.platforms.platform import Platform

COMMON_SAMPLE_RATES: Final = (44_100, 48_000)
STEREO: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodePlan:
    """What one rendition is going to be encoded to.

    Attributes:
        width: pixels, as the picture stands.
        height: pixels, as the picture stands.
        fps: frames a second.
        video_kbps: bitrate of the picture.
        audio_kbps: bitrate of the sound.
        key_interval_s: seconds from one key frame to the next.
        video_codec: as in ``TagInfo.codec``.
        audio_codec: as in ``TagInfo.codec``.
        sample_rate: of the sound, in Hz.
        channels: of the sound.
    """

    rendition: Rendition = Rendition.LANDSCAPE
    width: int
    height: int
    fps: float
    video_kbps: int
    audio_kbps: int
    key_interval_s: float = 2.0
    video_codec: str = "avc1"
    audio_codec: str = "mp4a"
    sample_rate: int = 48_000
    channels: int = STEREO

    @property
    def longer_side(self) -> int:
        """Pixels of the longer side."""
        return max(self.width, self.height)

    @property
    def shorter_side(self) -> int:
        """Pixels of the shorter side: 1080 for 1080p, whichever way the picture stands."""
        return min(self.width, self.height)

    @property
    def shape(self) -> Rendition:
        """Which way the picture stands, whatever the rendition is called."""
        return Rendition.PORTRAIT if self.height > self.width else Rendition.LANDSCAPE


class Measure(Enum):
    """What platforms limit; the value is its code in findings and how they call it."""

    VIDEO = ("video-bitrate", "the video bitrate")
    AUDIO = ("audio-bitrate", "the audio bitrate")
    PICTURE = ("picture-size", "the picture size")
    FPS = ("frame-rate", "the frame rate")

    def __init__(self, code: str, thing: str) -> None:
        self.code = code
        self.thing = thing


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceiling:
    """The most of one measure that a platform takes.

    Attributes:
        value: to compare with other ceilings of the measure: kbit/s, pixels, frames a second.
        text: for people, such as "6000 kbit/s of video".
        setting: what to set to keep it, such as "6000 kbit/s".
        planned: what the encode has instead.
        exceeded: the encode has more.
        platform: the name of the platform that sets it.
        confirmed: it is known at first hand.
    """

    measure: Measure
    value: int
    text: str
    setting: str
    planned: str
    exceeded: bool
    platform: str
    confirmed: bool


def strictest(platforms: Iterable[Platform], encode: EncodePlan) -> tuple[Ceiling, ...]:
    """Return the lowest confirmed ceiling of each measure that anybody limits, for a picture like that of ``encode``."""
    confirmed = [each for platform in platforms for each in _ceilings(platform, encode) if each.confirmed]
    lowest: dict[Measure, Ceiling] = {}
    for each in confirmed:
        if each.measure not in lowest or each.value < lowest[each.measure].value:
            lowest[each.measure] = each
    return tuple(lowest[measure] for measure in Measure if measure in lowest)


def judge_encode(
    encode: EncodePlan, endpoints: Sequence[RTMPEndpoint], catalogue: Catalogue
) -> tuple[Finding, ...]:
    """Return what will not go well between an encode and the endpoints that take its rendition."""
    takers = [
        (endpoint, catalogue.platform(endpoint.platform))
        for endpoint in endpoints
        if endpoint.rendition is encode.rendition
    ]
    if not takers:
        return ()
    common = {each.measure: each for each in strictest((platform for _, platform in takers), encode)}
    findings = list(_judge_sound_for_all(encode))
    for endpoint, platform in takers:
        for ceiling in _ceilings(platform, encode):
            findings += _judge_ceiling(ceiling, common, endpoint.name)
        findings += _judge_key_interval(encode, platform, endpoint.name)
        findings += _judge_sample_rate(encode, platform, endpoint.name)
        findings += _judge_shape(encode, platform, endpoint)
        findings += _judge_codecs(encode, platform, endpoint)
    return tuple(findings)


def _ceilings(platform: Platform, encode: EncodePlan) -> Iterator[Ceiling]:
    limits = platform.limits
    video_kbps = limits.video_kbps_at(encode.shorter_side, encode.fps)
    for measure, limit, planned, unit, of, fields in (
        (Measure.VIDEO, video_kbps, encode.video_kbps, "kbit/s", " of video", ("video_kbps", "video_steps")),
        (Measure.AUDIO, limits.audio_kbps, encode.audio_kbps, "kbit/s", " of sound", ("audio_kbps",)),
        (Measure.FPS, limits.max_fps, encode.fps, "frames a second", "", ("max_fps",)),
    ):
        if limit is not None:
            yield Ceiling(
                measure=measure,
                value=limit,
                text=f"{limit} {unit}{of}",
                setting=f"{limit} {unit}",
                planned=f"{planned:.10g} {unit}",
                exceeded=planned > limit,
                platform=platform.name,
                confirmed=all(platform.confirms(f"limits.{field}") for field in fields),
            )
    if limits.max_width is not None and limits.max_height is not None:
        yield _picture_ceiling(limits.max_width, limits.max_height, platform, encode)


def _picture_ceiling(longer: int, shorter: int, platform: Platform, encode: EncodePlan) -> Ceiling:
    size = f"{shorter}x{longer}" if encode.shape is Rendition.PORTRAIT else f"{longer}x{shorter}"
    return Ceiling(
        measure=Measure.PICTURE,
        value=longer * shorter,
        text=f"a picture of {size}",
        setting=size,
        planned=f"{encode.width}x{encode.height}",
        exceeded=encode.longer_side > longer or encode.shorter_side > shorter,
        platform=platform.name,
        confirmed=platform.confirms("limits.max_width") and platform.confirms("limits.max_height"),
    )


def _judge_ceiling(ceiling: Ceiling, common: Mapping[Measure, Ceiling], name: str) -> Iterator[Finding]:
    if not ceiling.exceeded:
        return
    measure, planned = ceiling.measure, f"the plan has {ceiling.planned}"
    if not ceiling.confirmed:
        yield Finding(
            severity=Severity.NOTE,
            code=measure.code,
            sentence=f"{ceiling.platform} may take no more than {ceiling.text} (unconfirmed); {planned}.",
            remedy=f"If it does not work, set {measure.thing} to {ceiling.setting}.",
            destination=name,
        )
        return
    lowest = common[measure]
    reason = "" if lowest.value == ceiling.value else f", the limit of {lowest.platform}"
    yield Finding(
        severity=Severity.WARNING,
        code=measure.code,
        sentence=f"{ceiling.platform} sets this limit: {ceiling.text}; {planned}.",
        remedy=f"Set {measure.thing} to {lowest.setting}{reason}.",
        destination=name,
    )


def _judge_key_interval(encode: EncodePlan, platform: Platform, name: str) -> Iterator[Finding]:
    limits = platform.limits
    if encode.key_interval_s <= limits.longest_key_interval_s:
        return
    yield Finding(
        severity=Severity.WARNING,
        code="key-interval",
        sentence=f"A key frame every {encode.key_interval_s:g} s is too seldom for {platform.name}.",
        remedy=f"Set the key frame interval to {limits.wished_key_interval_s} s.",
        destination=name,
    )


def _judge_sound_for_all(encode: EncodePlan) -> Iterator[Finding]:
    if encode.channels > STEREO:
        yield Finding(
            severity=Severity.WARNING,
            code="channels",
            sentence=f"Sound of {encode.channels} channels is planned; platforms expect stereo.",
            remedy="Set the sound to stereo.",
        )
    if encode.sample_rate not in COMMON_SAMPLE_RATES:
        yield Finding(
            severity=Severity.WARNING,
            code="sample-rate",
            sentence=f"Sound at {encode.sample_rate / 1000:g} kHz is planned; platforms expect 48 or 44.1 kHz.",
            remedy="Set the sample rate to 48 kHz.",
        )


def _judge_sample_rate(encode: EncodePlan, platform: Platform, name: str) -> Iterator[Finding]:
    wished = platform.limits.sample_rate
    if wished is None or wished == encode.sample_rate:
        return
    yield Finding(
        severity=Severity.NOTE,
        code="sample-rate",
        sentence=f"{platform.name} asks for sound at {wished / 1000:g} kHz; {encode.sample_rate / 1000:g} kHz is planned.",
        remedy=f"If the sound is missing there, set the sample rate to {wished / 1000:g} kHz.",
        destination=name,
    )


def _judge_shape(encode: EncodePlan, platform: Platform, endpoint: RTMPEndpoint) -> Iterator[Finding]:
    if platform.rendition is None or platform.rendition is encode.shape:
        return
    way = {Rendition.PORTRAIT: "upright", Rendition.LANDSCAPE: "wide"}
    confirmed = platform.confirms("rendition")
    yield Finding(
        severity=Severity.WARNING if confirmed else Severity.NOTE,
        code="orientation",
        sentence=f"{platform.name} is made for {way[platform.rendition]} pictures{'' if confirmed else ' (unconfirmed)'}; "
        f"{endpoint.name} takes {encode.width}x{encode.height}.",
        remedy=f"Let it take the {platform.rendition} rendition.",
        destination=endpoint.name,
    )


def _judge_codecs(encode: EncodePlan, platform: Platform, endpoint: RTMPEndpoint) -> Iterator[Finding]:
    accepted = endpoint.codecs if endpoint.codecs is not None else platform.codecs
    if accepted is None:
        return
    confirmed = platform.confirms("codecs")
    for codec in (encode.video_codec, encode.audio_codec):
        if codec not in accepted:
            yield Finding(
                severity=Severity.ERROR if confirmed else Severity.NOTE,
                code="codec",
                sentence=f"{platform.name} does not accept {codec_name(codec)}{'' if confirmed else ' (unconfirmed)'}.",
                remedy=f"It takes {codec_names(accepted)}: choose one of them in the encoder.",
                destination=endpoint.name,
            )
