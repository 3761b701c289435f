"""A cross-fade between two composed frames."""

from __future__ import annotations

from typing import TYPE_CHECKING

from powerstream_desktop.engine.compositor.mixing import mixed
from powerstream_desktop.engine.picture import blank_frame, planes_of

if TYPE_CHECKING:
    import av


def faded(before: av.VideoFrame, behind: av.VideoFrame, progress: float) -> av.VideoFrame:
    """Return the frame ``progress`` (0 to 1) of the way from one scene's frame to the next one's, both of one size."""
    share = round(max(0.0, min(1.0, progress)) * 256)
    if share == 0:
        return before
    if share == 256:
        return behind
    frame = blank_frame(before.width, before.height)
    for plane, old, new in zip(planes_of(frame), planes_of(before), planes_of(behind), strict=True):
        mixed(old, new, share, out=plane)
    return frame
