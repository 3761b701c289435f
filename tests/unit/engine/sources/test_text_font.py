from __future__ import annotations

import pytest

from powerstream_desktop.engine.scene.sources import TextContent
from powerstream_desktop.engine.sources import text_paint
from tests.unit.engine.sources.qt_application import host_with_application


@pytest.mark.parametrize(
    ("font", "families"),
    [("Some Serif", ["Some Serif", text_paint.BUNDLED_FAMILY]), ("", [text_paint.BUNDLED_FAMILY])],
)
def test_the_font_that_was_asked_for_comes_before_our_own(font: str, families: list[str]) -> None:
    host_with_application().need()
    assert text_paint._font(TextContent(text="x", font=font), 20.0).families() == families
