"""The trial's own judgement: one that misses what went wrong would prove nothing."""

from __future__ import annotations

import pytest

from installer.package.trial import wait_until, what_stays
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
