"""What the window shows of a platform, read from the catalogue's words. Pure; what is missing there is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from powerstream_desktop.client.catalogue import Platform
from powerstream_desktop.desktop.language import figures

CUSTOM: Final = "custom"
_REHEARSAL: Final = "rehearsal"
"""The built-in receiver: nobody adds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """An address that takes streams."""

    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformFacts:
    """A platform as its form shows it.

    Attributes:
        servers: the usual one first, without second ingests; empty where the address must be pasted.
        help_url: the page with the keys; empty if none is known.
        where: a sentence that says where the key is found.
        is_for_one_event: a key serves one broadcast, or expires within a day.
        limits: what it takes at most, in words; empty if nothing is known.
        rendition: the one that suits it; empty if either does.
    """

    id: str
    name: str
    servers: tuple[Server, ...] = ()
    help_url: str = ""
    where: str = ""
    is_for_one_event: bool = False
    limits: str = ""
    rendition: str = ""

    @property
    def is_custom(self) -> bool:
        """Any server at all."""
        return self.id == CUSTOM


def facts_of(platform: Platform) -> PlatformFacts:
    """Return what the window shows of a platform."""
    words = platform.words
    key = _object(words.get("key"))
    return PlatformFacts(
        id=platform.id,
        name=platform.name,
        servers=tuple(
            Server(name=str(each.get("name", "")), url=str(each["url"]))
            for each in map(_object, words.get("servers") or ())
            if each.get("url") and not each.get("isBackup")
        ),
        help_url=platform.help_url,
        where=str(key.get("where") or ""),
        is_for_one_event=bool(key.get("oneEvent")),
        limits=_limits(_object(words.get("limits"))),
        rendition=str(words.get("rendition") or ""),
    )


def choosable(platforms: tuple[Platform, ...]) -> tuple[PlatformFacts, ...]:
    """Return the platforms that somebody may add, in the catalogue's order; "custom" last."""
    facts = [facts_of(each) for each in platforms if each.id != _REHEARSAL]
    return tuple(sorted(facts, key=lambda each: each.is_custom))


def _limits(limits: Mapping[str, Any]) -> str:
    steps = [_object(each).get("kbps") for each in limits.get("videoSteps") or ()]
    kbps = limits.get("videoKbps") or max((each for each in steps if each), default=None)
    parts: list[str] = []
    if kbps:
        parts.append(figures.bitrate(kbps))
    if height := limits.get("maxHeight"):
        parts.append(f"{height}p")
    if fps := limits.get("maxFps"):
        parts.append(QCoreApplication.translate("PlatformFacts", "{fps} fps").format(fps=fps))
    if hours := limits.get("sessionHours"):
        parts.append(QCoreApplication.translate("PlatformFacts", "%n hour(s) at a time", "", hours))
    return ", ".join(parts)


def _object(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
