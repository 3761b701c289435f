"""The one place where PyAV's exceptions become ours, for clips."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av

from powerstream_desktop.common.errors import PowerStreamError, SystemFault, UserError


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn what PyAV raises about a film into our errors."""
    try:
        yield
    except FileNotFoundError as error:
        raise UserError(
            f"There is no file {path.name!r}.", hint="Look whether its disk is connected.", detail=repr(error)
        ) from error
    except (av.error.InvalidDataError, av.error.DecoderNotFoundError) as error:
        raise UserError(
            f"The film {path.name!r} cannot be read.",
            hint="It may be damaged; try to play it first.",
            detail=f"{type(error).__name__}: {error}",
        ) from error
    except (av.FFmpegError, OSError, ValueError) as error:
        raise fault_of(error, path) from error


def fault_of(error: Exception, path: Path) -> PowerStreamError:
    """Return the fault for a disk or an encoder that refuses."""
    reason = getattr(error, "strerror", None) or str(error)
    return SystemFault(
        f"The clip of {path.name!r} cannot be made: {reason}.",
        hint="Check that the disk has room and that the folder may be written to.",
        detail=f"{type(error).__name__}: {error}",
    )
