"""The filter of system calls, followed instruction by instruction as the kernel does."""

from __future__ import annotations

import struct

import pytest

from powerstream_desktop.library.workshop.confinement.call_filter import INSTRUCTION_BYTES, call_filter

X86_64, AARCH64 = 0xC000_003E, 0xC000_00B7
ALLOWED, REFUSED, ABSENT = 0x7FFF_0000, 0x0005_0001, 0x0005_0026
THREAD, CHILD = 0x3D_0F00, 0x11
"""What pthread_create and fork ask of clone."""
AUDIT = {"x86_64": X86_64, "aarch64": AARCH64}


def verdict(machine: str, number: int, argument: int = 0, processor: int | None = None) -> int:
    """Return what becomes of a call."""
    code = call_filter(machine)
    assert code is not None
    shown = struct.pack("=IIQQ", number, processor or AUDIT[machine], 0, argument)
    place, held = 0, 0
    while True:
        kind, yes, no, value = struct.unpack_from("=HBBI", code, place * INSTRUCTION_BYTES)
        match kind:
            case 0x20:
                held, jump = struct.unpack_from("=I", shown, value)[0], 0
            case 0x15:
                jump = yes if held == value else no
            case 0x35:
                jump = yes if held >= value else no
            case 0x45:
                jump = yes if held & value else no
            case _:
                assert kind == 0x06
                return int(value)
        place += 1 + jump


@pytest.mark.parametrize(
    ("machine", "calls"),
    [
        ("x86_64", {"socket": 41, "socketpair": 53, "connect": 42, "fork": 57, "vfork": 58, "execve": 59, "kill": 62, "ptrace": 101}),
        ("aarch64", {"socket": 198, "socketpair": 199, "connect": 203, "execve": 221, "kill": 129, "ptrace": 117}),
    ],
)  # fmt: skip
def test_no_call_leads_out_of_the_process(machine: str, calls: dict[str, int]) -> None:
    assert {name: verdict(machine, number) for name, number in calls.items()} == dict.fromkeys(calls, REFUSED)
    assert verdict(machine, 425) == REFUSED  # io_uring_setup


@pytest.mark.parametrize(
    ("machine", "ordinary"), [("x86_64", (0, 1, 9, 202, 257, 262)), ("aarch64", (56, 63, 64, 222, 98))]
)
def test_ordinary_calls_are_left_alone(machine: str, ordinary: tuple[int, ...]) -> None:
    assert {verdict(machine, number) for number in ordinary} == {ALLOWED}


@pytest.mark.parametrize(("machine", "clone"), [("x86_64", 56), ("aarch64", 220)])
def test_threads_can_be_started_and_processes_cannot(machine: str, clone: int) -> None:
    assert verdict(machine, clone, THREAD) == ALLOWED
    assert verdict(machine, clone, CHILD) == REFUSED
    assert verdict(machine, 435) == ABSENT


def test_calls_by_another_interface_are_refused() -> None:
    assert verdict("x86_64", 41 | 0x4000_0000) == REFUSED
    assert verdict("x86_64", 0, processor=0x4000_0003) == REFUSED  # numbered as on 32 bits


def test_there_is_no_filter_for_a_processor_whose_calls_are_not_known() -> None:
    assert call_filter("riscv64") is None
