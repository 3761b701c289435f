"""The fuzzing engine itself: its mutations, its bounds, and what it does with what it finds."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.fuzz.bounds import TooExpensiveError, check_memory, check_time
from tests.fuzz.campaign import Plan, run
from tests.fuzz.findings import Findings, failure, minimised, signature
from tests.fuzz.harness import load_target, seeds, target_names
from tests.fuzz.mutator import mutated
from tests.fuzz.progress import Progress
from tests.fuzz.script import MAX_STEPS, Script, piece_size

SEEDS = [b"\x03" + bytes(20), b"connect", b""]


class Hog:
    """A target that takes a kilobyte, or a thousand rounds, for each byte."""

    def fuzz_one(self, data: bytes) -> None:
        """Find nothing."""

    def parse(self, data: bytes) -> object:
        return [sum(range(1000)) for _ in data], bytearray(1024 * len(data))


def breaks_on_a_tilde(data: bytes) -> None:
    if b"~" in data:
        raise ValueError("a tilde")


def test_the_same_seed_makes_the_same_inputs() -> None:
    def some(seed: int) -> list[bytes]:
        rng = random.Random(seed)
        return [mutated(rng, SEEDS, 64) for _ in range(200)]

    assert some(1) == some(1)
    assert some(1) != some(2)


def test_mutations_keep_to_the_size_and_are_many() -> None:
    rng = random.Random(3)
    inputs = [mutated(rng, SEEDS, 64) for _ in range(2000)]

    assert max(map(len, inputs)) == 64
    assert len(set(inputs)) > 1000


def test_something_comes_of_no_seeds_at_all() -> None:
    rng = random.Random(4)

    assert len({mutated(rng, [], 64) for _ in range(100)}) > 50


def test_a_finding_is_made_as_small_as_it_can_be() -> None:
    data = bytes(500) + b"~" + bytes(300)
    error = failure(breaks_on_a_tilde, data)

    assert error is not None
    assert minimised(breaks_on_a_tilde, data, signature(error)) == b"~"


def test_a_bug_is_kept_once_with_its_story(tmp_path: Path) -> None:
    findings = Findings(tmp_path, breaks_on_a_tilde)
    for data in (b"aa~", b"~bb"):
        error = failure(breaks_on_a_tilde, data)
        assert error is not None
        findings.add(data, error)

    kept = sorted(tmp_path.iterdir())
    assert len(findings) == 1
    assert [path.suffix for path in kept] == ["", ".txt"]
    assert kept[0].read_bytes() == b"~"
    assert "a tilde" in kept[1].read_text()


def test_too_much_memory_for_its_size_is_a_finding() -> None:
    check_memory(Hog(), bytes(500))
    with pytest.raises(TooExpensiveError, match="bytes of memory"):
        check_memory(Hog(), bytes(3000))


def test_too_much_time_for_its_size_is_a_finding() -> None:
    check_time(Hog(), bytes(10))
    with pytest.raises(TooExpensiveError, match="ms"):
        check_time(Hog(), bytes(10_000))


def test_the_input_under_way_outlives_its_worker(tmp_path: Path) -> None:
    with Progress(tmp_path / "progress") as worker:
        worker.begin(b"harmless and longer")
        worker.begin(b"guilty")

    with Progress(tmp_path / "progress") as campaign:
        assert campaign.cases == 2
        assert campaign.current == b"guilty"


def test_a_script_ends_with_its_input_or_with_patience() -> None:
    short, endless = Script(b"\x01\x02"), Script(bytes(10_000))
    while short.goes_on():
        short.byte()
    steps = 0
    while endless.goes_on():
        endless.byte()
        steps += 1

    assert (short.byte(), short.number(), short.block(3)) == (0, 0, bytes(3))
    assert steps == MAX_STEPS


def test_pieces_are_as_small_as_wanted_while_there_are_few() -> None:
    assert piece_size(1, 100, reads=0) == 1
    assert piece_size(0, 100, reads=0) == 100
    assert piece_size(1, 100, reads=10_000) == 100


def test_a_campaign_tries_as_many_cases_as_it_was_asked_for_and_finds_nothing_in_an_address() -> None:
    reported: list[str] = []

    outcomes = run(
        Plan(targets=["url"], cases=400, seconds=20, keep_seeds=False),
        lambda outcome: reported.append(outcome.engine),
    )

    assert sum(outcome.cases for outcome in outcomes) >= 400
    assert [path for outcome in outcomes for path in outcome.findings] == []
    assert "own" in reported


@pytest.mark.parametrize("name", target_names())
def test_a_target_takes_what_the_second_engine_makes_of_its_seeds(name: str) -> None:
    """A quick round in every test run; ``bootstrap.py fuzz`` is the long one."""
    target, rng = load_target(name), random.Random(name)
    pool = [path.read_bytes() for path in seeds(name)]
    found: dict[str, str] = {}
    for _ in range(60):
        case = mutated(rng, pool, 4096)
        if (error := failure(target.fuzz_one, case)) is not None:
            found[signature(error)] = case.hex()

    assert found == {}
