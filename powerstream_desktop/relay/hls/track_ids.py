"""By what numbers the tracks of a segment are known to the header and to each fragment."""

from __future__ import annotations

from typing import Final

PICTURE_ID: Final = 1
SOUND_ID: Final = 2
