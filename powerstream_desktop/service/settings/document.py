"""``settings.toml`` as bytes: what it says, what of it is wrong, and how a change is laid into it. Pure.

The document is kept as it was read, and a change touches its own keys only. So what a newer version of this program wrote
stays, and so does a mistake, until somebody sets that very option. Defaults are not written: a better one reaches everybody who
never chose. Comments do not survive a change.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import tomli_w

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.platforms.findings import Finding, Severity
from powerstream_desktop.service.settings.engine_settings import engine_config_of
from powerstream_desktop.service.settings.kinds import WrongValueError
from powerstream_desktop.service.settings.settings import OPTIONS, Settings

MAX_BYTES: Final = 256 * 1024
_NAME_CHARACTERS: Final = 60


class DamagedDocumentError(ValueError):
    """These bytes are no settings; says where they begin to be none, without quoting them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file of settings.

    Attributes:
        tables: all that stands in it, known or not.
        settings: what it means; defaults where it says nothing, or nothing that can be.
        findings: what is wrong with it, in sentences.
    """

    tables: Mapping[str, Any]
    settings: Settings
    findings: tuple[Finding, ...]

    def content(self) -> bytes:
        """Return the file's bytes."""
        return tomli_w.dumps(self.tables).encode()


def read_document(content: bytes) -> Document:
    """Return what a file says; DamagedDocumentError if it is not TOML."""
    if len(content) > MAX_BYTES:
        raise DamagedDocumentError("it is too large")
    try:
        tables = tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise DamagedDocumentError(f"byte {error.start} is not UTF-8") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise DamagedDocumentError(f"it is not TOML: {_place(error)}") from None
    return document_of(tables)


def document_of(tables: Mapping[str, Any]) -> Document:
    """Return what tables mean."""
    values: dict[str, object] = {}
    findings: list[Finding] = []
    for name, raw in _said(tables):
        option = OPTIONS.get(name)
        if option is None:
            findings.append(_unknown(name))
            continue
        try:
            values[name] = option.declared.kind.read(raw)
        except WrongValueError as error:
            findings.append(_wrong(f"{name} {error}", f"{option.default_json()} is used instead."))
    settings = Settings().with_values(values)
    try:
        engine_config_of(settings)
    except UserError as error:
        findings.append(_wrong(f"video: {error.title}", "The usual values for video are used instead."))
        video = {name: option.default for name, option in OPTIONS.items() if option.section == "video"}
        settings = settings.with_values(video)
    return Document(tables=tables, settings=settings, findings=tuple(findings))


def changed(document: Document, changes: Mapping[str, object]) -> Document:
    """Return a document with other values.

    Args:
        document: the one that is.
        changes: values as TOML or JSON holds them, by the options' names; ``None`` for the default.

    Raises:
        UserError: there is no such option, it cannot have this value, or the values do not go together.
    """
    values = {name: _checked(name, raw) for name, raw in changes.items()}
    settings = document.settings.with_values(values)
    engine_config_of(settings)
    tables: dict[str, Any] = {
        name: dict(table) if isinstance(table, dict) else table for name, table in document.tables.items()
    }
    for name, value in values.items():
        _lay(tables, name, value)
    return document_of(tables)


def _said(tables: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """Give all that stands in a file, a level deep: sections have no sections."""
    for section, table in tables.items():
        if not isinstance(table, dict):
            yield section, table
            continue
        for key, raw in table.items():
            yield f"{section}.{key}", raw


def _checked(name: str, raw: object) -> object:
    option = OPTIONS.get(name)
    if option is None:
        raise UserError(
            f"There is no setting called {_shown(name)}.", hint="The list of all settings names them."
        )
    if raw is None:
        return option.default
    try:
        return option.declared.kind.read(raw)
    except WrongValueError as error:
        raise UserError(f"The setting {name} {error}.", hint=option.declared.help) from None


def _lay(tables: dict[str, Any], name: str, value: object) -> None:
    option = OPTIONS[name]
    table = tables.get(option.section)
    if not isinstance(table, dict):
        table = tables[option.section] = {}
    if value == option.default:
        table.pop(option.key, None)
    else:
        table[option.key] = option.declared.kind.write(value)
    if not table:
        del tables[option.section]


def _unknown(name: str) -> Finding:
    return Finding(
        severity=Severity.NOTE,
        code="setting-unknown",
        sentence=f"settings.toml: {_shown(name)} is not known; it stays in the file.",
        remedy="Correct its name, or delete it. A newer version of PowerStream may know it.",
    )


def _wrong(what: str, instead: str) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        code="setting-wrong",
        sentence=f"settings.toml: {what.rstrip('.')}.",
        remedy=f"{instead} Set it anew.",
    )


def _shown(name: str) -> str:
    return "".join(each if each.isprintable() else "?" for each in name[:_NAME_CHARACTERS])


def _place(error: Exception) -> str:
    """Return where the reader stumbled; its own words may quote the file."""
    _, at, place = str(error).rpartition("(at ")
    return place.rstrip(")") if at else "nested too deep"
