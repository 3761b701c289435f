"""A line of the multistream dashboard: an endpoint as it is kept, and how it stands in the broadcast that runs. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from powerstream_desktop.client.endpoints import Endpoint
from powerstream_desktop.client.live import DestinationStatus, RunningBroadcast
from powerstream_desktop.desktop.kit.light_kind import LightKind, light_of
from powerstream_desktop.desktop.language import figures
from powerstream_desktop.desktop.language.moments import moment
from powerstream_desktop.desktop.language.said import said

_HOST: Final = re.compile(r"rtmps?://([^/:?]+)")
_MOST_HOST_CHARACTERS: Final = 26
_KEPT_LABELS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationRow:
    """What a line shows.

    Attributes:
        id: of the endpoint.
        platform: its name.
        host: of its server, in short.
        server_url: whole; holds no key.
        has_key: a key is kept for it.
        light: how it stands.
        now: the same in words and figures.
        details: more figures; empty while no broadcast has it.
        last_error: why it is, or was, not well; empty if all was well.
        remedy: what to do about it; may be empty.
        last_connected: when its server last took media; empty if never.
        in_use: part of a broadcast unless others are chosen.
        is_on_air: a broadcast that runs has it.
    """

    id: str
    platform: str
    name: str
    host: str
    server_url: str
    has_key: bool
    light: LightKind
    now: str
    details: str
    last_error: str
    remedy: str
    last_connected: str
    in_use: bool
    is_on_air: bool


def row_of(
    endpoint: Endpoint, platform: str, broadcast: RunningBroadcast | None, at: datetime
) -> DestinationRow:
    """Return the line of an endpoint.

    Args:
        endpoint: as it is kept.
        platform: its platform's name.
        broadcast: the one that runs; None while there is none.
        at: now, in the zone that people live in.
    """
    status = _status_in(broadcast, endpoint.id)
    cause = None if status is None else status.cause
    return DestinationRow(
        id=endpoint.id,
        platform=platform,
        name=endpoint.name,
        host=short_host(endpoint.server_url),
        server_url=endpoint.server_url,
        has_key=endpoint.has_key,
        light=LightKind.OFF if status is None else light_of(status.status),
        now=_off_words(endpoint) if status is None else now_words(status),
        details="" if status is None else health_words(status),
        last_error=endpoint.last_error
        if status is None
        else ("" if cause is None else said(cause.code, cause.message)),
        remedy="" if cause is None else said(cause.code, cause.hint),
        last_connected=_connected(endpoint, at),
        in_use=endpoint.is_active,
        is_on_air=status is not None,
    )


def now_words(status: DestinationStatus) -> str:
    """Return how a destination stands, in words and figures: ``Live 6 012 kbit/s``, ``Reconnecting, try 3``."""
    rate = figures.bitrate(status.bitrate_kbps)
    match status.status:
        case "live":
            return QCoreApplication.translate("DestinationRow", "Live {rate}").format(rate=rate)
        case "slow" if status.dropped_frames:
            share = status.dropped_frames / (status.frames_sent + status.dropped_frames)
            return QCoreApplication.translate("DestinationRow", "Slow, {share} dropped").format(
                share=figures.percent(share)
            )
        case "slow":
            return QCoreApplication.translate("DestinationRow", "Slow {rate}").format(rate=rate)
        case "connecting" | "publishing":
            return QCoreApplication.translate("DestinationRow", "Connecting")
        case "retrying":
            return QCoreApplication.translate("DestinationRow", "Reconnecting, try {number}").format(
                number=max(1, status.attempt)
            )
        case "rejected":
            return QCoreApplication.translate("DestinationRow", "Rejected")
        case "stopped":
            return QCoreApplication.translate("DestinationRow", "Stopped")
        case "unheard":
            return QCoreApplication.translate("DestinationRow", "Not known now")
        case _ if status.cause is not None:
            return QCoreApplication.translate("DestinationRow", "Waiting")
    return QCoreApplication.translate("DestinationRow", "Off")


def health_words(status: DestinationStatus) -> str:
    """Return what else is known of a destination's health: what waits, what was dropped, which server takes it."""
    text = QCoreApplication.translate(
        "DestinationRow", "{queue} ms wait to be sent, {dropped} of {all} pictures dropped"
    )
    parts = [
        text.format(
            queue=figures.count(status.queue_ms),
            dropped=figures.count(status.dropped_frames),
            all=figures.count(status.frames_sent + status.dropped_frames),
        )
    ]
    if status.backup_in_use:
        parts.append(QCoreApplication.translate("DestinationRow", "the second server takes it"))
    return ", ".join(parts)


def short_host(server_url: str) -> str:
    """Return a server's host; of a long one the end, by which people know it: ``…media.azure.net``."""
    found = _HOST.match(server_url)
    if found is None:
        return server_url
    host = found[1]
    if len(host) <= _MOST_HOST_CHARACTERS:
        return host
    labels = host.split(".")
    kept = labels[-_KEPT_LABELS:]
    for label in reversed(labels[:-_KEPT_LABELS]):
        longer = [label, *kept]
        if len(".".join(longer)) > _MOST_HOST_CHARACTERS:
            break
        kept = longer
    return "…" + ".".join(kept)


def _status_in(broadcast: RunningBroadcast | None, endpoint_id: str) -> DestinationStatus | None:
    endpoints = () if broadcast is None else broadcast.endpoints
    return next((each for each in endpoints if each.id == endpoint_id), None)


def _off_words(endpoint: Endpoint) -> str:
    if not endpoint.has_key:
        return QCoreApplication.translate("DestinationRow", "Needs a key")
    return QCoreApplication.translate("DestinationRow", "Off")


def _connected(endpoint: Endpoint, at: datetime) -> str:
    if endpoint.last_connected_at is None:
        return ""
    return moment(endpoint.last_connected_at, at)
