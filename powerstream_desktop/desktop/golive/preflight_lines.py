"""The look before a broadcast as lines of a list: a light, a sentence, what to do, and an action where there is one. Pure."""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from PySide6.QtCore import QCoreApplication

from powerstream_desktop.client.preflight import DestinationReport, Finding, PreflightReport
from powerstream_desktop.client.studio import EngineStatus
from powerstream_desktop.desktop.kit.light_kind import LightKind
from powerstream_desktop.desktop.language import figures
from powerstream_desktop.desktop.language.said import said
from powerstream_desktop.desktop.studio.room_left import RoomLeft

_DISK: Final = ((4.0, LightKind.LIVE), (0.5, LightKind.SLOW))
"""Hours of recording from which on the disk's light is this."""
_MINUTES_PER_HOUR: Final = 60
_KINDS: Final = {"error": LightKind.BAD, "warning": LightKind.SLOW, "note": LightKind.OFF}
_ABOUT_KEYS: Final = frozenset(
    {
        "no-key",
        "key-unusable",
        "key-shape",
        "key-of-another-platform",
        "key-for-tests",
        "key-age",
        "key-twice",
        "key-refused",
    }
)


_VIDEO_BITRATE: Final = "video-bitrate"
_ABOUT_THE_ENCODE: Final = frozenset(
    {
        _VIDEO_BITRATE,
        "audio-bitrate",
        "picture-size",
        "frame-rate",
        "key-interval",
        "sample-rate",
        "channels",
        "codec",
    }
)
"""Nothing in a destination's form changes what all destinations get."""
_KBPS: Final = re.compile(r"(\d{2,6}) kbit/s")


class LineAction(Enum):
    """What a line offers."""

    NONE = "none"
    PASTE_KEY = "paste-key"
    EDIT = "edit"
    LOWER_BITRATE = "lower-bitrate"


@dataclass(frozen=True, slots=True, kw_only=True)
class PreflightLine:
    """One line.

    Attributes:
        light: how good it is; OFF for what is only told.
        sentence: what was found.
        remedy: what to do; may be empty.
        action: what can be done from here.
        endpoint_id: with which endpoint.
        kbps: the bitrate to take, for ``LOWER_BITRATE``.
    """

    light: LightKind
    sentence: str
    remedy: str = ""
    action: LineAction = LineAction.NONE
    endpoint_id: str = ""
    kbps: int = 0


def report_lines(report: PreflightReport, chosen: Sequence[tuple[str, str]]) -> tuple[PreflightLine, ...]:
    """Return what a report says: first who was reached, then what is to be said of each, then what is about all.

    Args:
        report: on the chosen endpoints.
        chosen: id and label of each, in the report's order.
    """
    pairs = zip(report.destinations, (each for each, _ in chosen), strict=False)
    return (
        *_reached(report, [label for _, label in chosen]),
        *(line for each, endpoint_id in pairs for line in _of_destination(each, endpoint_id)),
        *(_line(each) for each in report.findings),
        *_enough_upload(report),
    )


def destination_lines(report: PreflightReport, endpoint_id: str, label: str) -> tuple[PreflightLine, ...]:
    """Return what a report says of one destination to who has its form open: nothing about all, and nothing to press."""
    found = (line for each in report.destinations for line in _of_destination(each, endpoint_id))
    return (
        *_reached(report, [label]),
        *(dataclasses.replace(each, action=LineAction.NONE) for each in found),
    )


def studio_lines(engine: EngineStatus | None) -> tuple[PreflightLine, ...]:
    """Return how the studio stands that would publish."""
    if engine is None or engine.state not in {"running", "starting"}:
        text = QCoreApplication.translate("Preflight", "The studio starts with the broadcast.")
        return (PreflightLine(light=LightKind.OFF, sentence=text),)
    if engine.state == "starting":
        text = QCoreApplication.translate("Preflight", "The studio is starting.")
        return (PreflightLine(light=LightKind.WORKING, sentence=text),)
    if engine.troubles:
        return tuple(PreflightLine(light=LightKind.SLOW, sentence=said("", each)) for each in engine.troubles)
    text = QCoreApplication.translate("Preflight", "The studio runs, and nothing hinders it.")
    return (PreflightLine(light=LightKind.LIVE, sentence=text),)


def encoder_line() -> PreflightLine:
    """Return what is said where an external encoder publishes."""
    text = QCoreApplication.translate(
        "Preflight", "The broadcast begins when your encoder publishes to the address on the left."
    )
    return PreflightLine(light=LightKind.OFF, sentence=text)


def disk_line(room: RoomLeft) -> PreflightLine:
    """Return for how long the disk has room for a recording, and what to do if that is short."""
    kind = next((kind for least, kind in _DISK if room.hours >= least), LightKind.BAD)
    remedy = QCoreApplication.translate(
        "Preflight", "Make room, or choose another folder in the settings under Recording."
    )
    return PreflightLine(
        light=kind,
        sentence=_room_sentence(room),
        remedy="" if kind is LightKind.LIVE else remedy,
    )


def _room_sentence(room: RoomLeft) -> str:
    if room.hours >= 1:
        text = QCoreApplication.translate("Preflight", "Disk: {hours} hours of recording")
        return text.format(hours=figures.decimal(room.hours, 0 if room.hours >= 10 else 1))
    minutes = math.floor(room.hours * _MINUTES_PER_HOUR)
    if not minutes:
        text = QCoreApplication.translate("Preflight", "Disk: {size} free, too little for a recording")
        return text.format(size=figures.size(room.free_bytes))
    text = QCoreApplication.translate("Preflight", "Disk: {size} free, enough to record for {time}")
    return text.format(size=figures.size(room.free_bytes), time=figures.minutes(minutes))


def looking_line(count: int) -> PreflightLine:
    """Return what is said while so many servers are being asked."""
    text = QCoreApplication.translate("Preflight", "Asking %n server(s) for a connection…", "", count)
    return PreflightLine(light=LightKind.WORKING, sentence=text)


def limits_sentence(report: PreflightReport, size: str, fps: int, bitrate_kbps: int) -> str:
    """Return what is encoded once for all, and who takes the least; empty if nothing is known.

    Args:
        report: on the chosen endpoints.
        size: of the picture, such as ``1920x1080``.
        fps: pictures a second.
        bitrate_kbps: of the pictures.
    """
    parts = [
        QCoreApplication.translate("Preflight", "One encode serves all: {size}, {fps} fps, {rate}.").format(
            size=size.replace("x", "×"), fps=fps, rate=figures.bitrate(bitrate_kbps)
        )
    ]
    lowest = _lowest_video(report.words.get("limits"))
    if lowest is not None:
        platform, most = lowest
        text = QCoreApplication.translate("Preflight", "{platform} sets the limit: {most}.")
        parts.append(text.format(platform=platform, most=most))
    return " ".join(parts)


def _reached(report: PreflightReport, labels: Sequence[str]) -> Iterator[PreflightLine]:
    """Yield who was reached without a fault, those over TLS by themselves."""
    by_tls: list[str] = []
    plainly: list[str] = []
    told = report.words.get("destinations") or ()
    for label, destination, words in zip(labels, report.destinations, told, strict=False):
        server = words.get("server") if isinstance(words, Mapping) else None
        if destination.is_ready and isinstance(server, Mapping) and server.get("ok"):
            (by_tls if server.get("tlsVersion") else plainly).append(label)
    if by_tls:
        text = QCoreApplication.translate("Preflight", "Reached over a checked TLS connection: {names}")
        yield PreflightLine(light=LightKind.LIVE, sentence=text.format(names=", ".join(by_tls)))
    if plainly:
        text = QCoreApplication.translate("Preflight", "Reached: {names}")
        yield PreflightLine(light=LightKind.LIVE, sentence=text.format(names=", ".join(plainly)))


def _of_destination(report: DestinationReport, endpoint_id: str) -> Iterator[PreflightLine]:
    for finding in report.findings:
        if finding.code in _ABOUT_KEYS:
            yield _line(finding, LineAction.PASTE_KEY, endpoint_id)
        elif finding.code not in _ABOUT_THE_ENCODE:
            yield _line(finding, LineAction.EDIT, endpoint_id)
        elif kbps := _video_kbps_to_take(finding):
            line = _line(finding, LineAction.LOWER_BITRATE, endpoint_id)
            yield dataclasses.replace(line, kbps=kbps)
        else:
            yield _line(finding)


def _video_kbps_to_take(finding: Finding) -> int:
    """Return the bitrate that keeps a limit which is certain; 0 where no bitrate of the picture does."""
    if finding.code != _VIDEO_BITRATE or finding.severity == "note":
        return 0
    told = _KBPS.search(finding.hint)
    return int(told[1]) if told is not None else 0


def _line(finding: Finding, action: LineAction = LineAction.NONE, endpoint_id: str = "") -> PreflightLine:
    return PreflightLine(
        light=_KINDS.get(finding.severity, LightKind.OFF),
        sentence=said(finding.code, finding.message),
        remedy=said(finding.code, finding.hint),
        action=action,
        endpoint_id=endpoint_id,
    )


def _enough_upload(report: PreflightReport) -> Iterator[PreflightLine]:
    upload = report.words.get("upload")
    if not isinstance(upload, Mapping):
        return
    needed, available = upload.get("neededKbps"), upload.get("availableKbps")
    if not needed or not available or needed > available:
        return
    text = QCoreApplication.translate("Preflight", "Upload needs {needed}; last measured {available}.")
    yield PreflightLine(
        light=LightKind.LIVE,
        sentence=text.format(
            needed=figures.total_bitrate(needed), available=figures.total_bitrate(available)
        ),
    )


def _lowest_video(limits: Any) -> tuple[str, str] | None:
    """Return platform and ceiling of the landscape rendition's video bitrate."""
    ceilings = limits.get("landscape") if isinstance(limits, Mapping) else None
    for each in ceilings or ():
        if isinstance(each, Mapping) and each.get("code") == "video-bitrate":
            return str(each.get("platform", "")), str(each.get("max", ""))
    return None
