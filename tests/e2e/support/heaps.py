"""How many heaps a process of glibc's has, seen from outside."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

_HEAP_BYTES: Final = 64 * 1024 * 1024
"""glibc begins each further heap at a multiple of this."""
_MAPPING: Final = re.compile(r"^([0-9a-f]+)-[0-9a-f]+ rw-p 00000000 00:00 0 *$", re.MULTILINE)


def further_heaps(pid: int) -> int:
    """Count the heaps of a process beside its first one."""
    mappings = Path(f"/proc/{pid}/maps").read_text()
    return sum(int(begin, 16) % _HEAP_BYTES == 0 for begin in _MAPPING.findall(mappings))
