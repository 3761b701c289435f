"""How a command ends: its exit code, and the one sentence that says why.

0 only on success; 2 on wrong use, or when the work could not begin; 1 for everything that failed on the way (DESIGN 8). So a
script that sees 2 knows that nothing went on air.
"""

from __future__ import annotations

from typing import Final

import click

from powerstream_desktop.common.text import printable_text

PROGRAM: Final = "powerstream"
EXIT_FAILED: Final = 1
EXIT_NOT_BEGUN: Final = 2


def say(sentence: str) -> None:
    """Print one line on stderr, whatever the sentence holds: a file name may have line ends in it."""
    click.echo(f"{PROGRAM}: {printable_text(' '.join(sentence.split()))}", err=True)
