"""The rows of the fault matrix (reliability_security.md 2.5): what each is called, what is promised, and how it is played.

A row is a generator function. It prepares its servers, yields the entries it wants in the destinations file, goes on when the
broadcast is under way, does its worst, and returns its verdict. A row without a broadcast in the common setting yields nothing
of the kind: it is a plain function.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass

from tests.faults.scene import Destination, Scene


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was measured, in words with figures, and whether it is what was promised."""

    measured: str
    kept: bool


class NotPossibleHere(Exception):  # noqa: N818 - it is no error
    """This machine does not permit what a row needs; the message says what."""


Play = Generator[list[Destination], None, Verdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row.

    Attributes:
        id: as in the reference, "F01".
        fault: what happens.
        promised: what the product promises for it.
        play: the generator function of a row in the common setting.
        alone: the function of a row that has a setting of its own.
        group: rows of the same group share a broadcast in the quick form.
        bystanders: whether the common rule's three healthy destinations are there; False if the fault hits all.
        network: whether it needs network name spaces of its own.
        minutes: how long the full form takes, about; the longest are played first.
        may_say: pattern of what the relay, or Python beneath it, may complain about because the fault provokes it.
    """

    id: str
    fault: str
    promised: str
    play: Callable[[Scene], Play] | None = None
    alone: Callable[[Scene], Verdict] | None = None
    group: str
    bystanders: bool = True
    network: bool = False
    minutes: float = 1.0
    may_say: str = ""


def row(
    id: str,  # noqa: A002 - it is one
    fault: str,
    *,
    promised: str,
    group: str = "",
    bystanders: bool = True,
    minutes: float = 1.0,
    may_say: str = "",
) -> Callable[[Callable[[Scene], Play]], Row]:
    """Make a generator function a row in the common setting; without a ``group`` it has a broadcast of its own."""

    def make(play: Callable[[Scene], Play]) -> Row:
        return Row(
            id=id,
            fault=fault,
            promised=promised,
            play=play,
            group=group or id,
            bystanders=bystanders,
            minutes=minutes,
            may_say=may_say,
        )

    return make


def row_alone(
    id: str,  # noqa: A002 - it is one
    fault: str,
    *,
    promised: str,
) -> Callable[[Callable[[Scene], Verdict]], Row]:
    """Make a function a row with a setting of its own."""

    def make(alone: Callable[[Scene], Verdict]) -> Row:
        return Row(id=id, fault=fault, promised=promised, alone=alone, group=id, bystanders=False)

    return make
