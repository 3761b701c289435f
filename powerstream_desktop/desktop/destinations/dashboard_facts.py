"""What the multistream dashboard shows besides what happens: everything that is kept for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from powerstream_desktop.client.catalogue import Platform, Profile, Station
from powerstream_desktop.client.client import Client
from powerstream_desktop.client.endpoints import Endpoint
from powerstream_desktop.desktop.destinations.platform_facts import CUSTOM


@dataclass(frozen=True, slots=True, kw_only=True)
class DashboardFacts:
    """All of it; ``endpoints`` with the highest priority first."""

    endpoints: tuple[Endpoint, ...] = ()
    profiles: tuple[Profile, ...] = ()
    stations: tuple[Station, ...] = ()
    platforms: tuple[Platform, ...] = ()

    @property
    def platform_names(self) -> Mapping[str, str]:
        """What platforms are called, by their ids."""
        return {each.id: each.name for each in self.platforms}

    def endpoint(self, endpoint_id: str) -> Endpoint | None:
        """Return an endpoint; None if there is none of this id."""
        return next((each for each in self.endpoints if each.id == endpoint_id), None)

    def label_of(self, endpoint: Endpoint) -> str:
        """Return what an endpoint is called in a word: its platform, and its name where the platform is there twice."""
        return endpoint_label(endpoint, self.endpoints, self.platform_names)


def endpoint_label(endpoint: Endpoint, all_endpoints: tuple[Endpoint, ...], names: Mapping[str, str]) -> str:
    """Return what an endpoint is called among others.

    Args:
        endpoint: the one.
        all_endpoints: it and the others.
        names: of platforms, by their ids.
    """
    platform = names.get(endpoint.platform, endpoint.platform)
    same = [each for each in all_endpoints if each.platform == endpoint.platform]
    if len(same) == 1 and endpoint.platform != CUSTOM:
        return platform
    return (
        endpoint.name
        if platform in endpoint.name or endpoint.platform == CUSTOM
        else f"{platform} {endpoint.name}"
    )


def gather(client: Client) -> DashboardFacts:
    """Ask for all of it; errors are those of ``ServiceLink.ask``."""
    return DashboardFacts(
        endpoints=client.endpoints.all(),
        profiles=client.profiles.all(),
        stations=client.stations.all(),
        platforms=client.platforms.all(),
    )
