from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from installer import verbs


@pytest.mark.parametrize(
    ("arguments", "script", "rest"),
    [
        ([], "relay_bench.py", []),
        (["--quick"], "relay_bench.py", ["--quick"]),
        (["engine"], "engine_bench.py", []),
        (["engine", "--only", "cost"], "engine_bench.py", ["--only", "cost"]),
        (["review", "--minutes", "10"], "review_bench.py", ["--minutes", "10"]),
        (["replays", "--replays", "100"], "replays_bench.py", ["--replays", "100"]),
        (["window"], "window_bench.py", []),
    ],
)
def test_the_bench_is_that_of_the_relay_unless_another_is_named(
    arguments: list[str], script: str, rest: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    became: list[Sequence[str | Path]] = []

    def become(*command: str | Path) -> int:
        became.append(command)
        return 0

    monkeypatch.setattr(verbs, "become", become)

    verbs.bench(arguments)

    [(_, path, *passed_on)] = became
    assert Path(path).name == script
    assert Path(path).is_file()
    assert passed_on == rest
