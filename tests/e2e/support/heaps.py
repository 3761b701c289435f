"""How many heaps a process of glibc's has, seen from outside."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from typing import Final

_HEAP_BYTES: Final = 64 * 1024 * 1024
"""glibc takes this much room for each further heap, at a multiple of it, and gives access to what is used."""
_MAPPING: Final = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) (\S+)", re.MULTILINE)


def further_heaps(pid: int) -> int:
    """Count the heaps of a process beside its first one."""
    found = _MAPPING.findall(Path(f"/proc/{pid}/maps").read_text())
    mappings = [(int(begin, 16), int(end, 16), access) for begin, end, access in found]
    return sum(
        begin % _HEAP_BYTES == 0 and access == "rw-p" and rest == (end, begin + _HEAP_BYTES, "---p")
        for (begin, end, access), rest in itertools.pairwise(mappings)
    )
