"""What the probes of a destination's servers mean for somebody who is about to go live."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from powerstream_desktop.platforms.causes import explain
from powerstream_desktop.platforms.findings import Finding, Severity
from powerstream_desktop.platforms.platform import Platform
from powerstream_desktop.platforms.probe_result import ProbeResult

CERTIFICATE_SOON_DAYS = 3
"""A certificate that ends so soon should have been renewed by now, however short-lived its service makes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Probes:
    """The probes of one destination: of its server, and of its second ingest if that is to be used."""

    server: ProbeResult
    backup: ProbeResult | None = None


def judge_probes(probes: Probes, destination_name: str, platform: Platform) -> tuple[Finding, ...]:
    """Return what the probes of a destination mean; a second ingest that fails leaves the first one, and is a warning."""
    findings = list(_judge(probes.server, destination_name, destination_name, platform, Severity.ERROR))
    if probes.backup is not None:
        shown_name = f"{destination_name} (backup)"
        findings += _judge(probes.backup, destination_name, shown_name, platform, Severity.WARNING)
    return tuple(findings)


def _judge(
    probe: ProbeResult, destination_name: str, shown_name: str, platform: Platform, severity: Severity
) -> Iterator[Finding]:
    if probe.failure is not None:
        cause = explain(probe.failure, shown_name, platform)
        said = f" It said: {cause.detail}" if cause.detail else ""
        where = f" {cause.help_url}" if cause.help_url else ""
        yield Finding(
            severity=severity,
            code=cause.code,
            sentence=cause.sentence + said,
            remedy=cause.remedy + where,
            destination=destination_name,
        )
    days = probe.certificate_days_left
    if days is not None and days <= CERTIFICATE_SOON_DAYS:
        yield Finding(
            severity=Severity.WARNING,
            code="certificate-ends",
            sentence=f"The certificate of {shown_name} ends {_in_days(days)}.",
            remedy="Unless the service renews it, no connection can be made after that.",
            destination=destination_name,
        )


def _in_days(days: int) -> str:
    return {0: "within a day", 1: "in 1 day"}.get(days, f"in {days} days")
