"""Stream keys of our own making: for one run, or kept in a file for encoders that people set up by hand."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.common.paths import Paths
from powerstream_desktop.common.secrets import Secret

FILE_NAME = "ingest.key"
MIN_CHARACTERS = 8
MAX_CHARACTERS = 256


@dataclass(frozen=True, slots=True)
class StreamKeyFile:
    """A key and where it is kept."""

    key: Secret
    path: Path


def new_stream_key() -> Secret:
    """Return a key that nobody can guess, for one run."""
    return Secret(secrets.token_urlsafe(24))


def checked_stream_key(key: Secret) -> Secret:
    """Return a key that somebody chose for encoders, if nobody can guess it by trying; UserError otherwise."""
    if not _can_be_key(key.reveal()):
        raise UserError(
            "This cannot be the stream key of a broadcast.",
            hint=f"Use {MIN_CHARACTERS} to {MAX_CHARACTERS} printable characters, or leave it out.",
        )
    return key


def kept_stream_key(paths: Paths) -> StreamKeyFile:
    """Return the key for external encoders; makes it at the first call, readable by its owner only.

    Raises:
        UserError: the file holds something that cannot be a key.
        SystemFault: it cannot be read or written.
    """
    path = paths.config / FILE_NAME
    try:
        text = path.read_text(encoding="utf-8").strip() if path.exists() else _create(path)
    except (OSError, UnicodeError) as error:
        raise SystemFault(
            f"The stream key for encoders in {path} cannot be used: {_reason(error)}.",
            hint="Free that place, or set POWERSTREAM_HOME to a folder that can be written.",
            detail=str(error),
        ) from error
    if not _can_be_key(text):
        raise UserError(
            f"{path} does not hold a stream key.", hint="Delete the file, and a new key will be made."
        )
    return StreamKeyFile(Secret(text), path)


def _can_be_key(text: str) -> bool:
    return MIN_CHARACTERS <= len(text) <= MAX_CHARACTERS and text.isprintable()


def _create(path: Path) -> str:
    text = secrets.token_urlsafe(24)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text + "\n")
    except OSError:
        path.unlink()  # a full disk leaves an empty file, which is no key
        raise
    return text


def _reason(error: OSError | UnicodeError) -> str:
    return (isinstance(error, OSError) and error.strerror) or "it is not text"
