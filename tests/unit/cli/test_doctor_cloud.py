"""What the doctor makes of the service's answers about the cloud."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from powerstream_desktop.cli.doctor_cloud import find_out
from powerstream_desktop.client.cloud import (
    CloudServer,
    CloudStanding,
    ServerTrial,
    Trial,
    TrialAdvice,
    TrialStep,
    Trouble,
)
from powerstream_desktop.service.doctor.cloud import CloudFindings, Told

TROUBLE = Trouble(code="logged_out", sentence="It does not let us in.", remedy="Enter a token.")
STANDING = CloudStanding(words={}, state="idle", place="s3/shows")
SERVED = CloudStanding(words={}, state="idle", place="s3/shows", server=CloudServer(address="https://r"))
GOOD = Trial(words={}, is_good=True, steps=(TrialStep(name="write", is_good=True),))


def cloud(standing: CloudStanding, trial: Trial = GOOD, server: ServerTrial | None = None) -> Any:
    return SimpleNamespace(standing=lambda: standing, test=lambda _: trial, try_server=lambda: server)


def test_a_store_that_is_not_set_up_is_not_tried() -> None:
    standing = CloudStanding(words={}, state="incomplete", trouble=TROUBLE)
    nobody = SimpleNamespace(standing=lambda: standing)
    assert find_out(nobody) == CloudFindings(  # type: ignore[arg-type]
        place="", is_good=False, told=(Told(sentence=TROUBLE.sentence, remedy=TROUBLE.remedy),)
    )


def test_steps_that_failed_and_what_could_be_better_are_told_and_what_was_not_tried_is_not() -> None:
    trial = Trial(
        words={},
        is_good=False,
        steps=(
            TrialStep(name="write", is_good=True),
            TrialStep(name="list", is_good=False, sentence="It may not.", remedy="Allow it."),
            TrialStep(name="delete", is_good=False, was_tried=False, sentence="Not tried."),
        ),
        advice=(TrialAdvice(sentence="The clocks differ.", remedy="Set them."),),
    )
    assert find_out(cloud(STANDING, trial)) == CloudFindings(
        place="s3/shows",
        is_good=False,
        told=(
            Told(sentence="It may not.", remedy="Allow it."),
            Told(sentence="The clocks differ.", remedy="Set them."),
        ),
    )


def test_a_link_that_does_not_open_is_said_once() -> None:
    link = TrialStep(name="link", is_good=False, sentence="It does not open.", remedy="Enter the address.")
    advice = TrialAdvice(sentence="Nobody can watch by a link.", remedy="Enter the address.")
    both = Trial(words={}, is_good=True, steps=(link,), advice=(advice,))
    assert [each.sentence for each in find_out(cloud(STANDING, both)).told] == ["Nobody can watch by a link."]
    alone = Trial(words={}, is_good=True, steps=(link,))
    assert [each.sentence for each in find_out(cloud(STANDING, alone)).told] == ["It does not open."]


def test_a_server_that_was_chosen_is_asked() -> None:
    good = ServerTrial(words={}, is_good=True, clock_offset_seconds=7.0)
    found = find_out(cloud(SERVED, GOOD, good))
    assert (found.server, found.server_trouble, found.server_clock_offset_s) == ("https://r", None, 7.0)
    bad = ServerTrial(words={}, is_good=False, trouble=TROUBLE)
    assert find_out(cloud(SERVED, GOOD, bad)).server_trouble == Told(
        sentence=TROUBLE.sentence, remedy=TROUBLE.remedy
    )
