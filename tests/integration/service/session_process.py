"""A service of its own with a session that is recorded, for tests that kill it.

``session_process HOME PORT…`` goes live to the platforms on these ports, says in one line where encoders publish to, and
goes on until it is killed.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from pathlib import Path

from powerstream_desktop.common.secrets import Secret
from tests.integration.relay.peers import Platform
from tests.integration.service.sessions_stage import EXTERNAL, INGEST_KEY, port_of, saved, serving


async def run(home: Path, ports: list[int]) -> None:
    """Serve until the process is killed."""
    async with serving(home) as service:
        for number, port in enumerate(ports, 1):
            platform = Platform()
            platform.port = port
            await service.save(saved(platform, f"ep{number}", f"Platform {number}"))
        request = replace(EXTERNAL, stream_key=Secret(INGEST_KEY), is_recorded=True)
        running = await service.sessions.start(request)
        sys.stdout.write(f"{port_of(running)} {running.session.id}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1]), [int(each) for each in sys.argv[2:]]))
