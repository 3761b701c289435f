"""How ``ctl`` prints: the API's own words as JSON, or a table for people. Names are plain text: no markup from data."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from powerstream_desktop.common.text import printable_text

if TYPE_CHECKING:
    from rich.console import RenderableType

PIPE_COLUMNS = 160
"""Width of tables where there is no terminal to ask."""


def print_json(words: Mapping[str, Any]) -> None:
    """Print one line, whole at once: a reader of a pipe may wait for it."""
    click.echo(json.dumps(words))


def print_rich(*parts: RenderableType) -> None:
    """Print for people."""
    from rich.console import Console

    in_a_pipe = not sys.stdout.isatty()
    console = Console(width=PIPE_COLUMNS if in_a_pipe else None, highlight=False, markup=False)
    for part in parts:
        console.print(part)


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]], nothing: str) -> None:
    """Print a table of texts, the first column for names.

    Args:
        headings: of the columns; may be empty.
        rows: of cells.
        nothing: what to say when there are no rows.
    """
    from rich.table import Table
    from rich.text import Text

    cells = [tuple(Text(printable_text(cell)) for cell in row) for row in rows]
    if not cells:
        click.echo(nothing)
        return
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bright_black")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in cells:
        table.add_row(*row)
    print_rich(table)


def tell(sentence: str) -> None:
    """Print a line for people, whatever names it holds."""
    click.echo(printable_text(sentence))


def day_and_time(moment: datetime | None) -> str:
    """Return a moment as the clock on the wall shows it; empty for none."""
    return "" if moment is None else f"{moment.astimezone():%Y-%m-%d %H:%M}"


def yes_or_no(value: bool) -> str:
    """Return a word."""
    return "yes" if value else "no"
