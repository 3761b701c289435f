"""The loop on which everything else is tested."""

from __future__ import annotations

import asyncio

import pytest

from tests.integration.relay.swift_loop import swiftly


@swiftly
async def test_a_call_that_another_thread_makes_without_care_is_an_error() -> None:
    loop = asyncio.get_running_loop()
    with pytest.raises(RuntimeError, match="Non-thread-safe"):
        await asyncio.to_thread(loop.call_soon, print)
