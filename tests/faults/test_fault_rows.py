"""The quick form of every row of the fault matrix: its promise, and the common rule for everybody else."""

from __future__ import annotations

import pytest

from tests.faults.all_rows import ROWS
from tests.faults.fault_matrix import play_matrix
from tests.faults.result import Result
from tests.faults.result_table import complaints
from tests.faults.scene import Form

pytestmark = pytest.mark.exacting

WHOLE_MATRIX_S = 240

Matrix = dict[str, Result]


@pytest.fixture(scope="module")
def matrix(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Matrix:
    """Results of the rows that were chosen, all played before the first is looked at: they share broadcasts."""
    chosen = {
        item.callspec.params.get("row_id") for item in request.session.items if hasattr(item, "callspec")
    }
    rows = [row for row in ROWS.values() if row.id in chosen]
    results = play_matrix(rows, tmp_path_factory.mktemp("faults"), Form.QUICK)
    return {result.id: result for result in results}


@pytest.mark.timeout(WHOLE_MATRIX_S)
@pytest.mark.parametrize("row_id", ROWS)
def test_what_is_promised_for_a_fault_is_kept(matrix: Matrix, row_id: str) -> None:
    row, result = ROWS[row_id], matrix[row_id]
    if result.skipped:
        pytest.skip(result.measured)

    assert result.kept, f"{row_id}, {row.fault}: promised: {row.promised}; measured: {result.measured}"
    assert list(complaints(result)) == [], f"{row_id}, {row.fault}: the common rule was broken"
