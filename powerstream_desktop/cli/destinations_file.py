"""Reads a destinations file: JSON or TOML, a list of entries such as ``{name, platform, serverUrl, streamKey}`` (DESIGN 8).

Keys live in this file and nowhere on a command line. No message repeats a key.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from powerstream_desktop.cli.destination_entry import EXAMPLE, DestinationEntry
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.platforms.catalogue import Catalogue
from powerstream_desktop.platforms.endpoint import RTMPEndpoint

MAX_FILE_BYTES = 1024 * 1024


def read_destinations(path: Path, catalogue: Catalogue) -> tuple[RTMPEndpoint, ...]:
    """Return the active endpoints of a file.

    Args:
        path: ends in ``.toml``, or is taken for JSON.
        catalogue: gives what an entry leaves open: the server, its backup, the codecs.

    Raises:
        UserError: the file is missing, not readable, not JSON or TOML, or an entry is not usable; names the entry.
    """
    listed = [
        DestinationEntry(value, number)
        for number, value in enumerate(_entries(_parsed(path, _text(path)), path), 1)
    ]
    if not listed:
        raise UserError(f"{path} holds no destination.", hint=f"It should look like {EXAMPLE}")
    endpoints = tuple(entry.endpoint(catalogue) for entry in listed if entry.is_active)
    if not endpoints:
        raise UserError(
            f"{path} holds no active destination.",
            hint="Set isActive of one of them to true, or leave it out.",
        )
    names = [endpoint.name for endpoint in endpoints]
    for name in names:
        if names.count(name) > 1:
            raise UserError(f"Two destinations are called {name!r}.", hint="Give each a name of its own.")
    return endpoints


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        raise UserError(f"There is no file {path}.", hint="Check the path behind --destinations.") from None
    except IsADirectoryError:
        raise UserError(f"{path} is a folder.", hint="Name the file behind --destinations.") from None
    except PermissionError:
        raise UserError(f"You may not read {path}.", hint="Check its permissions.") from None
    except OSError as error:
        raise UserError(f"{path} cannot be read.", detail=str(error)) from error
    if len(data) > MAX_FILE_BYTES:
        raise UserError(
            f"{path} is too large to be a destinations file.", hint=f"It should look like {EXAMPLE}"
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"{path} is not a text file.", hint="Save it as UTF-8.") from None


def _parsed(path: Path, text: str) -> object:
    # The parsers' own messages quote the line, and with it perhaps a key.
    is_toml = path.suffix.lower() == ".toml"
    try:
        return tomllib.loads(text) if is_toml else json.loads(text)
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}"
        raise UserError(
            f"{path} is not valid JSON ({place}).", hint=f"It should look like {EXAMPLE}"
        ) from None
    except tomllib.TOMLDecodeError:
        raise UserError(f"{path} is not valid TOML.", hint="Check quotes and brackets.") from None
    except (RecursionError, ValueError):  # nested too deep; a number of thousands of digits
        raise UserError(
            f"{path} is not a list of destinations.", hint=f"It should look like {EXAMPLE}"
        ) from None


def _entries(value: object, path: Path) -> Sequence[object]:
    if isinstance(value, Mapping):
        # A TOML file has no list at its top, so the list has a name there.
        value = value.get("destinations")
    if not isinstance(value, list):
        raise UserError(f"{path} is not a list of destinations.", hint=f"It should look like {EXAMPLE}")
    return value
