"""The one place where PyAV's exceptions become ours."""

from __future__ import annotations

from pathlib import Path

import av

from powerstream_desktop.common.errors import BugError, PowerStreamError, SystemFault, UserError


def display_error(error: Exception, display: str) -> PowerStreamError:
    """Explain why a screen could not be opened."""
    return UserError(
        f"The display {display} cannot be reached.",
        hint="Check that it is running and that this user may connect to it.",
        detail=_detail(error),
    )


def file_error(error: Exception, path: Path) -> PowerStreamError:
    """Explain why a media file could not be opened or read."""
    name = path.name or str(path)
    if isinstance(error, FileNotFoundError):
        return UserError(f"There is no file {name!r}.", hint="Check the path.", detail=_detail(error))
    if isinstance(error, IsADirectoryError):
        return UserError(f"{name!r} is a folder, not a media file.", detail=_detail(error))
    if isinstance(error, PermissionError):
        return UserError(f"The file {name!r} may not be read by this user.", detail=_detail(error))
    if isinstance(error, av.error.DecoderNotFoundError):
        return UserError(f"The file {name!r} uses a codec that is not supported.", detail=_detail(error))
    if isinstance(error, av.error.InvalidDataError | av.error.DemuxerNotFoundError):
        return UserError(
            f"The file {name!r} is not a media file, or it is damaged.",
            hint="Try to play it in a player first.",
            detail=_detail(error),
        )
    return SystemFault(f"The file {name!r} could not be read.", detail=_detail(error))


def no_video_error(path: Path) -> PowerStreamError:
    """Explain that a media file has no picture."""
    return UserError(
        f"The file {path.name!r} has no video.",
        hint="Choose a file with a picture in it.",
    )


def no_frames_error(path: Path) -> PowerStreamError:
    """Explain that nothing in a media file could be decoded."""
    return UserError(
        f"Nothing in the file {path.name!r} can be decoded.", hint="Try to play it in a player first."
    )


def no_codec_error(path: Path, codec: str) -> PowerStreamError:
    """Explain that a media file cannot be decoded here."""
    return UserError(
        f"The file {path.name!r} holds {codec}, which cannot be decoded.",
        hint="Convert it to H.264 first.",
    )


def encoder_error(error: Exception, encoder: str) -> PowerStreamError:
    """Explain that an encoder refused to open or gave up."""
    return SystemFault(
        f"The encoder {encoder} refused to work.",
        hint="Try a smaller picture, fewer frames a second or a lower bitrate.",
        # PyAV's own words go on with all options.
        detail=f"{type(error).__name__}: {error.strerror}"
        if isinstance(error, av.FFmpegError)
        else _detail(error),
    )


def unexpected_error(error: Exception) -> PowerStreamError:
    """Wrap what no adapter expected, so that whoever watches gets a sentence and the log gets the rest."""
    return BugError(
        "The engine failed in a way it should not.", hint="Please report this.", detail=_detail(error)
    )


def _detail(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
