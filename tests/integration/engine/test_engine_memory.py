"""What an engine of a whole broadcast does with memory, seen from outside."""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path
from typing import Final

import pytest

from powerstream_desktop.engine.control.reports import Hello, Stats
from tests.integration.engine.test_engine_process import REAL, Service, config

HEAP_BYTES: Final = 64 * 1024 * 1024
"""glibc begins each further heap at a multiple of this."""
_MAPPING: Final = re.compile(r"^([0-9a-f]+)-[0-9a-f]+ rw-p 00000000 00:00 0 *$", re.MULTILINE)


def further_heaps(pid: int) -> int:
    """Count the heaps of a process beside its first one."""
    mappings = Path(f"/proc/{pid}/maps").read_text()
    return sum(int(begin, 16) % HEAP_BYTES == 0 for begin in _MAPPING.findall(mappings))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux shows a process's mappings")
def test_all_threads_of_an_engine_share_one_heap() -> None:
    async def test() -> None:
        service = Service(REAL, config())
        await service.engine.start()
        await service.until(lambda: Stats in service.kinds())
        (hello,) = (report for report in service.reports if isinstance(report, Hello))
        assert further_heaps(hello.pid) == 0
        await service.engine.aclose()

    asyncio.run(test())
