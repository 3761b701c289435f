from __future__ import annotations

import pytest

from powerstream_desktop.rtmp.client import Purpose
from tests.unit.rtmp.pair import ScriptedServer


@pytest.fixture
def server() -> ScriptedServer:
    """Put a server of our script in front of a client that wants to publish."""
    return ScriptedServer()


@pytest.fixture
def player() -> ScriptedServer:
    """Put a server of our script in front of a client that wants to play."""
    return ScriptedServer(purpose=Purpose.PLAY)
