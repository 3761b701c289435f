"""What an event leads to, and what is said of one that cannot be."""

from __future__ import annotations

from enum import Enum

import pytest

from powerstream_desktop.common.errors import BugError
from powerstream_desktop.common.transitions import state_after


class Door(Enum):
    OPEN = "open"
    SHUT = "shut"
    GONE = "gone"


class Push(Enum):
    HARD = "hard"
    SOFT = "soft"


TABLE = {Door.OPEN: {Push.HARD: Door.SHUT}, Door.SHUT: {Push.HARD: Door.OPEN}}


def test_the_table_says_what_comes_next() -> None:
    assert state_after(TABLE, Door.OPEN, Push.HARD, of="A door") is Door.SHUT


@pytest.mark.parametrize("state", Door)
def test_what_the_table_does_not_know_is_a_bug_with_its_names(state: Door) -> None:
    with pytest.raises(BugError, match="A door got into a state that cannot be") as found:
        state_after(TABLE, state, Push.SOFT, of="A door")
    assert found.value.detail == f"soft while {state.value}"
