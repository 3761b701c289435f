"""Reads a stream key where nobody else sees it: never from the command's own arguments, which every process can read."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret

STDIN: Final = "-"
MAX_BYTES: Final = 8 * 1024


def read_key(file: str) -> Secret:
    """Return the key in a file, or in what comes on stdin.

    Args:
        file: its path; ``-`` for stdin.

    Raises:
        UserError: it cannot be read, or holds anything but one line.
    """
    try:
        if file == STDIN:
            content = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(file).open("rb") as opened:
                content = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise UserError(
            f"The key cannot be read: {error.strerror}.", hint="Look at the file's name and rights."
        ) from error
    try:
        text = content.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        text = ""
    if not text or len(content) > MAX_BYTES or len(text.splitlines()) != 1:
        raise UserError("There is no key in it.", hint="It must hold one line: the key, and nothing else.")
    return Secret(text)


def ask_key(name: str) -> Secret | None:
    """Return the key that is typed on the terminal, without showing it; None if none is, or there is no terminal."""
    if not sys.stdin.isatty():
        return None
    typed = click.prompt(
        f"Stream key of {name}", hide_input=True, default="", show_default=False, err=True
    ).strip()
    return Secret(typed) if typed else None
