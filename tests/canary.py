"""Looks for a secret where no secret may be: files, and the command lines and environments of processes.

The encodings are written here by hand rather than taken from the redactor: a search that shared its table would be
blind to exactly what the redactor forgets (reliability_security.md 3.9, S36).
"""

from __future__ import annotations

import base64
import json
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

_BLOCK = 1024 * 1024
_SELF = os.getpid()


def spellings(canary: str) -> dict[str, bytes]:
    """Return what to look for, by the name of the encoding; the Base64 ones find the canary inside a longer text too."""
    data = canary.encode()
    every_byte = "".join(f"%{byte:02X}" for byte in data)
    found = {
        "plain": data,
        "percent": quote(canary, safe="").encode(),
        "percent, lower case": re.sub(
            "%..", lambda escape: escape[0].lower(), quote(canary, safe="")
        ).encode(),
        "percent, every byte": every_byte.encode(),
        "JSON": json.dumps(canary)[1:-1].encode(),
        "JSON, slashes escaped": json.dumps(canary)[1:-1].replace("/", "\\/").encode(),
        "repr": ascii(canary)[1:-1].encode(),
        "hex": data.hex().encode(),
        "UTF-16 little endian": canary.encode("utf-16-le"),
        "UTF-16 big endian": canary.encode("utf-16-be"),
    }
    for before in range(3):
        # Four characters stand for three bytes; those at the edges also depend on the neighbours.
        core = base64.b64encode(b"\0" * before + data)[(0, 2, 3)[before] : (before + len(data)) * 8 // 6]
        found[f"Base64 at {before}"] = core
        found[f"URL-safe Base64 at {before}"] = core.replace(b"+", b"-").replace(b"/", b"_")
    first_name_of = {form: name for name, form in reversed(found.items())}
    return {name: form for name, form in found.items() if first_name_of[form] == name}


def find_canary(paths: Iterable[Path], canary: str, *, pids: Iterable[int] | None = None) -> list[str]:
    """Return one line for each place and encoding in which ``canary`` was found; an empty list is the gate.

    Args:
        paths: files, and folders searched through; names of files are searched as well as what is in them.
        canary: the secret, at least eight characters, so that chance cannot find it.
        pids: processes to look into; by default all descendants of this one. Linux only.
    """
    if len(canary) < 8:
        raise ValueError("a canary shorter than eight characters is found by chance")
    wanted = spellings(canary)
    hits: list[str] = []
    for path in _files(paths):
        hits += _hits(f"name of {path}", os.fsencode(path), wanted)
        hits += [f"{path}: {name}" for name in sorted(_in_file(path, wanted))]
    for pid in descendants(_SELF) if pids is None else pids:
        for part in ("cmdline", "environ"):
            hits += _hits(f"process {pid} {part}", _process_bytes(pid, part), wanted)
    return hits


def descendants(pid: int) -> list[int]:
    """Return the process ids below ``pid``, children first; empty where there is no /proc."""
    children = [
        int(child)
        for tasks in Path(f"/proc/{pid}/task").glob("*/children")
        for child in _bytes_or_nothing(tasks).decode().split()
    ]
    return children + [grandchild for child in children for grandchild in descendants(child)]


def _hits(place: str, data: bytes, wanted: dict[str, bytes]) -> list[str]:
    return [f"{place}: {name}" for name, form in wanted.items() if form in data]


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from (
                below for below in sorted(path.rglob("*")) if below.is_file() and not below.is_symlink()
            )
        elif path.is_file():
            yield path


def _in_file(path: Path, wanted: dict[str, bytes]) -> set[str]:
    overlap = max(map(len, wanted.values())) - 1
    found: set[str] = set()
    tail = b""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            window = tail + block
            found.update(name for name, form in wanted.items() if form in window)
            tail = window[-overlap:]
    return found


def _process_bytes(pid: int, part: str) -> bytes:
    return _bytes_or_nothing(Path(f"/proc/{pid}/{part}"))


def _bytes_or_nothing(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # it has ended, or belongs to another user
        return b""
