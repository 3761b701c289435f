"""The catalogue of platforms: what this version knows, with what the user knows better laid over it, field by field."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.resources import resource_path
from powerstream_desktop.platforms.checked_table import CheckedTable
from powerstream_desktop.platforms.platform import Platform
from powerstream_desktop.platforms.platform_entry import read_platform

FILE_NAME: Final = "platforms.toml"
MAX_FILE_BYTES: Final = 1024 * 1024
CUSTOM: Final = "custom"

_ID: Final = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_ALIKE: Final = 0.75
"""So alike must two ids be, by difflib's ratio, for one to be taken for a typing mistake of the other."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All platforms that are known, those of the user's own last."""

    platforms: tuple[Platform, ...]

    def platform(self, platform_id: str) -> Platform:
        """Return a platform; an id that nobody knows is a custom server of that name."""
        known = {platform.id: platform for platform in self.platforms}
        if platform_id in known:
            return known[platform_id]
        return replace(known[CUSTOM], id=platform_id, name=platform_id)

    def meant_id(self, platform_id: str) -> str | None:
        """Return the known id that was probably meant by one that is not known, None if it resembles none."""
        ids = [platform.id for platform in self.platforms]
        return next(iter(difflib.get_close_matches(platform_id, ids, n=1, cutoff=_ALIKE)), None)


def load_catalogue(paths: Paths) -> Catalogue:
    """Return what this version knows, changed by ``platforms.toml`` in the configuration folder if there is one.

    Raises:
        UserError: that file cannot be read or has a mistake; names file, platform and field.
    """
    own_file = paths.config / FILE_NAME
    return _catalogue(_parsed(resource_path(FILE_NAME)), _own_tables(own_file), str(own_file))


def _own_tables(path: Path) -> dict[str, Any]:
    try:
        return _parsed(path)
    except (
        FileNotFoundError,
        NotADirectoryError,
    ):  # what is wrong with the folder, whoever makes it finds out
        return {}
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{path} is not valid TOML: {error}.", hint="Correct or remove it.") from None
    except UnicodeDecodeError:
        raise UserError(f"{path} is not a text file.", hint="Save it as UTF-8, or remove it.") from None
    except (RecursionError, ValueError):  # nested too deep; a number of thousands of digits; too large
        raise UserError(f"{path} is not a catalogue of platforms.", hint="Correct or remove it.") from None
    except OSError as error:
        raise UserError(
            f"{path} cannot be read.", hint="Check its permissions.", detail=str(error)
        ) from error


def _parsed(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        data = file.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise ValueError(len(data))
    return tomllib.loads(data.decode("utf-8-sig"))


def _catalogue(builtin: Mapping[str, Any], own: Mapping[str, Any], own_source: str) -> Catalogue:
    platforms = []
    for platform_id in (*builtin, *(each for each in own if each not in builtin)):
        source = own_source if platform_id in own else FILE_NAME
        known, changes = builtin.get(platform_id, {}), own.get(platform_id, {})
        if not _ID.fullmatch(platform_id):
            raise UserError(
                f"{source}: {platform_id[:40]!r} is not an id.",
                hint="Use lower-case letters, digits and dashes.",
            )
        if not isinstance(changes, dict):
            raise UserError(
                f"{source}: {platform_id} must be a table.", hint=f"Begin it with [{platform_id}]."
            )
        platforms.append(
            read_platform(platform_id, CheckedTable(_merged_entry(known, changes), platform_id, source))
        )
    return Catalogue(tuple(platforms))


def _merged_entry(known: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Lay the user's fields over the known ones; what the user states counts as confirmed."""
    doubtful = [field for field in known.get("unconfirmed", []) if not _states(changes, field)]
    return _merged({**known, "unconfirmed": doubtful}, changes)


def _merged(known: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(known)
    for field, value in changes.items():
        before = known.get(field)
        merged[field] = (
            _merged(before, value) if isinstance(before, dict) and isinstance(value, dict) else value
        )
    return merged


def _states(table: Mapping[str, Any], field: str) -> bool:
    first, _, rest = field.partition(".")
    inner = table.get(first)
    return _states(inner, rest) if rest and isinstance(inner, dict) else first in table
