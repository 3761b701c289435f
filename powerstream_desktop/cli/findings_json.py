"""Findings as JSON values, with the field names of the HTTP API (DESIGN 7)."""

from __future__ import annotations

from typing import Any

from powerstream_desktop.platforms.findings import Finding


def finding_object(finding: Finding) -> dict[str, Any]:
    """Return one finding."""
    return {
        "severity": finding.severity.value,
        "code": finding.code,
        "message": finding.sentence,
        "hint": finding.remedy,
        "destination": finding.destination,
    }


def notice_object(finding: Finding) -> dict[str, Any]:
    """Return a line of ``--json`` that tells a finding."""
    return {"type": "notice"} | finding_object(finding)
