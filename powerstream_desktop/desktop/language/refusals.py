"""What is said of an error in the place where somebody asked for something."""

from __future__ import annotations

from powerstream_desktop.common.errors import PowerStreamError
from powerstream_desktop.desktop.language.said import said


def refusal_words(error: PowerStreamError) -> str:
    """Return what is wrong and what to do, in the window's language."""
    code = str(getattr(error, "code", ""))
    return " ".join(filter(None, (said(code, error.title), said(code, error.hint))))
