"""What happens to a broadcast when the computer has slept."""

from __future__ import annotations

import asyncio

from powerstream_desktop.service.reconnect import reconnect
from powerstream_desktop.service.store.store_faults import UnknownRecordError


def test_every_destination_tries_again_and_one_that_is_gone_costs_the_others_nothing() -> None:
    retried: list[str] = []

    async def retry(endpoint_id: str) -> None:
        retried.append(endpoint_id)
        if endpoint_id == "gone":
            raise UnknownRecordError("There is no such endpoint.")

    asyncio.run(reconnect(("one", "gone", "two"), retry))
    assert retried == ["one", "gone", "two"]
