from __future__ import annotations

from powerstream_desktop.engine.encoders.watch import EncoderWatch, Trouble

FPS, DELAY = 10, 5


def watch() -> EncoderWatch:
    return EncoderWatch(fps=FPS, delay=DELAY)


def pass_slots(watched: EncoderWatch, count: int) -> None:
    for _ in range(count):
        watched.slot_passed()


def test_a_call_that_does_not_return_for_a_second_while_the_program_goes_on_is_hung() -> None:
    watched = watch()
    watched.given(0, 100.0)
    pass_slots(watched, 9)
    assert watched.trouble(100.95) is None
    pass_slots(watched, 1)
    assert watched.trouble(101.0) is Trouble.HUNG


def test_the_second_begins_with_the_answer_before() -> None:
    watched = watch()
    watched.given(0, 100.0)
    watched.given(1, 100.1)
    pass_slots(watched, 9)
    watched.answered(1, 100.9)
    pass_slots(watched, 9)
    assert watched.trouble(101.8) is None
    pass_slots(watched, 1)
    assert watched.trouble(101.9) is Trouble.HUNG


def test_a_computer_that_slept_for_an_hour_does_not_blame_its_encoder() -> None:
    watched = watch()
    watched.given(0, 100.0)
    pass_slots(watched, 1)
    assert watched.trouble(3700.0) is None


def test_nothing_given_is_nothing_wrong() -> None:
    watched = watch()
    pass_slots(watched, 1000)
    assert watched.trouble(1000.0) is None


def swallow(watched: EncoderWatch, count: int) -> None:
    for slot in range(count):
        watched.given(slot, 100.0)
        watched.answered(0, 100.0)


def test_before_the_first_packet_the_look_ahead_is_allowed_for() -> None:
    watched = watch()
    swallow(watched, FPS + DELAY)
    assert watched.trouble(100.0) is None
    swallow(watched, 1)
    assert watched.trouble(100.0) is Trouble.SILENT


def test_afterwards_a_second_of_pictures_without_a_packet_is_silence() -> None:
    watched = watch()
    watched.given(0, 100.0)
    watched.answered(1, 100.0)
    swallow(watched, FPS)
    assert watched.trouble(100.0) is None
    swallow(watched, 1)
    assert watched.trouble(100.0) is Trouble.SILENT


def test_pictures_wait_for_a_second_of_the_program_and_no_longer() -> None:
    watched = watch()
    assert watched.may_take(0)
    watched.given(0, 100.0)
    assert watched.may_take(FPS - 1)
    assert not watched.may_take(FPS)
    watched.answered(0, 100.0)
    assert watched.may_take(FPS)


def test_it_counts_what_waits_and_what_is_held() -> None:
    watched = watch()
    for slot in range(3):
        watched.given(slot, 100.0)
    watched.answered(0, 100.0)
    watched.answered(1, 100.0)
    assert (watched.waiting, watched.held) == (1, 2)
