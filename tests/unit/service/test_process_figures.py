"""What processes take of this computer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from powerstream_desktop.service.process_figures import ProcessFigures, figures_below, own_figures


def test_this_process_knows_what_it_takes() -> None:
    own = own_figures()
    assert own.pid == os.getpid()
    assert own.cpu_seconds > 0
    assert own.memory_bytes is None or own.memory_bytes > 1_000_000


def kernel(folder: Path, children: dict[int, tuple[int, ...]], stats: dict[int, str]) -> Path:
    """Tell of processes as the kernel does."""
    for pid, below in children.items():
        task = folder / str(pid) / "task" / str(pid)
        task.mkdir(parents=True)
        (task / "children").write_text(" ".join(map(str, below)))
    for pid, text in stats.items():
        (folder / str(pid)).mkdir(exist_ok=True)
        (folder / str(pid) / "stat").write_text(text)
    return folder


def stat_line(pid: int, name: str, *, user: int = 0, system: int = 0, pages: int = 1) -> str:
    fields = ["S", *("0",) * 10, str(user), str(system), *("0",) * 8, str(pages), *("0",) * 20]
    return f"{pid} ({name}) {' '.join(fields)}"


@pytest.mark.skipif(not hasattr(os, "sysconf"), reason="only Unix counts in ticks and pages")
def test_those_below_are_found_to_a_cameras_depth(tmp_path: Path) -> None:
    me, ticks, page = os.getpid(), os.sysconf("SC_CLK_TCK"), os.sysconf("SC_PAGE_SIZE")
    proc = kernel(
        tmp_path,
        {me: (11, 12), 11: (111,), 111: (1111,), 1111: (11111,)},
        {
            11: stat_line(11, "engine", user=ticks, system=2 * ticks, pages=5),
            12: stat_line(12, "odd) (name 1 2", pages=7),
            111: stat_line(111, "camera"),
            1111: stat_line(1111, "deep"),
            11111: stat_line(11111, "too deep"),
        },
    )
    found = figures_below(proc)
    assert found[0] == ProcessFigures(pid=11, name="engine", cpu_seconds=3.0, memory_bytes=5 * page)
    assert [(each.pid, each.name) for each in found[1:]] == [
        (12, "odd) (name 1 2"),
        (111, "camera"),
        (1111, "deep"),
    ]


@pytest.mark.skipif(not hasattr(os, "sysconf"), reason="only Unix counts in ticks and pages")
def test_one_of_ours_is_called_by_its_role(tmp_path: Path) -> None:
    proc = kernel(
        tmp_path, {os.getpid(): (11, 12)}, {11: stat_line(11, "python"), 12: stat_line(12, "python")}
    )
    (proc / "11" / "cmdline").write_bytes(b"/bin/python\0-m\0powerstream_desktop\0engine\0")
    (proc / "12" / "cmdline").write_bytes(b"/bin/python\0other.py\0")
    assert [each.name for each in figures_below(proc)] == ["engine", "python"]


def test_one_that_ends_meanwhile_is_left_out(tmp_path: Path) -> None:
    proc = kernel(tmp_path, {os.getpid(): (11, 12)}, {12: stat_line(12, "stays")})
    assert [each.pid for each in figures_below(proc)] == [12]


def test_where_the_system_tells_nothing_there_is_nothing(tmp_path: Path) -> None:
    assert figures_below(tmp_path / "nothing") == ()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_a_real_process_is_found() -> None:
    process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        assert process.pid in {each.pid for each in figures_below()}
    finally:
        process.communicate()
