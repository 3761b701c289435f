"""The key that external encoders need: made once, kept in a file that only its owner can read."""

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


@dataclass(frozen=True, slots=True)
class IngestKeyFile:
    """The key and where it is kept."""

    key: Secret
    path: Path


def ingest_key_file(paths: Paths) -> IngestKeyFile:
    """Return the key in the configuration folder; makes it when there is none.

    Raises:
        UserError: the file holds something that is too short to be a key.
        SystemFault: it cannot be read or written.
    """
    path = paths.config / FILE_NAME
    try:
        text = _create(path) if not path.exists() else path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeError) as error:
        raise SystemFault(
            f"The stream key for encoders in {path} cannot be used.", hint="Check its permissions.", detail=str(error)
        ) from error
    if len(text) < MIN_CHARACTERS or not text.isprintable():
        raise UserError(
            f"{path} does not hold a stream key.", hint="Delete the file, and a new key will be made."
        )
    return IngestKeyFile(Secret(text), path)


def _create(path: Path) -> str:
    text = secrets.token_urlsafe(24)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text + "\n")
    return text
