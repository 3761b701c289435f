"""A pre-flight report as one JSON object, with field names like those of the HTTP API (DESIGN 7)."""

from __future__ import annotations

from typing import Any

from powerstream_desktop.cli.findings_json import finding_object
from powerstream_desktop.platforms.preflight import DestinationReport, PreflightReport
from powerstream_desktop.platforms.probe_result import ProbeResult


def preflight_object(report: PreflightReport) -> dict[str, Any]:
    """Return the whole report."""
    return {
        "type": "preflight",
        "ok": report.ok,
        "ready": list(report.ready),
        "destinations": [_destination(each) for each in report.destinations],
        "findings": [finding_object(each) for each in report.findings],
        "limits": {
            rendition.value: [
                {
                    "code": ceiling.measure.code,
                    "max": ceiling.setting,
                    "platform": ceiling.platform,
                }
                for ceiling in ceilings
            ]
            for rendition, ceilings in report.limits.items()
        },
        "upload": {
            "streams": len(report.budget.stream_kbps) + len(report.budget.backup_kbps),
            "payloadKbps": report.budget.payload_kbps,
            "neededKbps": report.budget.needed_kbps,
            "availableKbps": report.upload.kbps if report.upload is not None else None,
            "origin": report.upload.origin.value if report.upload is not None else None,
        },
    }


def _destination(destination: DestinationReport) -> dict[str, Any]:
    probes = destination.probes
    return {
        "name": destination.name,
        "platform": destination.platform,
        "ready": destination.ready,
        "findings": [finding_object(each) for each in destination.findings],
        "server": _probe(probes.server) if probes is not None else None,
        "backupServer": _probe(probes.backup) if probes is not None and probes.backup is not None else None,
    }


def _probe(probe: ProbeResult) -> dict[str, Any]:
    return {
        "serverUrl": probe.server,
        "ok": probe.ok,
        "error": probe.failure.kind.value if probe.failure is not None else None,
        "address": probe.address or None,
        "stages": [
            {"stage": each.stage.value, "ok": each.ok, "tookMs": each.took_ms} for each in probe.stages
        ],
        "tlsVersion": probe.tls_version or None,
        "certificateDaysLeft": probe.certificate_days_left,
        "serverVersion": probe.server_version or None,
    }
