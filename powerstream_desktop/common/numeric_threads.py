"""How many threads numpy's libraries may start: none.

They start one for each processor when they are loaded, and those spin for a while after every product of matrices. Ours have two
rows: a thread gains nothing there, and takes a processor from the encoder.
"""

from __future__ import annotations

import os
from typing import Final

_VARIABLES: Final = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
"""As they are called by numpy's own wheels, by those of distributions, by Intel's, and by Apple's library."""


def keep_numpy_on_one_thread() -> None:
    """Let numpy compute on the thread that calls it, in this process and its children; before numpy is loaded."""
    for variable in _VARIABLES:
        os.environ[variable] = "1"
