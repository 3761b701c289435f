"""What an engine is asked to do: one frozen value, checked before a process is started for it.

Knows neither PyAV nor numpy: the service and the command line build it (DESIGN 2).
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.engine.mixer.settings import MixerSettings
from powerstream_desktop.engine.scene.studio import Studio
from powerstream_desktop.engine.video_settings import VideoSettings
from powerstream_desktop.platforms.endpoint import Rendition

PORTRAIT_KEY_SUFFIX: Final = "_portrait"
"""What the relay expects behind the landscape's key; it says the same in ``relay/stream/renditions``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishTarget:
    """Where the program goes on air.

    Attributes:
        url: RTMP URL of the relay's application on this machine, without the key: ``rtmp://127.0.0.1:1935/live``.
        key: what the relay expects of the landscape; the portrait's is made of it.
        renditions: what is encoded and published, at least one.

    Raises:
        UserError: the address is not one of this machine, or something is missing.
    """

    url: str
    key: Secret
    renditions: frozenset[Rendition] = frozenset({Rendition.LANDSCAPE})

    def __post_init__(self) -> None:
        _check_publish_url(self.url)
        if not self.key:
            raise UserError("The engine was given no key to publish with.")
        if not self.renditions:
            raise UserError(
                "There is nothing to publish.", hint="Choose the landscape, the portrait, or both."
            )

    def key_of(self, rendition: Rendition) -> Secret:
        """Return what the relay expects of a rendition."""
        if rendition is Rendition.PORTRAIT:
            return Secret(self.key.reveal() + PORTRAIT_KEY_SUFFIX)
        return self.key


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineConfig:
    """One program: what is shown and heard, how it is encoded, where it is published.

    Attributes:
        studio: what is shown; ``None`` for the user's own, which the engine reads from disk and keeps there.
        sound: what is heard; ``None`` likewise.
        landscape: how the landscape rendition is encoded; its size is that of the canvas.
        portrait: how the portrait rendition is encoded while it is wanted; ``None`` when it never will be.
        publish: where to go on air from the first picture on; ``None`` to run without being on air.
        must_open: a source of the first scene that cannot be had is an error, instead of a placeholder until it can.
        is_private: begin in privacy, as an engine that was private when it died; one whose own files say so does in any case.

    Raises:
        UserError: the values do not go together; the sentence says why.
    """

    studio: Studio | None = None
    sound: MixerSettings | None = None
    landscape: VideoSettings
    portrait: VideoSettings | None = None
    publish: PublishTarget | None = None
    must_open: bool = False
    is_private: bool = False

    def __post_init__(self) -> None:
        if self.portrait is not None and self.portrait.fps != self.landscape.fps:
            raise UserError(
                "Landscape and portrait must have the same number of frames a second.",
                hint="One clock makes both, so that they stay in step.",
            )
        if self.publish is not None:
            for rendition in self.publish.renditions:
                self.settings_of(rendition)

    @property
    def fps(self) -> int:
        """Slots of the program a second."""
        return self.landscape.fps

    @property
    def renditions(self) -> Mapping[Rendition, VideoSettings]:
        """What can be encoded, the landscape first."""
        portrait = {} if self.portrait is None else {Rendition.PORTRAIT: self.portrait}
        return {Rendition.LANDSCAPE: self.landscape, **portrait}

    def settings_of(self, rendition: Rendition) -> VideoSettings:
        """Return how a rendition is encoded.

        Raises:
            UserError: nothing says how.
        """
        settings = self.renditions.get(rendition)
        if settings is None:
            raise UserError(
                f"This program has no {rendition.value} rendition.",
                hint="Start the engine with settings for it.",
            )
        return settings


def _check_publish_url(url: str) -> None:
    """Accept loopback only: the engine publishes to our own relay, and its key must not leave the machine in the clear."""
    parts = urlsplit(url)
    if parts.scheme != "rtmp" or not _is_loopback(parts) or not parts.path.strip("/"):
        raise UserError(
            "The engine publishes to the relay on this machine only.",
            hint="The address must look like rtmp://127.0.0.1:1935/live.",
        )


def _is_loopback(parts: SplitResult) -> bool:
    try:
        _ = parts.port
        return parts.hostname == "localhost" or ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError:
        return False
