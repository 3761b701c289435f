"""When the backup ingest is wanted (reliability_security.md 2.2)."""

from __future__ import annotations

import pytest

from powerstream_desktop.platforms.endpoint import BackupUse
from powerstream_desktop.relay.destination.backup_policy import DOWN_S, HELD_S, BackupPolicy


class Warm(BackupPolicy):
    """A warm backup whose main server a test switches on and off."""

    def at(
        self,
        now: float,
        *,
        up: bool,
        refused: bool = False,
        use: BackupUse = BackupUse.WARM,
        carries: bool = False,
    ) -> bool:
        return self.look(use, now, main_carries=up, main_refused=refused, backup_carries=carries)


@pytest.fixture
def backup() -> Warm:
    return Warm()


def test_a_short_outage_does_not_call_for_the_backup(backup: Warm) -> None:
    assert not backup.at(0.0, up=True)
    assert not backup.at(1.0, up=False)
    assert not backup.at(1.0 + DOWN_S - 0.1, up=False)
    assert not backup.at(4.0, up=True)
    assert not backup.at(5.0, up=False)


def test_after_three_seconds_it_is_wanted(backup: Warm) -> None:
    backup.at(1.0, up=False)
    assert backup.at(1.0 + DOWN_S, up=False)


def test_it_goes_on_until_the_main_server_has_held_for_half_a_minute(backup: Warm) -> None:
    backup.at(0.0, up=False)
    assert backup.at(DOWN_S, up=False)
    assert backup.at(10.0, up=True)
    assert backup.at(10.0 + HELD_S - 0.1, up=True)
    assert not backup.at(10.0 + HELD_S, up=True)


def test_a_main_server_that_breaks_again_has_to_hold_anew(backup: Warm) -> None:
    backup.at(0.0, up=False)
    backup.at(DOWN_S, up=False)
    backup.at(10.0, up=True)
    assert backup.at(30.0, up=False)
    assert backup.at(31.0, up=True)
    assert backup.at(31.0 + HELD_S - 0.1, up=True)
    assert not backup.at(31.0 + HELD_S, up=True)


def test_one_that_is_about_to_leave_stays_when_the_main_server_falls_again(backup: Warm) -> None:
    backup.at(0.0, up=False)
    backup.at(DOWN_S, up=False)
    backup.at(10.0, up=True, carries=True)
    assert not backup.at(10.0 + HELD_S, up=True, carries=True)
    assert backup.at(10.5 + HELD_S, up=False, carries=True)
    assert backup.at(11.0 + HELD_S, up=True, carries=True)


def test_a_refused_key_does_not_call_for_the_backup_but_does_not_end_it_either(backup: Warm) -> None:
    backup.at(0.0, up=False, refused=True)
    assert not backup.at(60.0, up=False, refused=True)
    assert backup.at(61.0, up=False)
    assert backup.at(62.0, up=False, refused=True)


def test_a_new_broadcast_has_no_past(backup: Warm) -> None:
    backup.at(0.0, up=False)
    assert backup.at(DOWN_S, up=False)
    backup.forget()
    assert not backup.at(100.0, up=False)


@pytest.mark.parametrize(("use", "wanted"), [(BackupUse.HOT, True), (BackupUse.OFF, False)])
@pytest.mark.parametrize("up", [True, False])
def test_hot_is_always_and_off_is_never(backup: Warm, use: BackupUse, wanted: bool, up: bool) -> None:
    assert backup.at(0.0, up=up, use=use) is wanted
    assert backup.at(60.0, up=up, use=use) is wanted
