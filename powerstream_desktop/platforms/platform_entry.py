"""Reads one entry of a platforms file: strict about everything, for a typing mistake would otherwise be found on air."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Final

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.platforms.checked_table import CheckedTable
from powerstream_desktop.platforms.codecs import CODEC_NAMES
from powerstream_desktop.platforms.endpoint import Rendition
from powerstream_desktop.platforms.failures import FailureKind
from powerstream_desktop.platforms.platform import BitrateStep, KeyForm, Limits, Platform, PlatformServer
from powerstream_desktop.platforms.words import Words
from powerstream_desktop.rtmp.url import parse_server_url

MAX_KBPS: Final = 1_000_000
MAX_SIDE: Final = 16_384
MAX_FPS: Final = 1_000
MAX_KEY_INTERVAL_S: Final = 60
SAMPLE_RATES: Final = (8_000, 192_000)
MAX_SESSION_HOURS: Final = 1_000

_FIELDS: Final = frozenset(
    {field.name for field in fields(Platform)}
    | {f"limits.{field.name}" for field in fields(Limits)}
    | {f"key.{field.name}" for field in fields(KeyForm)}
)


def read_platform(platform_id: str, table: CheckedTable) -> Platform:
    """Return the platform that an entry describes.

    Raises:
        UserError: a field is not known, has the wrong type or an impossible value; names file, platform and field.
    """
    platform = Platform(
        id=platform_id,
        name=_name(table),
        generic=table.flag("generic"),
        servers=tuple(_server(each) for each in table.tables("servers")),
        server_per_event=table.flag("server_per_event"),
        requires_tls=table.flag("requires_tls"),
        default_app=table.text("default_app").strip("/"),
        codecs=_codecs(table),
        rendition=_rendition(table),
        limits=_limits(table.table("limits")),
        key=_key(table.table("key")),
        help_url=_help_url(table),
        checked_on=table.day("checked_on"),
        unconfirmed=_unconfirmed(table),
        words=_words(table.table("words")),
    )
    table.nothing_else()
    return platform


def _name(table: CheckedTable) -> str:
    name = table.text("name")
    if not name.strip():
        raise table.wrong("name", "is missing")
    return name


def _server(table: CheckedTable) -> PlatformServer:
    server = PlatformServer(name=table.text("name"), url=table.text("url"), is_backup=table.flag("backup"))
    table.nothing_else()
    try:
        parse_server_url(server.url, "any")
    except UserError as error:
        raise table.wrong("url", "is not a server address", hint=str(error)) from None
    return server


def _codecs(table: CheckedTable) -> frozenset[str] | None:
    codecs = frozenset(table.texts("codecs"))
    if codecs - CODEC_NAMES.keys():
        raise table.wrong(
            "codecs", "names a codec that is not known", hint=f"Known are {', '.join(CODEC_NAMES)}."
        )
    return codecs or None


def _rendition(table: CheckedTable) -> Rendition | None:
    text = table.text("rendition")
    if not text:
        return None
    try:
        return Rendition(text)
    except ValueError:
        raise table.wrong("rendition", f"must be one of {', '.join(Rendition)}") from None


def _limits(table: CheckedTable) -> Limits:
    limits = Limits(
        video_kbps=table.number("video_kbps", 1, MAX_KBPS),
        video_steps=tuple(_step(each) for each in table.tables("video_steps")),
        audio_kbps=table.number("audio_kbps", 1, MAX_KBPS),
        max_width=table.number("max_width", 1, MAX_SIDE),
        max_height=table.number("max_height", 1, MAX_SIDE),
        max_fps=table.number("max_fps", 1, MAX_FPS),
        key_interval_s=table.number("key_interval_s", 1, MAX_KEY_INTERVAL_S),
        max_key_interval_s=table.number("max_key_interval_s", 1, MAX_KEY_INTERVAL_S),
        sample_rate=table.number("sample_rate", *SAMPLE_RATES),
        session_hours=table.number("session_hours", 1, MAX_SESSION_HOURS),
    )
    table.nothing_else()
    if limits.max_width and limits.max_height and limits.max_width < limits.max_height:
        raise table.wrong("max_width", "is the longer side and must not be less than max_height")
    return limits


def _step(table: CheckedTable) -> BitrateStep:
    height, fps = table.number("height", 1, MAX_SIDE), table.number("fps", 1, MAX_FPS)
    kbps = table.number("kbps", 1, MAX_KBPS)
    table.nothing_else()
    if height is None or fps is None or kbps is None:
        raise table.wrong("height, fps and kbps", "are needed together")
    return BitrateStep(height=height, fps=fps, kbps=kbps)


def _key(table: CheckedTable) -> KeyForm:
    unset = KeyForm()
    form = KeyForm(
        pattern=_pattern(table),
        example=table.text("example"),
        one_event=table.flag("one_event"),
        test_suffix=table.text("test_suffix"),
        where=table.text("where") or unset.where,
    )
    table.nothing_else()
    if form.example and form.pattern and not form.fits(form.example):
        raise table.wrong("example", "does not fit the pattern", hint="Give both anew.")
    return form


def _pattern(table: CheckedTable) -> re.Pattern[str] | None:
    text = table.text("pattern")
    try:
        return re.compile(text) if text else None
    except (re.error, RecursionError, OverflowError):
        raise table.wrong("pattern", "is not a regular expression") from None


def _help_url(table: CheckedTable) -> str:
    url = table.text("help_url")
    if url and not re.fullmatch(r"https://[\w.-]+(/\S*)?", url, re.ASCII):
        raise table.wrong("help_url", "must begin with https:// and a host")
    return url


def _unconfirmed(table: CheckedTable) -> frozenset[str]:
    unconfirmed = frozenset(table.texts("unconfirmed"))
    if unconfirmed - _FIELDS:
        raise table.wrong(
            "unconfirmed", "names a field that is not known", hint='It should look like ["limits.max_fps"].'
        )
    return unconfirmed


def _words(table: CheckedTable) -> Mapping[FailureKind, Words]:
    words: dict[FailureKind, Words] = {}
    for kind in table.names():
        if kind not in set(FailureKind):
            raise table.wrong(
                kind[:40], "is not a kind of failure", hint=f"They are {', '.join(FailureKind)}."
            )
        entry = table.table(kind)
        words[FailureKind(kind)] = Words(
            sentence=_template(entry, "sentence"), remedy=_template(entry, "remedy")
        )
        entry.nothing_else()
    return MappingProxyType(words)


def _template(table: CheckedTable, field: str) -> str:
    """Return a sentence; one of what happened must name the destination, and nothing else may stand in braces."""
    text = table.text(field)
    if not text:
        return ""
    if field == "sentence" and "{name}" not in text:
        raise table.wrong(field, "must hold {name}, which stands for the destination")
    rest = text.replace("{name}", "") if field == "sentence" else text
    if "{" in rest or "}" in rest:
        raise table.wrong(field, "may hold no braces but those of a sentence's {name}")
    if not text.endswith("."):
        raise table.wrong(field, "must end with a full stop")
    return text
