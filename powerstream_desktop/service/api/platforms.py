"""Platforms: what is known of the places to broadcast to."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter

from powerstream_desktop.platforms import platform
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.service.api.parts import Parts
from powerstream_desktop.service.api.words import Answer, Words

router = APIRouter(prefix="/api/platforms", tags=["endpoints"])


class Server(Words):
    """An address that takes streams."""

    name: str
    url: str
    is_backup: bool
    """The second ingest of the first one."""


class BitrateStep(Words):
    """The video bitrate that is allowed up to a picture's size."""

    height: int
    fps: int
    kbps: int


class PlatformLimits(Words):
    """What a platform takes at most; null where that is not known."""

    video_kbps: int | None
    video_steps: tuple[BitrateStep, ...]
    audio_kbps: int | None
    max_width: int | None
    """Pixels of the longer side."""
    max_height: int | None
    """Pixels of the shorter side."""
    max_fps: int | None
    key_interval_seconds: int | None
    """Between key frames, as the platform asks for it."""
    max_key_interval_seconds: int | None
    sample_rate: int | None
    session_hours: int | None
    """After so long the platform ends a broadcast."""


class KeyForm(Words):
    """What stream keys look like there."""

    pattern: str | None
    """A regular expression for a whole key; null where the form is not known."""
    example: str
    """Made up."""
    one_event: bool
    """A key serves one broadcast, or expires within a day."""
    test_suffix: str
    """Behind a key it makes a broadcast that nobody sees."""
    where: str
    """Where to find the key."""


class Platform(Words):
    """One entry of the catalogue."""

    id: str
    name: str
    generic: bool
    """Any server at all, about which nothing is known."""
    help_url: str
    """The page with the keys; empty if there is none."""
    servers: tuple[Server, ...]
    """The usual one first; none where it must be copied from the platform's page."""
    server_per_event: bool
    requires_tls: bool
    codecs: tuple[str, ...] | None
    """FourCCs; null if that is not known."""
    rendition: Rendition | None
    """The one that suits it; null if either does."""
    limits: PlatformLimits
    key: KeyForm
    checked_on: date | None
    """When this was last compared with its sources."""
    unconfirmed: tuple[str, ...]
    """Fields for which no source at first hand was found."""

    @classmethod
    def of(cls, entry: platform.Platform) -> Platform:
        """Return an entry in the API's words."""
        return cls(
            id=entry.id,
            name=entry.name,
            generic=entry.generic,
            help_url=entry.help_url,
            servers=tuple(
                Server(name=each.name, url=each.url, is_backup=each.is_backup) for each in entry.servers
            ),
            server_per_event=entry.server_per_event,
            requires_tls=entry.requires_tls,
            codecs=None if entry.codecs is None else tuple(sorted(entry.codecs)),
            rendition=entry.rendition,
            limits=_limits(entry.limits),
            key=_key_form(entry.key),
            checked_on=entry.checked_on,
            unconfirmed=tuple(sorted(entry.unconfirmed)),
        )


class PlatformList(Answer):
    """The catalogue, the user's own platforms last."""

    platforms: tuple[Platform, ...]


@router.get("", summary="List the platforms that are known")
async def list_platforms(parts: Parts) -> PlatformList:
    """With their servers, limits and where to find a key."""
    return PlatformList(platforms=tuple(map(Platform.of, parts.catalogue.platforms)))


def _limits(limits: platform.Limits) -> PlatformLimits:
    return PlatformLimits(
        video_kbps=limits.video_kbps,
        video_steps=tuple(
            BitrateStep(height=each.height, fps=each.fps, kbps=each.kbps) for each in limits.video_steps
        ),
        audio_kbps=limits.audio_kbps,
        max_width=limits.max_width,
        max_height=limits.max_height,
        max_fps=limits.max_fps,
        key_interval_seconds=limits.key_interval_s,
        max_key_interval_seconds=limits.max_key_interval_s,
        sample_rate=limits.sample_rate,
        session_hours=limits.session_hours,
    )


def _key_form(form: platform.KeyForm) -> KeyForm:
    return KeyForm(
        pattern=None if form.pattern is None else form.pattern.pattern,
        example=form.example,
        one_event=form.one_event,
        test_suffix=form.test_suffix,
        where=form.where,
    )
