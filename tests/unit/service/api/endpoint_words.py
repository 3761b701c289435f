"""Endpoints as tests of the API send them."""

from __future__ import annotations

from typing import Any

from tests.unit.service.store.rows import NOW

URL = "/api/rtmp/endpoints"
KEY = "made-up-key-0123456789"
TODAY = NOW.astimezone().date().isoformat()
OTHER_KEY = "another-made-up-key-9876"
TWITCH = {"name": "Twitch", "platform": "twitch", "serverUrl": "rtmp://live.twitch.tv/app", "streamKey": KEY}


def without(wish: dict[str, Any], field: str) -> dict[str, Any]:
    return {name: value for name, value in wish.items() if name != field}
