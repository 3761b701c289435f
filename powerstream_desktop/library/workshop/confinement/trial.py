"""Work that does nothing: what held while it was done is all that is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from powerstream_desktop.common.media_task import MediaTask


def try_confinement(_: MediaTask) -> Mapping[str, Any]:
    """Do nothing."""
    return {}
