"""What events are about (DESIGN 7)."""

from __future__ import annotations

from enum import StrEnum


class Topic(StrEnum):
    """One thing that changes; the value is the event's name. An event tells its topic as a whole, as it is now."""

    LIVE = "live"
    """What ``GET /api/live/status`` says."""
    DESTINATIONS = "destinations"
    """What ``GET /api/rtmp/status`` says."""
    RECORDING = "recording"
    ENGINE = "engine"
    """Its process and its figures."""
    LEVELS = "levels"
    """The mixer's meters, ten times a second while somebody watches them. They are fleeting: nobody goes on behind one."""
    STUDIO = "studio"
    """What ``GET /api/studio`` says, without what ``engine`` and ``levels`` tell."""
    SETTINGS = "settings"
    """The value of every setting, by its name, as ``GET /api/settings`` has them."""
    LIBRARY = "library"
    """Which replay changed; the only one that tells a change and not how it stands."""
    SYNC = "sync"
    """Uploads."""
    NOTICE = "notice"
    """What hinders now, in sentences."""
