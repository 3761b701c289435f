"""Pre-flight: asks the servers of a plan, all at once, and hands the answers to the rules. Never publishes anything."""

from __future__ import annotations

from powerstream_desktop.platforms.catalogue import Catalogue
from powerstream_desktop.platforms.endpoint import BackupUse, RTMPEndpoint
from powerstream_desktop.platforms.keys import SHORTEST_TELLING_KEY
from powerstream_desktop.platforms.preflight import PreflightPlan, PreflightReport, preflight_report
from powerstream_desktop.platforms.probe_findings import Probes
from powerstream_desktop.relay.probe.probe import Prober
from powerstream_desktop.rtmp.url import RTMPURL, looks_like_key_in_url


async def run_preflight(plan: PreflightPlan, catalogue: Catalogue, prober: Prober) -> PreflightReport:
    """Return a report with a probe of every server; at most 15 s.

    A server whose address seems to hold a key is not asked: the address goes out with ``connect``, and no key may.
    """
    asked = [endpoint for endpoint in plan.endpoints if not _holds_key(endpoint.server, endpoint)]
    backups = {each.name: server for each in asked if (server := _used_backup(each)) is not None}
    answers = iter(await prober.probe_all([*(endpoint.server for endpoint in asked), *backups.values()]))
    of_servers = {endpoint.name: next(answers) for endpoint in asked}
    of_backups = {name: next(answers) for name in backups}
    probes = {name: Probes(server=answer, backup=of_backups.get(name)) for name, answer in of_servers.items()}
    return preflight_report(plan, catalogue, probes)


def _used_backup(endpoint: RTMPEndpoint) -> RTMPURL | None:
    server = endpoint.backup_server
    if server is None or endpoint.backup_use is BackupUse.OFF or _holds_key(server, endpoint):
        return None
    return server


def _holds_key(server: RTMPURL, endpoint: RTMPEndpoint) -> bool:
    key = endpoint.stream_key.reveal()
    return looks_like_key_in_url(server.tc_url) or (len(key) >= SHORTEST_TELLING_KEY and key in server.app)
