"""What a row says of a destination, in the window's language."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from powerstream_desktop.desktop.kit.light_kind import word_of_status
from powerstream_desktop.desktop.language import figures
from powerstream_desktop.desktop.studio.destinations.standing import Plight, Standing

_CONTEXT: Final = "DestinationPhrases"
_MINUTE_S: Final = 60


def status_line(row: Standing) -> str:
    """Return what stands below its name: "Live · 01:23:41"."""
    first, second = _state_word(row), _more(row)
    return f"{first} · {second}" if second else first


def spoken(row: Standing) -> str:
    """Return the row as a sentence, for who hears it."""
    parts = [f"{row.name}: {status_line(row)}"]
    if row.kbps:
        parts.append(figures.bitrate(row.kbps))
    return ", ".join(parts) + "."


def announcement(row: Standing) -> str:
    """Return what is said when its state changes: without figures, which are old before they are heard."""
    return f"{row.name}: {_state_word(row)}."


def _state_word(row: Standing) -> str:
    translate = QCoreApplication.translate
    match row.plight:
        case Plight.CONNECTING if row.attempt > 0:
            return word_of_status(Plight.RETRYING.value)
        case Plight.OFF:
            return translate(_CONTEXT, "Waiting for the stream")
        case Plight.READY:
            return translate(_CONTEXT, "Ready")
        case Plight.WITHOUT_KEY:
            return translate(_CONTEXT, "No key yet")
        case Plight.UNHEARD:
            return translate(_CONTEXT, "Not known now")
        case Plight.LEFT_OUT:
            return translate(_CONTEXT, "Off for this stream")
        case _:
            return word_of_status(row.plight.value)


def _more(row: Standing) -> str:
    translate = QCoreApplication.translate
    match row.plight:
        case Plight.LIVE if row.is_on_backup:
            return translate(_CONTEXT, "{time} · backup server").format(time=figures.duration(row.for_s or 0))
        case Plight.LIVE:
            return figures.duration(row.for_s or 0)
        case Plight.SLOW if row.dropping > 0:
            return translate(_CONTEXT, "dropping {share}").format(share=figures.percent(row.dropping))
        case Plight.SLOW:
            return translate(_CONTEXT, "{time} behind").format(time=figures.seconds(row.behind_s, digits=1))
        case Plight.RETRYING:
            return _next_try(row)
        case Plight.CONNECTING if row.attempt > 0:
            return translate(_CONTEXT, "try {number}").format(number=row.attempt)
        case Plight.REJECTED:
            return _why_rejected(row) or _next_try(row)
        case _:
            return ""


def _next_try(row: Standing) -> str:
    translate = QCoreApplication.translate
    if row.retry_in_s is None:
        return translate(_CONTEXT, "try {number}").format(number=row.attempt) if row.attempt else ""
    if row.retry_in_s > _MINUTE_S:
        time = figures.minutes(round(row.retry_in_s / _MINUTE_S))
    else:
        time = figures.seconds(row.retry_in_s)
    return translate(_CONTEXT, "try {number}, in\u00a0{time}").format(number=row.attempt, time=time)


def _why_rejected(row: Standing) -> str:
    """Return the cause in two or three words, where there are such; the box below says it in full."""
    translate = QCoreApplication.translate
    match row.cause.code if row.cause is not None else "":
        case "key-refused" | "closed-before-start":
            return translate(_CONTEXT, "key not accepted")
        case "connect-rejected":
            return translate(_CONTEXT, "server refused")
        case "unsupported-codec" | "format-refused":
            return translate(_CONTEXT, "format not accepted")
        case _:
            return ""
