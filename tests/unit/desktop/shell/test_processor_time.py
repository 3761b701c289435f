"""Whose fault it is that a thread was late."""

from __future__ import annotations

import sys
import threading
import time

import pytest

from powerstream_desktop.desktop.shell.processor_time import ProcessorAccount, SpentTime


def test_what_a_thread_computes_and_what_it_waits_for_is_its_own() -> None:
    assert SpentTime(computed_s=0.3).own_share_s(0.3) == pytest.approx(0.3)
    assert SpentTime(computed_s=0.0).own_share_s(0.3) == pytest.approx(0.3)


def test_what_the_machine_withheld_is_not() -> None:
    assert SpentTime(computed_s=0.1, kept_waiting_s=0.2).own_share_s(0.3) == pytest.approx(0.1)


def test_another_thread_that_got_no_processor_excuses_a_wait_and_no_computing() -> None:
    starved = SpentTime(computed_s=0.1, kept_waiting_s=0.05, others_kept_waiting_s=9.0)
    assert starved.own_share_s(0.3) == pytest.approx(0.1)
    busy = SpentTime(computed_s=0.3, others_kept_waiting_s=9.0)
    assert busy.own_share_s(0.3) == pytest.approx(0.3)
    a_little = SpentTime(computed_s=0.1, others_kept_waiting_s=0.05)
    assert a_little.own_share_s(0.3) == pytest.approx(0.25)


def test_where_nothing_is_told_all_of_it_is_its_own() -> None:
    assert SpentTime().own_share_s(0.3) == pytest.approx(0.3)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_the_account_tells_computing_from_waiting() -> None:
    account = ProcessorAccount()
    began = time.thread_time()
    while time.thread_time() - began < 0.05:
        pass
    assert account.since_last().computed_s >= 0.045
    threading.Event().wait(0.1)
    assert account.since_last().computed_s < 0.09


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells")
def test_the_others_are_counted_without_the_thread_itself() -> None:
    account, ending = ProcessorAccount(), threading.Event()
    other = threading.Thread(target=ending.wait)
    other.start()
    try:
        assert account.others_kept_waiting_s() >= 0.0
        assert account.since_last(0.2).others_kept_waiting_s == 0.2
    finally:
        ending.set()
        other.join()
