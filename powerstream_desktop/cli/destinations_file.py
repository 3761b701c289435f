"""Reads a destinations file: JSON or TOML, a list of ``{name, platform, serverUrl, streamKey}`` (DESIGN 8).

Keys live in this file and nowhere on a command line. No message repeats a key.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.rtmp.url import display_url, looks_like_key_in_url, parse_server_url

MAX_FILE_BYTES = 1024 * 1024
MAX_NAME_CHARACTERS = 80
EXAMPLE = '[{"name": "My channel", "platform": "custom", "serverUrl": "rtmp://host/app", "streamKey": "…"}]'


def read_destinations(path: Path) -> tuple[RTMPEndpoint, ...]:
    """Return the endpoints of a file.

    Raises:
        UserError: the file is missing, not readable, not JSON or TOML, or an entry is not usable; names the entry.
    """
    entries = _entries(_parsed(path, _text(path)), path)
    endpoints = tuple(_endpoint(entry, number) for number, entry in enumerate(entries, 1))
    if not endpoints:
        raise UserError(f"{path} holds no destination.", hint=f"It should look like {EXAMPLE}")
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


def _endpoint(entry: object, number: int) -> RTMPEndpoint:
    if not isinstance(entry, Mapping):
        raise UserError(f"Destination {number} is not an object.", hint=f"It should look like {EXAMPLE}")
    unknown = sorted(str(field) for field in set(entry) - {"name", "platform", "serverUrl", "streamKey"})
    if unknown:
        raise UserError(
            f"Destination {number} has a field that is not known: {unknown[0][:40]!r}.",
            hint="The fields are name, platform, serverUrl and streamKey.",
        )
    server_url = _field(entry, "serverUrl", number)
    key = _field(entry, "streamKey", number, required=False)
    name = _field(entry, "name", number, required=False) or f"Destination {number}"
    if len(name) > MAX_NAME_CHARACTERS or not name.isprintable():
        raise UserError(f"The name of destination {number} is too long or not printable.", hint="Shorten it.")
    if looks_like_key_in_url(server_url):
        raise UserError(
            f"The serverUrl of {name!r} seems to hold the stream key: {display_url(server_url)}.",
            hint="Cut it behind the application, and put the key into streamKey.",
        )
    if not key:
        raise UserError(
            f"{name!r} has no streamKey.", hint="Copy it from the platform's page for broadcasters."
        )
    try:
        server = parse_server_url(server_url, key)
    except UserError as error:
        raise UserError(f"{name!r}: {error.title}", hint=error.hint) from None
    platform = _field(entry, "platform", number, required=False) or "custom"
    return RTMPEndpoint(name=name, platform=platform, server=server, stream_key=Secret(server.key or key))


def _field(entry: Mapping[str, object], field: str, number: int, *, required: bool = True) -> str:
    value = entry.get(field, "")
    if not isinstance(value, str):
        raise UserError(f"The {field} of destination {number} is not a text.", hint="Put it into quotes.")
    if required and not value.strip():
        raise UserError(f"Destination {number} has no {field}.", hint=f"It should look like {EXAMPLE}")
    return value.strip()
