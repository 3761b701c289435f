"""A look at everything a broadcast would go to, before anybody goes live."""

from __future__ import annotations

from dataclasses import dataclass

from powerstream_desktop.client.link import ServiceLink
from powerstream_desktop.client.reading import Words
from powerstream_desktop.client.request import SLOW_S, Request, path_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that a look at keys, limits, servers or the stream brought up.

    Attributes:
        severity: ``error``, ``warning`` or ``note``.
        destination: name of the one it is about; None if it is about all.
    """

    severity: str
    code: str
    message: str
    hint: str = ""
    destination: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationReport:
    """What is known of one destination.

    Attributes:
        is_ready: nothing was found that cannot work.
    """

    name: str
    platform: str
    is_ready: bool
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PreflightReport:
    """What was found.

    Attributes:
        is_ready: nothing was found that cannot work.
        ready: names of the destinations that are ready.
        findings: what is not about one destination alone.
    """

    words: Words
    is_ready: bool
    ready: tuple[str, ...] = ()
    destinations: tuple[DestinationReport, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def all_findings(self) -> tuple[Finding, ...]:
        """What was found of all and of each."""
        return self.findings + tuple(each for report in self.destinations for each in report.findings)


class Preflight:
    """The route ``/api/preflight``. Errors are those of ``ServiceLink.ask``."""

    def __init__(self, link: ServiceLink) -> None:
        self._link = link

    def look(
        self,
        *,
        station_id: str | None = None,
        profile_id: str | None = None,
        selected_endpoints: tuple[str, ...] | None = None,
        source: str | None = None,
    ) -> PreflightReport:
        """Look at all destinations of a broadcast, chosen as for its start; publishes nothing, and takes 15 s at most.

        Args:
            station_id: what would be on air.
            profile_id: a named choice of endpoints.
            selected_endpoints: ids.
            source: who would publish; None for the studio. What an external encoder sends is not known, and not judged.
        """
        query = {
            "stationId": station_id,
            "profileId": profile_id,
            "selectedEndpoints": selected_endpoints,
            "source": source,
        }
        request = Request(method="GET", path=path_of("preflight"), query=query, read_s=SLOW_S)
        return self._link.read(request, PreflightReport, "report")
