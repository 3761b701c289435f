"""The one place where PyAV's exceptions about clips that are written become ours; those about films are ``workshop/safe_input``'s."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

import av

from powerstream_desktop.common.errors import SystemFault


@contextmanager
def translated_writing() -> Iterator[None]:
    """Turn what PyAV raises about an encoder, or about the file that it writes, into our errors."""
    try:
        yield
    except (av.FFmpegError, OSError, ValueError) as error:
        detail = f"{type(error).__name__}: {error}"
        if getattr(error, "errno", None) == errno.ENOSPC:
            raise SystemFault(
                "The disk is full: the clip cannot be written.",
                hint="Make room, then try again.",
                detail=detail,
            ) from error
        raise SystemFault(
            "The clip cannot be made.", hint="Look whether its disk may be written to.", detail=detail
        ) from error
