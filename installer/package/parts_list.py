"""The list of parts (SBOM) in CycloneDX 1.6: for machines that look for known faults. Pure but for reading the files it sums."""

from __future__ import annotations

import hashlib
import re
import sys
import time
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from installer.package.product import Product
from installer.package.system_parts import SystemPart
from installer.package.third_parties import Part

_NAMESPACE: Final = uuid.UUID("6f3c2e0e-3d39-4a51-8f77-6c7e2a1d5b10")
"""Made up once, so that the same release has the same serial number."""
_LIBRARY = re.compile(r"\.(so(\.\w+)*|dylib|dll|pyd)$")
"""Versions may end in a letter, as those of an old OpenSSL do."""


def digests_below(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each library below the program's folder, by its path there."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if _LIBRARY.search(path.name)
    }


def parts_list(
    product: Product, parts: Sequence[Part], systems: Sequence[SystemPart], libraries: Mapping[str, str]
) -> dict[str, Any]:
    """Return the list of parts, ready to be written as JSON.

    Args:
        product: the release.
        parts: the distributions in it.
        systems: the system's packages of which libraries are in it.
        libraries: SHA-256 of each native library in it, by its path.
    """
    python = {
        "type": "platform",
        "bom-ref": "python",
        "name": "python",
        "version": sys.version.split()[0],
        "licenses": [{"license": {"id": "PSF-2.0"}}],
    }
    components = [python, *map(_component, parts), *map(_system_component, systems)]
    files = [
        {
            "type": "file",
            "bom-ref": f"file:{path}",
            "name": path,
            "hashes": [{"alg": "SHA-256", "content": digest}],
        }
        for path, digest in sorted(libraries.items())
    ]
    content = f"{product.name} {product.version} {product.built_at_s} {sorted(libraries.items())}"
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_NAMESPACE, content)}",
        "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(product.built_at_s)),
            "component": {
                "type": "application",
                "bom-ref": product.name,
                "name": product.name,
                "version": product.version,
                "licenses": [{"expression": product.licence}],
            },
        },
        "components": [*components, *files],
        "dependencies": [
            {"ref": product.name, "dependsOn": [component["bom-ref"] for component in components]}
        ],
    }


def _component(part: Part) -> dict[str, Any]:
    address = f"pkg:pypi/{part.name}@{part.version}"
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": address,
        "name": part.name,
        "version": part.version,
        "purl": address,
        "licenses": [
            {"expression": part.licence} if part.is_spdx else {"license": {"name": part.licence}},
        ],
    }
    if part.home_page:
        component["externalReferences"] = [{"type": "website", "url": part.home_page}]
    inside = [_inner(part, *each) for each in part.parts if canonical_differs(part.name, each[0])]
    if inside:
        component["components"] = inside
    return component


def _system_component(part: SystemPart) -> dict[str, Any]:
    address = f"pkg:deb/{part.system}/{part.name}@{quote(part.version)}"
    return {
        "type": "library",
        "bom-ref": address,
        "name": part.name,
        "version": part.version,
        "purl": address,
        "licenses": [{"license": {"name": "see its text"}}],
    }


def canonical_differs(name: str, inner: str) -> bool:
    """Return whether a part that is named inside a distribution is not the distribution itself."""
    return re.sub(r"[-_.]+", "-", inner).lower() != name


def _inner(part: Part, name: str, version: str, address: str) -> dict[str, Any]:
    inner = {"type": "library", "bom-ref": f"{part.name}/{name}@{version}", "name": name, "version": version}
    # Addresses of an author's own build folders lead nowhere.
    return {**inner, "purl": address} if address and "file://" not in address else inner
