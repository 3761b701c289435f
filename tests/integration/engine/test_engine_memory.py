"""What an engine of a whole broadcast does with memory, seen from outside."""

from __future__ import annotations

import asyncio
import sys

import pytest

from powerstream_desktop.engine.control.reports import Hello, Stats
from tests.e2e.support.heaps import further_heaps
from tests.integration.engine.engine_processes import REAL, Service, config


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
