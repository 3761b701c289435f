"""Tooltips as plain text: Qt guesses whether one is HTML, and names are the user's own."""

from __future__ import annotations

import html


def plain_tip(text: str) -> str:
    """Return a text so that a tooltip shows it as it is, letter by letter."""
    if "<" not in text:
        return text
    return "<qt>{}</qt>".format(html.escape(text).replace("\n", "<br>"))
