"""The pre-flight report: everything that can be known of the destinations before anybody goes live (broadcasters.md 6 #5).

Pure: a plan goes in, with what the servers answered if anybody asked them; one report comes out. No report holds a key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from powerstream_desktop.platforms.catalogue import Catalogue
from powerstream_desktop.platforms.endpoint import Rendition, RTMPEndpoint
from powerstream_desktop.platforms.findings import Finding, Severity
from powerstream_desktop.platforms.keys import judge_keys
from powerstream_desktop.platforms.limits import Ceiling, EncodePlan, judge_encode, strictest
from powerstream_desktop.platforms.probe_findings import Probes, judge_probes
from powerstream_desktop.platforms.upload_budget import (
    UploadBudget,
    UploadFigure,
    judge_upload,
    upload_budget,
)

NOBODY_ASKED: Mapping[str, Probes] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class PreflightPlan:
    """What is going to be broadcast.

    Attributes:
        endpoints: the enabled ones, in the user's order.
        today: the user's date, to tell the age of keys.
        encodes: one for each rendition that is going to be sent; none when an external encoder decides.
        upload: what the line gives; None when that is not known.
    """

    endpoints: tuple[RTMPEndpoint, ...]
    today: date
    encodes: tuple[EncodePlan, ...] = ()
    upload: UploadFigure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationReport:
    """What is known of one destination.

    Attributes:
        name: what the user calls it.
        platform: the platform's id.
        findings: what was found about it, the worst first.
        probes: how its servers answered; None when nobody asked them.
    """

    name: str
    platform: str
    findings: tuple[Finding, ...]
    probes: Probes | None = None

    @property
    def ready(self) -> bool:
        """True when nothing was found that cannot work."""
        return not _has_error(self.findings)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreflightReport:
    """What is known of a whole broadcast.

    Attributes:
        destinations: in the user's order.
        findings: what is not about one destination alone, the worst first.
        limits: for each planned rendition the lowest ceilings, each with the platform that sets it.
        budget: the upload that is needed.
        upload: what the line gives; None when that is not known.
    """

    destinations: tuple[DestinationReport, ...]
    findings: tuple[Finding, ...]
    limits: Mapping[Rendition, tuple[Ceiling, ...]]
    budget: UploadBudget
    upload: UploadFigure | None

    @property
    def ok(self) -> bool:
        """True when nothing was found that cannot work."""
        return not _has_error(self.all_findings)

    @property
    def ready(self) -> tuple[str, ...]:
        """The names of the destinations that are ready."""
        return tuple(each.name for each in self.destinations if each.ready)

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """Every finding: first what is about all, then each destination's."""
        return (*self.findings, *(finding for each in self.destinations for finding in each.findings))


def preflight_report(
    plan: PreflightPlan, catalogue: Catalogue, probes: Mapping[str, Probes] = NOBODY_ASKED
) -> PreflightReport:
    """Look at a plan with every rule there is.

    Args:
        plan: what is going to be broadcast.
        catalogue: what is known of the platforms.
        probes: how the servers answered, by the destination's name; those that nobody asked are missing.
    """
    budget = upload_budget(plan.endpoints, plan.encodes)
    found = [
        *judge_upload(budget, plan.upload),
        *judge_keys(plan.endpoints, catalogue, plan.today),
        *_judge_renditions(plan),
    ]
    for encode in plan.encodes:
        found += judge_encode(encode, plan.endpoints, catalogue)
    for endpoint in plan.endpoints:
        if endpoint.name in probes:
            platform = catalogue.platform(endpoint.platform)
            found += judge_probes(probes[endpoint.name], endpoint.name, platform)
    return PreflightReport(
        destinations=tuple(
            DestinationReport(
                name=endpoint.name,
                platform=endpoint.platform,
                findings=_worst_first(each for each in found if each.destination == endpoint.name),
                probes=probes.get(endpoint.name),
            )
            for endpoint in plan.endpoints
        ),
        findings=_worst_first(each for each in found if each.destination is None),
        limits=_limits(plan, catalogue),
        budget=budget,
        upload=plan.upload,
    )


def _judge_renditions(plan: PreflightPlan) -> Iterable[Finding]:
    """Yield who would wait for a rendition that is not going to be sent; an external encoder may send any."""
    sent = {encode.rendition for encode in plan.encodes}
    for endpoint in plan.endpoints:
        if sent and endpoint.rendition not in sent:
            yield Finding(
                severity=Severity.WARNING,
                code="no-rendition",
                sentence=f"{endpoint.name} takes the {endpoint.rendition} rendition, which is not going to be sent.",
                remedy="Let it take the other one.",
                destination=endpoint.name,
            )


def _limits(plan: PreflightPlan, catalogue: Catalogue) -> Mapping[Rendition, tuple[Ceiling, ...]]:
    limits = {}
    for encode in plan.encodes:
        takers = (each for each in plan.endpoints if each.rendition is encode.rendition)
        limits[encode.rendition] = strictest((catalogue.platform(each.platform) for each in takers), encode)
    return MappingProxyType(limits)


_WEIGHT = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def _worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: _WEIGHT[finding.severity]))


def _has_error(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)
