"""What Windows calls a cost."""

from __future__ import annotations

import sys

import pytest

from powerstream_desktop.common.errors import SystemFault
from powerstream_desktop.service.network import windows


@pytest.mark.parametrize(
    ("cost", "is_metered"),
    [
        (0x0, False),
        (0x1, False),
        (0x2, True),
        (0x4, True),
        (0x2_0001, False),
        (0x4_0001, True),
        (0x8_0001, True),
        (0x1_0001, True),
    ],
)
def test_a_limit_a_price_by_the_byte_and_a_foreign_network_are_metered(cost: int, is_metered: bool) -> None:
    assert windows.is_metered_cost(cost) is is_metered


@pytest.mark.skipif(sys.platform == "win32", reason="there it is answered")
def test_elsewhere_windows_does_not_tell() -> None:
    with pytest.raises(SystemFault):
        windows.look()
