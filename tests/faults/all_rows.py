"""All rows of the fault matrix, in the order of their names."""

from __future__ import annotations

from tests.faults.matrix import Row
from tests.faults.rows import (
    accelerated,
    certificates,
    cuts,
    moves,
    network,
    pressure,
    refusals,
    shared_parts,
)

_MODULES = (accelerated, certificates, cuts, moves, network, pressure, refusals, shared_parts)

ROWS: dict[str, Row] = {
    row.id: row
    for row in sorted(
        (value for module in _MODULES for value in vars(module).values() if isinstance(value, Row)),
        key=lambda row: row.id,
    )
}
