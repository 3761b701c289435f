"""Keys as names of files that every disk takes, and back (V29).

A name has ASCII letters, digits, ``.``, ``_`` and ``-`` only; all else is written as ``%`` and two digits. So no disk can compose, fold or
refuse it, nothing begins with a dot (that is where the store's own files begin), and no device of Windows is met by chance.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, unquote

from powerstream_desktop.cloud.object_store.object_keys import checked_key, is_good_key
from powerstream_desktop.common.errors import UserError

MAX_NAME_CHARACTERS: Final = 200
"""Below the 255 of most disks, with room for what a file is called while it is written."""
_DEVICES: Final = re.compile(r"(CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])(\.|$)", re.IGNORECASE)


def names_of(key: str) -> tuple[str, ...]:
    """Return the names of folders and of the file for a key.

    Raises:
        BugError: it is no key.
        UserError: a part of it is too long for a disk.
    """
    names = tuple(_name_of(segment) for segment in checked_key(key).split("/"))
    if any(len(name) > MAX_NAME_CHARACTERS for name in names):
        raise UserError(
            "A name is too long for the disk of the store.", hint="Choose a shorter folder within the store."
        )
    return names


def segment_of(name: str) -> str | None:
    """Return the part of a key that a name stands for; None for a name that is none of ours."""
    try:
        segment = unquote(name, errors="strict")
    except UnicodeDecodeError:
        return None
    return segment if is_good_key(segment) and "/" not in segment and _name_of(segment) == name else None


def _name_of(segment: str) -> str:
    name = quote(segment, safe="").replace("~", "%7E")
    if name.startswith(".") or _DEVICES.match(name):
        name = f"%{ord(name[0]):02X}{name[1:]}"
    return f"{name[:-1]}%2E" if name.endswith(".") else name
