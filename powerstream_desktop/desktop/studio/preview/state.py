"""What the preview shows, and what it says when there is no picture. Pure."""

from __future__ import annotations

from enum import Enum

from powerstream_desktop.client.studio import EngineStatus
from powerstream_desktop.desktop.outlook.outlook import ServiceState


class PreviewState(Enum):
    """What the preview is about.

    SHOWING: pictures come. STARTING: the first one is on its way. COMING_BACK: the engine fell and is being started again.
    FAILED: the engine could not start, and says why. AWAY: the service cannot be heard, so nobody knows.
    """

    SHOWING = "showing"
    STARTING = "starting"
    COMING_BACK = "coming back"
    FAILED = "failed"
    AWAY = "away"


def preview_state(
    service: ServiceState, engine: EngineStatus | None, *, has_picture: bool, is_alive: bool
) -> PreviewState:
    """Return what the preview is about.

    Args:
        service: whether the service is heard.
        engine: how its process stands; None while nobody said.
        has_picture: there was one since the window came up.
        is_alive: the engine gives signs of life in the ring itself: it goes on when the service falls.
    """
    if has_picture and is_alive:
        return PreviewState.SHOWING
    if service in {ServiceState.AWAY, ServiceState.SHUT}:
        return PreviewState.AWAY
    if engine is not None and engine.is_coming_back:
        return PreviewState.COMING_BACK
    if engine is not None and engine.state == "failed":
        return PreviewState.FAILED
    return PreviewState.COMING_BACK if has_picture else PreviewState.STARTING
