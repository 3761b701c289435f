"""All settings as one frozen value. A new option is a line here, and nothing elsewhere: file, API and help follow from it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any, Final

from powerstream_desktop.engine.program_video import PORTRAIT_MOST_KBPS, USUAL_PORTRAIT
from powerstream_desktop.engine.video_settings import (
    MAX_FPS,
    MAX_KBPS,
    MIN_KBPS,
    Codec,
    EncoderChoice,
    Latency,
)
from powerstream_desktop.relay.ingest.server import BRIDGE_LIMIT_S
from powerstream_desktop.service.access.loopback import FIRST_PORT
from powerstream_desktop.service.broadcast.ingest_port import HOST, USUAL_PORT
from powerstream_desktop.service.secret_store.place import SecretPlace
from powerstream_desktop.service.settings.cloud_options import CloudOptions
from powerstream_desktop.service.settings.kinds import Choice, Flag, Line, OneOf, WholeNumber
from powerstream_desktop.service.settings.library_options import RecordingOptions, RetentionOptions
from powerstream_desktop.service.settings.option import Declared, Effect, Option, options_of
from powerstream_desktop.service.settings.window_options import AppearanceOptions, HotkeyOptions

LAN_PORT: Final = 5443
_FIRST_FREE_PORT: Final = 1024
"""Those below belong to the system."""
_LAST_PORT: Final = 65535
_MAX_BRIDGE_S: Final = 24 * 3600


class SecretChoice(StrEnum):
    """Where keys are to be kept."""

    AUTOMATIC = "automatic"
    KEYRING = "keyring"
    THIS_RUN = "this-run"
    SEALED_FILE = "sealed-file"

    @property
    def place(self) -> SecretPlace | None:
        """The place that was chosen, ``None`` if none was."""
        return None if self is SecretChoice.AUTOMATIC else SecretPlace(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoOptions:
    """How the program is encoded."""

    size: Annotated[
        str,
        Declared(
            Line(r"[0-9]{2,4}x[0-9]{2,4}", "1280x720", ("1280x720", "1920x1080", "2560x1440", "3840x2160")),
            "Size of the program.",
        ),
    ] = "1280x720"
    portrait_size: Annotated[
        str, Declared(OneOf(tuple(PORTRAIT_MOST_KBPS)), "Size of the portrait rendition, where one is sent.")
    ] = USUAL_PORTRAIT
    fps: Annotated[int, Declared(WholeNumber(1, MAX_FPS, "frames/s"), "Frames a second.")] = 30
    bitrate_kbps: Annotated[
        int, Declared(WholeNumber(MIN_KBPS, MAX_KBPS, "kbit/s"), "Bitrate of the pictures.")
    ] = 4500
    adapt_bitrate: Annotated[
        bool, Declared(Flag(), "Lower the bitrate while the upload is too small for all destinations.")
    ] = False
    latency: Annotated[
        Latency, Declared(Choice(Latency), "Low answers at once, normal gives a better picture.")
    ] = Latency.NORMAL
    codec: Annotated[
        Codec, Declared(Choice(Codec), "What the pictures are compressed to; every platform takes H.264.")
    ] = Codec.H264
    encoder: Annotated[
        EncoderChoice,
        Declared(
            Choice(EncoderChoice), "Which encoder makes them; the automatic choice takes the best that works."
        ),
    ] = EncoderChoice.AUTO


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastOptions:
    """How a broadcast is kept up."""

    bridge_limit_s: Annotated[
        int,
        Declared(
            WholeNumber(0, _MAX_BRIDGE_S, "s"),
            "How long the platforms are kept when the encoder vanishes; 0 ends the broadcast at once.",
        ),
    ] = int(BRIDGE_LIMIT_S)


@dataclass(frozen=True, slots=True, kw_only=True)
class APIOptions:
    """Where windows and scripts of this computer reach the service."""

    port: Annotated[
        int,
        Declared(
            WholeNumber(_FIRST_FREE_PORT, _LAST_PORT),
            "Port on this computer; the next free one is taken if it is in use.",
            effect=Effect.NEXT_START,
            is_guarded=True,
        ),
    ] = FIRST_PORT


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestOptions:
    """Where an external encoder publishes to."""

    port: Annotated[
        int,
        Declared(
            WholeNumber(_FIRST_FREE_PORT, _LAST_PORT),
            "Port for external encoders; the next free one is taken if it is in use.",
            is_guarded=True,
        ),
    ] = USUAL_PORT
    lan: Annotated[
        bool,
        Declared(
            Flag(),
            "Let encoders on other computers of your network publish here; they need the stream key, which they send unencrypted.",
            is_guarded=True,
        ),
    ] = False

    @property
    def host(self) -> str:
        """Where the relay listens: on this computer only, unless the network was let in."""
        return "0.0.0.0" if self.lan else HOST  # noqa: S104 - asked for by name


@dataclass(frozen=True, slots=True, kw_only=True)
class LANOptions:
    """How other devices of the network reach the service."""

    api: Annotated[
        bool,
        Declared(
            Flag(),
            "Let devices of your network that you have paired look at and drive PowerStream, encrypted.",
            effect=Effect.AT_ONCE,
            is_guarded=True,
        ),
    ] = False
    port: Annotated[
        int,
        Declared(
            WholeNumber(_FIRST_FREE_PORT, _LAST_PORT),
            "Port for those devices.",
            effect=Effect.AT_ONCE,
            is_guarded=True,
        ),
    ] = LAN_PORT


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretOptions:
    """Where keys are kept."""

    place: Annotated[
        SecretChoice,
        Declared(
            Choice(SecretChoice),
            "Where stream keys are kept: the system's keyring, this run only, or a file sealed with a passphrase.",
            effect=Effect.AT_ONCE,
            is_guarded=True,
        ),
    ] = SecretChoice.AUTOMATIC


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All of them; each section is a table of the file."""

    video: VideoOptions = field(default_factory=VideoOptions)
    broadcast: BroadcastOptions = field(default_factory=BroadcastOptions)
    recording: RecordingOptions = field(default_factory=RecordingOptions)
    retention: RetentionOptions = field(default_factory=RetentionOptions)
    cloud: CloudOptions = field(default_factory=CloudOptions)
    hotkeys: HotkeyOptions = field(default_factory=HotkeyOptions)
    appearance: AppearanceOptions = field(default_factory=AppearanceOptions)
    api: APIOptions = field(default_factory=APIOptions)
    ingest: IngestOptions = field(default_factory=IngestOptions)
    lan: LANOptions = field(default_factory=LANOptions)
    secrets: SecretOptions = field(default_factory=SecretOptions)

    def value(self, option: Option) -> Any:
        """Return the value of an option."""
        return getattr(getattr(self, option.section), option.key)

    def with_values(self, values: Mapping[str, object]) -> Settings:
        """Return these settings with other values.

        Args:
            values: of the options' types, by the options' names.
        """
        sections: dict[str, Any] = {}
        for name, value in values.items():
            section, _, key = name.partition(".")
            old = sections.get(section, getattr(self, section))
            sections[section] = dataclasses.replace(old, **{key: value})
        return dataclasses.replace(self, **sections)


OPTIONS: Final[Mapping[str, Option]] = {
    each.name: each
    for section in dataclasses.fields(Settings)
    for each in options_of(section.name, section.default_factory)
}
"""All options by name, in the order in which people should see them."""
