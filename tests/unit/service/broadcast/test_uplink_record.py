"""The measured upload, kept from one broadcast to the next."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from powerstream_desktop.common.paths import Paths
from powerstream_desktop.service.broadcast.uplink_record import (
    UplinkFigure,
    keep_uplink,
    read_uplink,
    uplink_file,
)

NOW = datetime(2026, 5, 4, 12, 30, tzinfo=UTC)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = Paths.from_environment({"POWERSTREAM_HOME": str(tmp_path)})
    paths.ensure()
    return paths


def keep(paths: Paths, measured_kbps: int | None, carried_kbps: int = 0) -> None:
    keep_uplink(uplink_file(paths), measured_kbps=measured_kbps, carried_kbps=carried_kbps, now=NOW)


def test_before_the_first_broadcast_nothing_is_known(paths: Paths) -> None:
    assert read_uplink(paths) is None


def test_what_was_measured_is_known_next_time(paths: Paths) -> None:
    keep(paths, 5200)
    assert read_uplink(paths) == UplinkFigure(kbps=5200, measured_at=NOW)


def test_the_newest_figure_counts_and_nothing_else_is_left_behind(paths: Paths) -> None:
    keep(paths, 5200)
    keep(paths, 3100)
    figure = read_uplink(paths)
    assert figure is not None
    assert figure.kbps == 3100
    assert [path.name for path in paths.data.iterdir()] == ["uplink.json"]


def test_a_broadcast_that_met_no_limit_leaves_the_figure_alone(paths: Paths) -> None:
    keep(paths, 5200)
    keep(paths, None, carried_kbps=4500)
    assert read_uplink(paths) is not None


def test_a_figure_that_a_broadcast_has_disproved_is_forgotten(paths: Paths) -> None:
    keep(paths, 5200)
    keep(paths, None, carried_kbps=9000)
    assert read_uplink(paths) is None


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"kbps": 0, "measuredAt": "2026-05-04"}', '{"kbps": 5, "measuredAt": "x"}', "\0"],
)
def test_a_broken_file_counts_as_none_and_is_replaced(paths: Paths, text: str) -> None:
    uplink_file(paths).write_text(text)
    assert read_uplink(paths) is None
    keep(paths, 5200)
    assert read_uplink(paths) is not None


def test_a_folder_that_is_gone_is_no_trouble(paths: Paths) -> None:
    paths.data.rmdir()
    keep(paths, 5200)
    assert read_uplink(paths) is None
