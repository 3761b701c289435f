"""The report of everything that can be known before anybody goes live."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from powerstream_desktop.platforms.endpoint import Rendition, RTMPEndpoint
from powerstream_desktop.platforms.failures import Failure, FailureKind
from powerstream_desktop.platforms.findings import Severity
from powerstream_desktop.platforms.limits import EncodePlan, Measure
from powerstream_desktop.platforms.preflight import PreflightPlan, PreflightReport, preflight_report
from powerstream_desktop.platforms.probe_findings import Probes
from powerstream_desktop.platforms.probe_result import ProbeResult
from powerstream_desktop.platforms.upload_budget import UploadFigure, UploadOrigin
from tests.unit.platforms.endpoints import CATALOGUE, endpoint
from tests.unit.platforms.test_probe_findings import NAMELESS, WELL

TODAY = date(2026, 9, 1)
ENCODE = EncodePlan(width=1920, height=1080, fps=60, video_kbps=6000, audio_kbps=128)
TWITCH = endpoint("twitch", name="Tw")
YOUTUBE = endpoint("youtube", name="Yt")
PLENTY = UploadFigure(kbps=100_000, origin=UploadOrigin.STATED)


def report(
    *endpoints: RTMPEndpoint,
    encodes: tuple[EncodePlan, ...] = (ENCODE,),
    upload: UploadFigure | None = PLENTY,
    probes: dict[str, ProbeResult] | None = None,
) -> PreflightReport:
    plan = PreflightPlan(endpoints=endpoints, today=TODAY, encodes=encodes, upload=upload)
    asked = {name: Probes(server=result) for name, result in (probes or {}).items()}
    return preflight_report(plan, CATALOGUE, asked)


def test_a_good_plan_is_ready_without_a_word() -> None:
    good = report(TWITCH, YOUTUBE, probes={"Tw": WELL, "Yt": WELL})
    assert good.ok
    assert good.ready == ("Tw", "Yt")
    assert good.all_findings == ()


def test_one_server_that_fails_leaves_the_others_ready() -> None:
    partly = report(TWITCH, YOUTUBE, probes={"Tw": NAMELESS, "Yt": WELL})
    assert not partly.ok
    assert partly.ready == ("Yt",)
    assert [finding.code for finding in partly.destinations[0].findings] == ["dns"]
    assert partly.destinations[0].probes == Probes(server=NAMELESS)


def test_a_destination_that_nobody_asked_is_judged_by_its_rules_alone() -> None:
    assert report(TWITCH).destinations[0].probes is None
    assert report(TWITCH).ok


def test_a_warning_does_not_stop_anybody() -> None:
    warned = report(endpoint("twitch", "no-key-of-twitch", name="Tw"))
    assert [finding.severity for finding in warned.all_findings] == [Severity.WARNING]
    assert warned.ok
    assert warned.ready == ("Tw",)


def test_what_concerns_all_stops_all_and_is_told_first() -> None:
    poor = report(TWITCH, upload=UploadFigure(kbps=1_000, origin=UploadOrigin.STATED))
    assert not poor.ok
    assert poor.ready == ("Tw",)
    assert [finding.code for finding in poor.findings] == ["upload-too-small"]
    assert poor.all_findings[0] == poor.findings[0]


def test_the_worst_is_told_first() -> None:
    bad = report(endpoint("twitch", "no-key-of-twitch", name="Tw"), probes={"Tw": NAMELESS})
    assert [finding.severity for finding in bad.destinations[0].findings] == [
        Severity.ERROR,
        Severity.WARNING,
    ]


def test_the_strictest_platform_is_named_for_each_measure() -> None:
    ceilings = {each.measure: each for each in report(TWITCH, YOUTUBE).limits[Rendition.LANDSCAPE]}
    assert (ceilings[Measure.VIDEO].value, ceilings[Measure.VIDEO].platform) == (6000, "Twitch")
    assert (ceilings[Measure.AUDIO].value, ceilings[Measure.AUDIO].platform) == (160, "YouTube")


def test_a_destination_whose_rendition_is_not_sent_is_told() -> None:
    upright = endpoint("custom", name="Tk", rendition=Rendition.PORTRAIT)
    [finding] = report(upright).all_findings
    assert (finding.severity, finding.code, finding.destination) == (Severity.WARNING, "no-rendition", "Tk")
    assert finding.sentence == "Tk takes the portrait rendition, which is not going to be sent."


def test_an_external_encoder_may_send_anything_so_nothing_is_said_of_renditions_limits_and_upload() -> None:
    upright = endpoint("custom", name="Tk", rendition=Rendition.PORTRAIT)
    unplanned = report(upright, TWITCH, encodes=(), upload=None)
    assert unplanned.all_findings == ()
    assert unplanned.limits == {}


def test_a_second_ingest_that_fails_leaves_its_destination_ready() -> None:
    plan = PreflightPlan(endpoints=(YOUTUBE,), today=TODAY, encodes=(ENCODE,), upload=PLENTY)
    warned = preflight_report(plan, CATALOGUE, {"Yt": Probes(server=WELL, backup=NAMELESS)})
    assert warned.ready == ("Yt",)
    assert [finding.severity for finding in warned.all_findings] == [Severity.WARNING]


@given(
    st.text(st.characters(categories=("L", "N", "P")), min_size=12, max_size=40), st.sampled_from(FailureKind)
)
def test_no_report_holds_a_key(text: str, kind: FailureKind) -> None:
    key = f"CANARY-{text}"
    echo = ProbeResult(server="rtmp://h/app", stages=(), failure=Failure(kind, f"no such key {key}"))
    told = report(endpoint("twitch", key, name="A"), endpoint("twitch", key, name="B"), probes={"A": echo})
    assert told.all_findings
    shown = [f"{each.sentence} {each.remedy}" for each in told.all_findings]
    assert not [words for words in shown if "CANARY" in words]
