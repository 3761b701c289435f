"""What a disk or an encoder raises, in sentences."""

from __future__ import annotations

import errno

import av
import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.library.clips.media_faults import translated_writing


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full"),
        (av.FFmpegError(errno.ENOSPC, "No space left on device", "clip.mp4"), "The disk is full"),
        (OSError(errno.EIO, "Input/output error"), "cannot be made"),
        (ValueError("no such codec"), "cannot be made"),
    ],
)
def test_what_goes_wrong_while_a_clip_is_written_is_a_fault_of_the_computer(
    error: Exception, sentence: str
) -> None:
    with pytest.raises(SystemFault, match=sentence) as fault, translated_writing():
        raise error
    assert fault.value.hint
