from __future__ import annotations

from tests.bench.engine.profile import parsed

REPORT = """\
# Overhead  Shared Object
# ........  .............
#
    68.07%  libx264-d6533a8d.so.165
    20.45%  libswscale-88e9f973.so.9.5.102
     4.77%  [kernel.kallsyms]
     1.41%  _multiarray_umath.cpython-311-x86_64-linux-gnu.so
     0.45%  libavcodec-5e6b81c2.so.62.28.102

"""


def test_a_profile_names_libraries_without_hash_and_version_and_leaves_crumbs_out() -> None:
    assert parsed(REPORT) == {
        "libx264": 68.07,
        "libswscale": 20.45,
        "kernel.kallsyms": 4.77,
        "_multiarray_umath": 1.41,
    }
