from __future__ import annotations

import pytest

from powerstream_desktop.common.errors import (
    BugError,
    Fault,
    PeerError,
    PowerStreamError,
    SystemFault,
    UserError,
)


@pytest.mark.parametrize(
    ("kind", "fault"),
    [
        (UserError, Fault.USER),
        (SystemFault, Fault.SYSTEM),
        (PeerError, Fault.PEER),
        (BugError, Fault.BUG),
        (PowerStreamError, Fault.BUG),
    ],
)
def test_each_kind_says_whose_fault_it_was(kind: type[PowerStreamError], fault: Fault) -> None:
    assert kind("It failed.").fault is fault


def test_the_text_is_title_and_hint_without_the_detail() -> None:
    error = SystemFault("The disk is full.", hint="Free some space.", detail="ENOSPC on fd 7")
    assert str(error) == "The disk is full. Free some space."
    assert error.detail == "ENOSPC on fd 7"


def test_without_a_hint_the_text_is_the_title() -> None:
    assert str(UserError("The key is wrong.")) == "The key is wrong."


def test_a_peer_error_carries_a_code() -> None:
    assert PeerError("Refused.").code == "peer"
    assert PeerError("Refused.", code="bad_name").code == "bad_name"
