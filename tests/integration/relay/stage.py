"""A relay with its server on loopback, an encoder to feed it and the lights to look at."""

from __future__ import annotations

import asyncio
import random
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Self

from powerstream_desktop.common.secrets import Secret
from powerstream_desktop.platforms.endpoint import RTMPEndpoint
from powerstream_desktop.relay.destination.destination_states import DestinationState
from powerstream_desktop.relay.ingest.server import StreamingServer
from powerstream_desktop.relay.relay import Relay
from powerstream_desktop.relay.snapshot import DestinationSnapshot
from tests.integration.relay.peers import Encoder
from tests.integration.relay.swift_loop import eventually

PUBLISH_KEY = "ingest_key_0815"


class Stage:
    """Everything between an encoder and the platforms, on the running loop."""

    def __init__(
        self, *endpoints: RTMPEndpoint, tls: ssl.SSLContext | None = None, paced: bool = False
    ) -> None:
        clock = asyncio.get_running_loop().time
        self.server = StreamingServer(clock, paced=paced)
        self.relay = Relay(
            self.server, Secret(PUBLISH_KEY), endpoints, clock=clock, rng=random.Random(1), tls=tls
        )

    async def __aenter__(self) -> Self:
        await self.server.start()
        self.relay.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.relay.aclose()
        await self.server.aclose()

    async def publish(self, key: str = PUBLISH_KEY) -> Encoder:
        """Let an encoder come and send its headers and first picture."""
        encoder = await Encoder.connect(self.server.port, key)
        await encoder.starts()
        encoder.send_frame()
        return encoder

    @asynccontextmanager
    async def on_air(self, key: str = PUBLISH_KEY) -> AsyncIterator[Encoder]:
        """Let an encoder send pictures at their pace for as long as the context lasts; then it says goodbye."""
        encoder = await self.publish(key)
        sending = asyncio.create_task(encoder.stream(3600.0))
        try:
            yield encoder
        finally:
            sending.cancel()
            await asyncio.wait({sending})
            if not encoder.closed:
                encoder.say_goodbye()

    def light(self, name: str = "Platform") -> DestinationSnapshot:
        """The light of a destination."""
        return next(light for light in self.relay.snapshot().destinations if light.name == name)

    async def turns(self, state: DestinationState, name: str = "Platform") -> DestinationSnapshot:
        """Wait until a light shows ``state``."""
        await eventually(lambda: self.light(name).state is state)
        return self.light(name)
