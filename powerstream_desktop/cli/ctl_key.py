"""Reads keys and passphrases where nobody else sees them: never from the command's own arguments, which every process can read."""

from __future__ import annotations

import sys
from typing import Final

import click

from powerstream_desktop.cli.ctl_input import read_input
from powerstream_desktop.common.errors import UserError
from powerstream_desktop.common.secrets import Secret

KEY_BYTES: Final = 8 * 1024
TOKEN_BYTES: Final = 20 * 1024
"""Tokens carry what they allow, and are signed."""


def read_key(file: str) -> Secret:
    """Return the stream key in a file, or in what comes on stdin; errors as with ``read_secret``."""
    return Secret(read_secret(file, "key").reveal().strip())


def read_secret(file: str, what: str) -> Secret:
    """Return the one line of a file, or of what comes on stdin.

    Args:
        file: its path; ``-`` for stdin.
        what: what the line is called in errors.

    Raises:
        UserError: it cannot be read, or holds anything but one line.
    """
    lines = _lines(file, what, KEY_BYTES)
    if len(lines) != 1:
        raise UserError(
            f"There is no {what} in it.", hint=f"It must hold one line: the {what}, and nothing else."
        )
    return Secret(lines[0])


def read_secrets(file: str, what: str, further: str) -> tuple[Secret, Secret | None]:
    """Return the line of a file, or of what comes on stdin, and a second one if there is one.

    Args:
        file: its path; ``-`` for stdin.
        what: what the first line is called in errors.
        further: what the second one is called.

    Raises:
        UserError: it cannot be read, or holds anything but one or two lines.
    """
    lines = _lines(file, what, TOKEN_BYTES)
    if len(lines) not in {1, 2}:
        raise UserError(
            f"There is no {what} in it.",
            hint=f"It must hold one line, the {what}, or two: the {what} and the {further}.",
        )
    return Secret(lines[0]), Secret(lines[1]) if len(lines) > 1 else None


def _lines(file: str, what: str, max_bytes: int) -> list[str]:
    """Return the lines of a file; none if there is an empty one among them, or it is no text."""
    content = read_input(file, what, max_bytes) or b""
    try:
        lines = content.decode("utf-8-sig").strip("\r\n").splitlines()
    except UnicodeDecodeError:
        return []
    return lines if all(line.strip() for line in lines) else []


def ask_key(name: str) -> Secret | None:
    """Return the key that is typed on the terminal, without showing it; None if none is, or there is no terminal."""
    typed = ask_secret(f"Stream key of {name}")
    return Secret(typed.reveal().strip()) if typed is not None and typed.reveal().strip() else None


def ask_secret(question: str) -> Secret | None:
    """Return what is typed on the terminal, without showing it; None if nothing is, or there is no terminal."""
    if not sys.stdin.isatty():
        return None
    typed = click.prompt(question, hide_input=True, default="", show_default=False, err=True)
    return Secret(typed) if typed else None
