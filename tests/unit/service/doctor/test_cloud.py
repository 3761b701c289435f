"""The doctor's look at the cloud: nobody is asked where no store was chosen, and whatever is wrong comes with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from powerstream_desktop.service.doctor.check import Level, Verdict
from powerstream_desktop.service.doctor.cloud import CloudFindings, Told, kept_options, look_at_cloud
from powerstream_desktop.service.settings.cloud_options import CloudKind, CloudOptions
from powerstream_desktop.service.settings.settings_file import FILE_NAME, SettingsFile

HOST = "https://replays.example.com"
CHOSEN = CloudOptions(kind=CloudKind.S3)
GOOD = Verdict(sentence="Replays can be kept in the cloud store s3/shows.")


def nobody() -> CloudFindings:
    raise AssertionError("the network was asked")


def look(**findings: object) -> tuple[Verdict, ...]:
    found = CloudFindings(**{"place": "s3/shows", "is_good": True, **findings})  # type: ignore[arg-type]
    return look_at_cloud(CHOSEN, lambda: found)


def test_nobody_is_asked_where_no_store_was_chosen() -> None:
    [verdict] = look_at_cloud(CloudOptions(backend_url=HOST), nobody)
    assert verdict.level is Level.OK


def test_a_store_that_works_is_all_that_is_said() -> None:
    assert look() == (GOOD,)


def test_what_is_wrong_is_a_warning_with_what_to_do() -> None:
    told = (Told(sentence="It may not be listed.", remedy="Allow it."), Told(sentence="The clocks differ."))
    verdicts = look(is_good=False, told=told)
    assert [(each.level, each.sentence) for each in verdicts] == [
        (Level.WARNING, "It may not be listed."),
        (Level.WARNING, "The clocks differ."),
    ]
    assert all(each.remedy for each in verdicts)


def test_a_server_that_was_chosen_is_told_of_too() -> None:
    assert look(server=HOST) == (
        GOOD,
        Verdict(sentence=f"The PowerStream server {HOST} can be told of replays."),
    )
    bad = look(server=HOST, server_trouble=Told(sentence="It does not let us in.", remedy="Enter a token."))
    assert bad == (
        GOOD,
        Verdict(level=Level.WARNING, sentence="It does not let us in.", remedy="Enter a token."),
    )


@pytest.mark.parametrize(
    ("skew_s", "is_said"), [(59.0, False), (-59.0, False), (600.0, True), (-600.0, True)]
)
def test_a_clock_that_differs_is_said(skew_s: float, is_said: bool) -> None:
    verdicts = look(server=HOST, server_clock_offset_s=skew_s)
    assert any("differ by 10 minutes" in each.sentence for each in verdicts) == is_said


def test_settings_are_read_and_never_touched(tmp_path: Path) -> None:
    assert kept_options(tmp_path).kind is CloudKind.OFF
    SettingsFile(tmp_path, lambda: 0.0).change({"cloud.kind": "folder"})
    assert kept_options(tmp_path).kind is CloudKind.FOLDER
    (tmp_path / FILE_NAME).write_bytes(b"\xff damaged")
    assert kept_options(tmp_path).kind is CloudKind.OFF
    assert [each.name for each in tmp_path.iterdir()] == [FILE_NAME]
