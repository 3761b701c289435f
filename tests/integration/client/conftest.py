"""What tests of ``powerstream ctl`` are given."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.client.ctl_line import Line
from tests.integration.client.served_api import ServedAPI


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(monkeypatch, capsys)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[ServedAPI]:
    with ServedAPI(tmp_path / "served") as service:
        yield service
