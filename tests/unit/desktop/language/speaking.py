"""Lets a test speak a language, and English again afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from powerstream_desktop.desktop.language import language
from tests.unit.engine.sources.qt_application import host_with_application


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Choose a language for the length of a block."""
    host_with_application()
    language.choose(code)
    try:
        yield
    finally:
        language.choose("en")
