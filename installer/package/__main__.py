"""``bootstrap.py package``: the program's folder, its papers, the ``.deb``, and a trial of it on a clean Debian.

Run by the bootstrap, with ``POWERSTREAM_VENV`` naming an environment of its own: what only development needs would be packed otherwise.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from installer import environment
from installer.package.clean_root import CleanRoot, make_clean_root
from installer.package.debian import QUICK, lay_out, make_deb
from installer.package.freezing import draw_icons, freeze, say_weights
from installer.package.needed_libraries import depends_on, owners_of, system_needs
from installer.package.parts_list import digests_below, parts_list
from installer.package.product import Product, read_product
from installer.package.system_checks import check_for_desktops, check_windows_installer
from installer.package.system_parts import find_system_parts
from installer.package.third_parties import find_parts, write_texts
from installer.package.trial import try_package
from installer.steps import BootstrapError, step

PACKAGE_LOCK = environment.ROOT / "installer" / "requirements-package.lock"
BUILD = environment.ROOT / "build" / "package"


def main(arguments: Sequence[str]) -> int:
    """Make what the system that this runs on can make; return the exit code."""
    options = _parser().parse_args(arguments)
    try:
        environment.install_environment(PACKAGE_LOCK)
        product = read_product()
        BUILD.mkdir(parents=True, exist_ok=True)
        program = BUILD / "dist" / "powerstream"
        if not (options.reuse and program.is_dir()):
            draw_icons(BUILD / "icons")
            program = freeze(BUILD)
        say_weights(program)
        papers = write_papers(product, program)
        if sys.platform != "linux" or shutil.which("dpkg-deb") is None:
            print(f"{program} is ready for this system's packer: see installer/README.md.")
            return 0
        package, successor = pack(product, program, papers)
        if not options.no_trial:
            trial(package, successor)
    except BootstrapError as problem:
        print("\n".join([*(f"    {line}" for line in problem.tail), str(problem)]), flush=True)
        return problem.code
    print(f"{package}: {package.stat().st_size / 1e6:.0f} MB")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="bootstrap.py package", description=__doc__)
    parser.add_argument("--reuse", action="store_true", help="pack the program's folder that was made before")
    parser.add_argument("--no-trial", action="store_true", help="do not try the package on a clean Debian")
    return parser


def write_papers(product: Product, program: Path) -> Path:
    """Write licences and the list of parts; return their folder."""
    papers = BUILD / "papers"
    shutil.rmtree(papers, ignore_errors=True)
    with step("Writing licences and the list of parts"):
        parts = find_parts(_site_packages())
        systems = find_system_parts(program)
        write_texts(papers / "third-party", parts, systems)
        sbom = parts_list(product, parts, systems, digests_below(program))
        (papers / "powerstream.cdx.json").write_text(json.dumps(sbom, indent=1) + "\n", encoding="utf-8")
    print(
        f"It is made with {len(parts)} distributions from the registry and {len(systems)} of the system.",
        flush=True,
    )
    return papers


def _site_packages() -> Path:
    variables = {"base": str(environment.VENV), "platbase": str(environment.VENV)}
    return Path(sysconfig.get_path("purelib", scheme="venv", vars=variables))


def pack(product: Product, program: Path, papers: Path) -> tuple[Path, Path]:
    """Make the package, and one of the next version for the trial; return both files."""
    tree = BUILD / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    lay_out(tree, product, program=program, papers=papers, icons=BUILD / "icons")
    check_for_desktops(tree / "usr" / "share")
    check_windows_installer(product, BUILD / "icons")
    needs = system_needs(program)
    depends = depends_on(needs, owners_of(needs.libraries))
    print(f"It depends on {len(depends)} packages: {', '.join(depends)}.", flush=True)
    package = make_deb(tree, product, depends=depends, folder=BUILD)
    following = replace(product, version=f"{product.version}+next")
    shutil.rmtree(BUILD / "next", ignore_errors=True)
    (BUILD / "next").mkdir()
    (
        tree / "usr" / "share" / "doc" / "powerstream" / "changelog.gz"
    ).unlink()  # an upgrade takes away what is gone
    return package, make_deb(tree, following, depends=depends, folder=BUILD / "next", packing=QUICK)


def trial(package: Path, successor: Path) -> None:
    """Try the package on a clean Debian of this computer's release."""
    if os.geteuid() != 0 or shutil.which("mmdebstrap") is None:
        raise BootstrapError("A trial needs root and mmdebstrap; --no-trial leaves it out.", code=2)
    folder = BUILD / "clean-root"
    with step("Making a clean Debian"):
        make_clean_root(folder, platform.freedesktop_os_release()["VERSION_CODENAME"])
    with CleanRoot(folder) as root:
        try_package(root, package, successor)
    shutil.rmtree(folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
