"""Offering to take replays out of the bin again."""

from __future__ import annotations

from powerstream_desktop.client.cloud import Sync
from powerstream_desktop.desktop.kit.buttons import Button
from powerstream_desktop.desktop.replays.deeds import Binned
from powerstream_desktop.desktop.replays.undo_bar import SHOWN_MS, UndoBar
from tests.unit.desktop.driver import click, control, show, wait_for
from tests.unit.desktop.language.speaking import speaking
from tests.unit.desktop.replays.fake_client import asset

SERVICE_WAITS_MS = 30_000


def binned(number: int) -> Binned:
    return Binned(asset=asset(number), undo_token=f"token {number}")


def test_what_is_offered_is_the_last_that_went_into_the_bin() -> None:
    bar = show(UndoBar(), 600)
    wanted: list[tuple[Binned, ...]] = []
    bar.undo_wanted.connect(wanted.append)
    bar.show_binned((binned(1),))
    bar.show_binned((binned(2), binned(3)))
    click(control(bar, "Undo", Button))
    assert wanted == [(binned(2), binned(3))]
    assert not bar.isVisible()


def test_it_goes_by_itself_and_before_the_service_would_refuse() -> None:
    bar = show(UndoBar(shown_ms=1), 600)
    bar.show_binned((binned(1),))
    wait_for(lambda: not bar.isVisible())
    assert SHOWN_MS < SERVICE_WAITS_MS / 2


def test_it_can_be_closed() -> None:
    bar = show(UndoBar(), 600)
    bar.show_binned((binned(1),))
    click(control(bar, "Close this notice"))
    assert not bar.isVisible()


def test_what_goes_from_other_computers_too_says_so() -> None:
    shared = Binned(asset=asset(2, sync=Sync(state="synced")), undo_token="token 2")
    with speaking("en"):
        bar = show(UndoBar(), 600)
        bar.show_binned((binned(1),))
        assert bar.accessibleName() == "“Show 1” is in the bin."
        bar.show_binned((binned(1), shared))
        assert bar.accessibleName() == "2 replays are in the bin. On other computers, too."
