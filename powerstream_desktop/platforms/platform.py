"""What one platform is like: its servers, limits, keys and habits, as the catalogue tells them (broadcasters.md 4)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.platforms.failures import FailureKind
from powerstream_desktop.platforms.words import Words

COMMON_KEY_INTERVAL_S: Final = 4
"""No platform is known to take a longer time between key frames; most ask for 2 s."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformServer:
    """One address that takes streams; ``is_backup`` says that it is the second ingest of the first one."""

    name: str
    url: str
    is_backup: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BitrateStep:
    """The video bitrate that is allowed up to a picture of ``height`` lines (its shorter side) and ``fps``."""

    height: int
    fps: int
    kbps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a platform takes at most; None where that is not known.

    Attributes:
        video_kbps: for any picture.
        video_steps: for pictures up to a size, where the platform tells them apart; holds beside ``video_kbps``.
        audio_kbps: for the sound.
        max_width: pixels of the longer side, whichever way the picture stands.
        max_height: pixels of the shorter side.
        max_fps: frames a second.
        key_interval_s: the time between key frames that the platform asks for.
        max_key_interval_s: the longest that it accepts.
        sample_rate: of the sound, in Hz, that the platform asks for.
        session_hours: after so long the platform ends a broadcast.
    """

    video_kbps: int | None = None
    video_steps: tuple[BitrateStep, ...] = ()
    audio_kbps: int | None = None
    max_width: int | None = None
    max_height: int | None = None
    max_fps: int | None = None
    key_interval_s: int | None = None
    max_key_interval_s: int | None = None
    sample_rate: int | None = None
    session_hours: int | None = None

    @property
    def longest_key_interval_s(self) -> int:
        """The longest time between key frames that goes well, also where the platform does not say."""
        return self.max_key_interval_s or max(COMMON_KEY_INTERVAL_S, self.key_interval_s or 0)

    @property
    def wished_key_interval_s(self) -> int:
        """The time between key frames to advise."""
        return self.key_interval_s or self.longest_key_interval_s

    def video_kbps_at(self, height: int, fps: float) -> int | None:
        """Return the limit for a picture whose shorter side is ``height``; beyond the largest step that one's is returned."""
        steps = sorted(self.video_steps, key=lambda step: (step.height, step.fps))
        fitting = [step.kbps for step in steps if step.height >= height and step.fps >= fps] or [
            step.kbps for step in steps[-1:]
        ]
        return min((kbps for kbps in (self.video_kbps, *fitting[:1]) if kbps is not None), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyForm:
    """What a platform's stream keys look like and how long they are good.

    Attributes:
        pattern: matches a whole key; None where the form is not known.
        example: a made-up key of that form.
        one_event: a key serves one broadcast, or expires within a day when nobody uses it.
        test_suffix: behind a key it makes a broadcast that nobody sees.
        where: where to find the key, one sentence.
    """

    pattern: re.Pattern[str] | None = None
    example: str = ""
    one_event: bool = False
    test_suffix: str = ""
    where: str = "Copy it from the platform's page for broadcasters."

    def fits(self, key: str) -> bool:
        """Tell whether ``key`` has this form; False where the form is not known."""
        return self.pattern is not None and self.pattern.fullmatch(key) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """One entry of the catalogue.

    Attributes:
        id: as in ``RTMPEndpoint.platform``.
        name: as people know it.
        generic: any server at all, about whose keys and limits nothing is known.
        servers: addresses to choose from, the usual one first; none where the user must copy it from the platform's page.
        server_per_event: the server address is another one for every broadcast.
        requires_tls: plain RTMP is not taken.
        default_app: the application that stands behind the host although the platform's page leaves it out; may be empty.
        codecs: what it accepts, as in ``TagInfo.codec``; None if that is not known.
        rendition: the one that suits it, None if either does.
        help_url: the page where its keys are found; empty if there is none.
        checked_on: the day on which the entry was last compared with its sources.
        unconfirmed: fields for which no source at first hand was found, such as "limits.video_kbps".
        words: how this platform's failures are put, where the general words would say less.
    """

    id: str
    name: str
    generic: bool = False
    servers: tuple[PlatformServer, ...] = ()
    server_per_event: bool = False
    requires_tls: bool = False
    default_app: str = ""
    codecs: frozenset[str] | None = None
    rendition: Rendition | None = None
    limits: Limits = Limits()
    key: KeyForm = KeyForm()
    help_url: str = ""
    checked_on: date | None = None
    unconfirmed: frozenset[str] = frozenset()
    words: Mapping[FailureKind, Words] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def server(self) -> PlatformServer | None:
        """The usual server, None when its address must be copied from the platform's page."""
        return next((server for server in self.servers if not server.is_backup), None)

    @property
    def backup_server(self) -> PlatformServer | None:
        """The second ingest, None if the platform has none that is known."""
        return next((server for server in self.servers if server.is_backup), None)

    def confirms(self, field_name: str) -> bool:
        """Tell whether a field such as "limits.video_kbps" is known at first hand."""
        return field_name not in self.unconfirmed

    def address_with_app(self, server_url: str) -> str:
        """Add the application that the platform's page leaves out: Kick's is refused without it (broadcasters.md 2, item 12)."""
        scheme, mark, rest = server_url.strip().rstrip("/").partition("://")
        if not self.default_app or not mark or "/" in rest or "?" in rest:
            return server_url
        return f"{scheme}{mark}{rest}/{self.default_app}"
