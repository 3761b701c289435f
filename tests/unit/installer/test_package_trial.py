"""The trial's own judgement: one that misses what went wrong would prove nothing."""

from __future__ import annotations

import pytest

from installer.package.clean_root import CleanRoot
from installer.package.trial import REHEARSALS, ask_doctor, wait_until, what_stays
from installer.steps import BootstrapError


def test_a_file_of_the_program_that_stays_is_found() -> None:
    after = {"/bin", "/opt", "/opt/powerstream", "/opt/powerstream/lib.so", "/etc/powerstream.conf"}
    assert what_stays({"/bin", "/opt"}, after) == [
        "/etc/powerstream.conf",
        "/opt/powerstream",
        "/opt/powerstream/lib.so",
    ]


def test_the_users_files_and_the_package_managers_may_stay() -> None:
    after = {"/home/anna/Videos/show.mp4", "/var/lib/dpkg/status-old", "/var/cache/apt/pkgcache.bin"}
    assert what_stays(set(), after) == []


def test_another_users_folder_is_none_of_the_users() -> None:
    assert what_stays(set(), {"/home/bob/.config/powerstream"}) == ["/home/bob/.config/powerstream"]


def test_waiting_ends_as_soon_as_it_is_so_and_else_with_what_was_not() -> None:
    answers = iter([True])
    wait_until(lambda: next(answers), "it never was", patience_s=0)
    with pytest.raises(BootstrapError, match="it never was"):
        wait_until(lambda: False, "it never was", patience_s=-1)


class AnsweringRoot(CleanRoot):
    """A root without a system: each command gets the next answer."""

    def __init__(self, *answers: tuple[int, str]) -> None:
        self.answers = list(answers)

    def run(self, *words: str, user: str = "", display: str = "") -> tuple[int, str]:
        return self.answers.pop(0)


SLOW = (1, "Nobody knows whether the encoder libx264 works: It did not answer within 20 s.")


def test_the_doctor_is_asked_again_where_only_the_machine_was_too_slow() -> None:
    root = AnsweringRoot(SLOW, (0, "No problem."), (1, "never asked"))
    ask_doctor(root)
    assert len(root.answers) == 1


@pytest.mark.parametrize(
    "answers", [[(1, "The program is damaged."), (0, "")], [*[SLOW] * REHEARSALS, (0, "")]]
)
def test_a_problem_that_is_none_of_the_machines_speed_ends_the_trial(answers: list[tuple[int, str]]) -> None:
    root = AnsweringRoot(*answers)
    with pytest.raises(BootstrapError, match="doctor has found a problem"):
        ask_doctor(root)
    assert root.answers == [(0, "")]
