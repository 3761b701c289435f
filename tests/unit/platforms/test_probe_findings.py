"""What a probe means for somebody who is about to go live."""

from __future__ import annotations

import pytest

from powerstream_desktop.platforms.failures import Failure, FailureKind
from powerstream_desktop.platforms.findings import Severity
from powerstream_desktop.platforms.probe_findings import CERTIFICATE_SOON_DAYS, Probes, judge_probes
from powerstream_desktop.platforms.probe_result import ProbeResult, ProbeStage, StageResult
from tests.unit.platforms.endpoints import CATALOGUE

CUSTOM = CATALOGUE.platform("custom")


def probe(failure: Failure | None = None, *, days_left: int | None = None) -> ProbeResult:
    stages = (StageResult(stage=ProbeStage.DNS, ok=failure is None, took_ms=1),)
    return ProbeResult(
        server="rtmps://h/app", stages=stages, failure=failure, certificate_days_left=days_left
    )


WELL = probe()
NAMELESS = probe(Failure(FailureKind.DNS))


def test_a_server_that_is_well_is_nothing_to_talk_about() -> None:
    assert judge_probes(Probes(server=WELL, backup=WELL), "Mine", CUSTOM) == ()


@pytest.mark.parametrize("kind", FailureKind)
def test_every_failure_is_an_error_in_the_words_of_the_light(kind: FailureKind) -> None:
    [finding] = judge_probes(Probes(server=probe(Failure(kind))), "Mine", CUSTOM)
    assert (finding.severity, finding.code, finding.destination) == (Severity.ERROR, kind.value, "Mine")
    assert "Mine" in finding.sentence
    assert finding.remedy


def test_a_backup_that_fails_is_a_warning_and_is_called_one() -> None:
    [finding] = judge_probes(Probes(server=WELL, backup=NAMELESS), "Mine", CUSTOM)
    assert (finding.severity, finding.destination) == (Severity.WARNING, "Mine")
    assert finding.sentence == "The server name of Mine (backup) was not found."


def test_what_the_server_said_and_the_platforms_page_are_told() -> None:
    refusal = Failure(FailureKind.CONNECT_REJECTED, "NetConnection.Connect.InvalidApp: no such app")
    twitch = CATALOGUE.platform("twitch")
    [finding] = judge_probes(Probes(server=probe(refusal)), "Mine", twitch)
    assert finding.sentence.endswith(" It said: NetConnection.Connect.InvalidApp: no such app")
    assert finding.remedy.endswith(f" {twitch.help_url}")


@pytest.mark.parametrize(
    ("days_left", "words"), [(0, "within a day"), (1, "in 1 day"), (CERTIFICATE_SOON_DAYS, "in 3 days")]
)
def test_a_certificate_at_its_end_is_a_warning(days_left: int, words: str) -> None:
    [finding] = judge_probes(Probes(server=probe(days_left=days_left)), "Mine", CUSTOM)
    assert (finding.severity, finding.code) == (Severity.WARNING, "certificate-ends")
    assert finding.sentence == f"The certificate of Mine ends {words}."


@pytest.mark.parametrize("days_left", [None, CERTIFICATE_SOON_DAYS + 1, 90])
def test_a_certificate_that_is_good_for_some_days_is_not_talked_about(days_left: int | None) -> None:
    assert judge_probes(Probes(server=probe(days_left=days_left)), "Mine", CUSTOM) == ()
