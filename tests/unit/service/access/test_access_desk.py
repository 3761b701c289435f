"""The desk: what it says is done is on the disk, and a disk that refuses lets nobody in."""

from __future__ import annotations

import asyncio
import stat
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from powerstream_desktop.common.errors import SystemFault, UserError
from powerstream_desktop.service.access.access_desk import AccessDesk
from powerstream_desktop.service.access.pairing import CODE_LIFE_S, Pairing, PairingState
from powerstream_desktop.service.access.record_file import FILE_NAME, load_record, save_record
from powerstream_desktop.service.access.scope import Scope
from powerstream_desktop.service.access.token_record import MAX_DEVICES, new_record
from powerstream_desktop.service.access.tokens import BadTokenError, TokenAuthority

NOW = 1_790_000_000.0


class Desk:
    """A desk with its authority and its clock."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        self.now = 100.0
        self.authority = TokenAuthority(load_record(self.path))
        self.desk = AccessDesk(
            self.authority,
            self.path,
            pairing=Pairing(lambda: "123456"),
            clock=lambda: self.now,
            wall_clock=lambda: NOW,
        )

    async def let_in(self, name: str = "Tablet", scope: Scope = Scope.CONTROL) -> tuple[str, str]:
        """Pair a device; return its id and its token."""
        paired = await self.desk.pair(self.desk.open_pairing(scope).reveal(), name)
        assert paired is not None
        return paired.device.token_id, paired.token.reveal()


def at_desk(folder: Path, story: Callable[[Desk], Awaitable[None]]) -> None:
    async def run() -> None:
        await story(Desk(folder))

    asyncio.run(run())


def test_who_was_let_in_is_let_in_after_a_restart(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        id_, token = await desk.let_in()
        again = Desk(tmp_path)
        caller = again.authority.verify(token, NOW)
        assert (caller.device, caller.scope, caller.token_id) == ("Tablet", Scope.CONTROL, id_)
        assert [each.name for each in again.desk.devices] == ["Tablet"]

    at_desk(tmp_path, story)


def test_who_was_put_out_is_out_at_once_and_after_a_restart(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        id_, token = await desk.let_in()
        assert await desk.desk.put_out(id_)
        assert not await desk.desk.put_out(id_)
        for each in (desk, Desk(tmp_path)):
            with pytest.raises(BadTokenError):
                each.authority.verify(token, NOW)

    at_desk(tmp_path, story)


def test_who_is_inside_stays_until_put_out_or_the_time_is_over(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        id_, token = await desk.let_in()
        device = desk.authority.verify(token, NOW)
        window = desk.authority.verify(desk.authority.token_of_this_run(NOW).reveal(), NOW)
        assert desk.desk.lets_in(device)
        await desk.desk.put_out(id_)
        assert not desk.desk.lets_in(device)
        assert desk.desk.lets_in(window)
        assert not desk.desk.lets_in(replace(window, scope=Scope.CONTROL))

    at_desk(tmp_path, story)


def test_tokens_stay_good_when_the_key_is_changed(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        _, before = await desk.let_in("Before")
        await desk.desk.rotate()
        _, after = await desk.let_in("After")
        again = Desk(tmp_path)
        assert [again.authority.verify(token, NOW).device for token in (before, after)] == ["Before", "After"]

    at_desk(tmp_path, story)


def test_a_code_serves_once_and_for_two_minutes(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        await desk.let_in()
        assert desk.desk.pairing.state is PairingState.PAIRED
        assert await desk.desk.pair("123456", "Another") is None
        desk.desk.open_pairing(Scope.READ)
        desk.now += CODE_LIFE_S - 1
        assert desk.desk.pairing.seconds_left == pytest.approx(1)
        desk.now += 1
        assert await desk.desk.pair("123456", "Another") is None
        assert (desk.desk.pairing.state, desk.desk.pairing.seconds_left) == (PairingState.EXPIRED, 0)

    at_desk(tmp_path, story)


def test_three_wrong_codes_end_it(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.desk.open_pairing(Scope.READ)
        for wrong in ("000000", "", "1234567"):
            assert await desk.desk.pair(wrong, "Guesser") is None
        assert desk.desk.pairing.state is PairingState.SPENT
        assert await desk.desk.pair("123456", "Guesser") is None
        assert not desk.path.exists()

    at_desk(tmp_path, story)


def test_nobody_is_let_in_once_the_pairing_is_closed(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.desk.open_pairing(Scope.READ)
        desk.desk.close_pairing()
        desk.desk.close_pairing()
        assert await desk.desk.pair("123456", "Late") is None

    at_desk(tmp_path, story)


def test_another_device_is_never_allowed_to_let_devices_in(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        with pytest.raises(UserError):
            desk.desk.open_pairing(Scope.ADMIN)

    at_desk(tmp_path, story)


def test_no_code_is_shown_that_could_let_nobody_in(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        for number in range(MAX_DEVICES):
            desk.authority.pair(f"Device {number}", Scope.READ, NOW)
        with pytest.raises(UserError):
            desk.desk.open_pairing(Scope.READ)

    at_desk(tmp_path, story)


def test_a_disk_that_refuses_lets_nobody_in(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        desk.path.mkdir()  # nothing can be written in its place
        code = desk.desk.open_pairing(Scope.READ).reveal()
        with pytest.raises(SystemFault):
            await desk.desk.pair(code, "Tablet")
        assert desk.desk.devices == ()

    at_desk(tmp_path, story)


def test_changes_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        ids = [(await desk.let_in(f"Device {number}"))[0] for number in range(6)]
        await asyncio.gather(*(desk.desk.put_out(each) for each in ids[:5]), desk.desk.rotate())
        assert [each.name for each in Desk(tmp_path).desk.devices] == ["Device 5"]

    at_desk(tmp_path, story)


@pytest.mark.skipif(sys.platform == "win32", reason="the profile folder's access list keeps others out")
def test_the_record_is_this_users_alone(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    save_record(path, new_record())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.allow_warning_logs
@pytest.mark.skipif(sys.platform == "win32", reason="the profile folder's access list keeps others out")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o602])
def test_a_record_that_others_could_read_or_write_lets_nobody_in(tmp_path: Path, mode: int) -> None:
    async def story(desk: Desk) -> None:
        _, token = await desk.let_in()
        desk.path.chmod(mode)
        with pytest.raises(BadTokenError):
            Desk(tmp_path).authority.verify(token, NOW)

    at_desk(tmp_path, story)


@pytest.mark.allow_warning_logs
def test_what_is_no_record_lets_nobody_in(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.mkdir()
    assert load_record(path).devices == ()
    path.rmdir()
    path.touch(0o600)
    path.write_bytes(b"\xff\x00 nonsense")
    assert load_record(path).devices == ()


@pytest.mark.allow_warning_logs
@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_in_the_records_place_is_not_followed(tmp_path: Path) -> None:
    async def story(desk: Desk) -> None:
        _, token = await desk.let_in()
        desk.path.rename(tmp_path / "elsewhere")
        desk.path.symlink_to(tmp_path / "elsewhere")
        with pytest.raises(BadTokenError):
            Desk(tmp_path).authority.verify(token, NOW)

    at_desk(tmp_path, story)
