from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from importlib.metadata import Distribution, PathDistribution
from pathlib import Path

import pytest

from installer import environment, steps, system_packages, verbs
from installer.steps import BootstrapError

ROOT = Path(__file__).resolve().parents[3]
BOOTSTRAP = ROOT / "installer" / "bootstrap.py"


def bootstrap(*arguments: str, venv: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(BOOTSTRAP), *arguments],
        env={"PATH": "/usr/bin:/bin", "POWERSTREAM_VENV": str(venv)},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )


# --- the command line -----------------------------------------------------------------------------------------------


def test_an_unknown_verb_is_answered_with_those_there_are(tmp_path: Path) -> None:
    finished = bootstrap("fly", venv=tmp_path / "venv")
    assert finished.returncode == 2
    assert (
        finished.stdout
        == "There is no verb 'fly'; there are: run, test, lint, bench, faults, fuzz, screenshots, reliability, package, bare-root.\n"
    )
    assert not (tmp_path / "venv").exists()


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["--help"], 0), (["-h"], 0)])
def test_without_a_verb_each_is_explained(arguments: list[str], code: int, tmp_path: Path) -> None:
    finished = bootstrap(*arguments, venv=tmp_path / "venv")
    assert finished.returncode == code
    assert all(f"\n  {name} " in finished.stdout for name in verbs.VERBS)


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("three years of work")
    finished = bootstrap("lint", venv=tmp_path)
    assert finished.returncode == 2
    assert "holds something else than a virtual environment" in finished.stdout
    assert (tmp_path / "thesis.txt").read_text() == "three years of work"


def test_an_old_python_can_read_the_file_that_turns_it_away() -> None:
    ast.parse(BOOTSTRAP.read_text("utf-8"), feature_version=(3, 7))


def test_an_old_python_gets_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from installer import bootstrap as script

    monkeypatch.setattr(sys, "version_info", (3, 10, 13))
    assert script.main() == 2
    assert "needs Python 3.11 or newer" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--rounds"], ["--rounds", "many"]])
def test_rounds_have_to_be_a_number(arguments: list[str]) -> None:
    with pytest.raises(BootstrapError, match="number") as caught:
        verbs.reliability(arguments)
    assert caught.value.code == 2


# --- steps ----------------------------------------------------------------------------------------------------------


def test_a_step_says_what_it_does_and_how_long_it_took(capsys: pytest.CaptureFixture[str]) -> None:
    with steps.step("Baking"):
        assert capsys.readouterr().out == "Baking ..."
    assert re.fullmatch(r" \d+\.\d s\n", capsys.readouterr().out)


def test_a_failed_step_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(BootstrapError), steps.step("Baking"):
        raise BootstrapError("The oven is cold.")
    assert capsys.readouterr().out == "Baking ... failed\n"


def test_of_a_long_log_the_end_is_kept() -> None:
    error = BootstrapError("It failed.", log="\n".join(map(str, range(100))))
    assert error.tail == [str(number) for number in range(100 - steps.TAIL_LINES, 100)]


# --- the system's packages ------------------------------------------------------------------------------------------


def test_a_package_provided_by_another_is_not_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    listing = """\
bash\tinstalled\t
libglib2.0-0t64\tinstalled\tlibglib2.0-0 (= 2.80.0-6), gobject-introspection-any
nginx\tconfig-files\thttpd
ffmpeg\tunpacked\t
"""
    monkeypatch.setattr(system_packages, "run", lambda command: (0, listing))
    wanted = ["bash", "libglib2.0-0", "nginx", "ffmpeg", "httpd", "xvfb"]
    assert system_packages.missing_packages(wanted) == ["nginx", "ffmpeg", "httpd", "xvfb"]


def test_where_there_is_no_apt_the_missing_programs_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: "/bin/ffmpeg" if name == "ffmpeg" else None)
    with pytest.raises(BootstrapError, match="not installed here: nginx, Xvfb") as caught:
        system_packages.install_system_packages(["nginx"], ["ffmpeg", "nginx", "Xvfb"])
    assert caught.value.code == 2


@pytest.fixture
def policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(system_packages, "POLICY", tmp_path / "policy-rc.d")
    return tmp_path / "policy-rc.d"


@pytest.mark.skipif(sys.platform == "win32", reason="runs a shell script, as Debian does")
def test_services_stay_off_while_packages_are_installed_and_only_then(policy: Path) -> None:
    with system_packages.services_stay_off():
        assert subprocess.run([policy], check=False).returncode == 101
    assert not policy.exists()


def test_the_policy_goes_away_when_the_installation_fails(policy: Path) -> None:
    with pytest.raises(KeyboardInterrupt), system_packages.services_stay_off():
        raise KeyboardInterrupt
    assert not policy.exists()


def test_a_policy_left_behind_by_a_killed_bootstrap_is_removed(policy: Path) -> None:
    policy.write_text(system_packages.POLICY_TEXT)
    with system_packages.services_stay_off():
        pass
    assert not policy.exists()


def test_the_administrators_policy_is_left_alone(policy: Path) -> None:
    policy.write_text("#!/bin/sh\nexit 0\n")
    with system_packages.services_stay_off():
        assert policy.read_text() == "#!/bin/sh\nexit 0\n"
    assert policy.read_text() == "#!/bin/sh\nexit 0\n"


Output = tuple[int, str]


class FakeApt:
    """Answers apt-get and dpkg by a script: for each program, its answers in order; the last repeats."""

    def __init__(self, **answers: list[Output]) -> None:
        self.answers = answers
        self.commands: list[str] = []

    def run(self, command: Sequence[str], *, environment: Mapping[str, str] | None = None) -> Output:
        verb = next((part for part in command if part in self.answers), "")
        self.commands.append(verb or command[0])
        queue = self.answers.get(verb, [(0, "")])
        return queue.pop(0) if len(queue) > 1 else queue[0]


def test_an_interrupted_dpkg_is_mended_first(policy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    apt = FakeApt(
        update=[(0, "")], install=[(100, "E: you must manually run 'dpkg --configure -a'"), (0, "")]
    )
    monkeypatch.setattr(system_packages, "run", apt.run)
    system_packages.apt_install(["xvfb"])
    assert apt.commands == ["update", "install", "dpkg", "install"]


def test_nginx_is_not_left_enabled(policy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    apt = FakeApt()
    monkeypatch.setattr(system_packages, "run", apt.run)
    system_packages.apt_install(["nginx", "xvfb"])
    assert apt.commands[-1] == "update-rc.d"


@pytest.mark.parametrize(
    ("log", "sentence"),
    [
        ("E: Failed to fetch http://deb.example/x  Could not resolve 'deb.example'", "check the network"),
        ("E: You don't have enough free space in /var/cache/apt/archives/.", "disk is full"),
        ("E: Unmet dependencies", "apt-get could not install"),
    ],
)
def test_apts_failure_becomes_a_sentence(
    log: str, sentence: str, policy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(system_packages, "run", FakeApt(install=[(100, log)]).run)
    with pytest.raises(BootstrapError, match=sentence) as caught:
        system_packages.apt_install(["xvfb"])
    assert caught.value.tail == [log]


# --- the virtual environment ----------------------------------------------------------------------------------------


class FakeEnvironment:
    """Stands in for everything slow, and remembers what was asked of it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, venv: Path) -> None:
        self.done: list[str] = []
        venv.mkdir()
        monkeypatch.setattr(environment, "STAMP", venv / "stamp.json")
        monkeypatch.setattr(environment, "_venv_works", lambda: True)
        monkeypatch.setattr(environment, "make_venv", lambda: self.done.append("venv"))
        monkeypatch.setattr(environment, "install_lock", lambda lock: self.done.append(lock.name))
        monkeypatch.setattr(environment, "install_project", lambda files: self.done.append("project"))

    def install(self, lock: Path) -> list[str]:
        self.done.clear()
        environment.install_environment(lock)
        return self.done.copy()


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FakeEnvironment:
    return FakeEnvironment(monkeypatch, tmp_path / "venv")


RUNTIME, DEV = environment.RUNTIME_LOCK, environment.DEV_LOCK


def test_what_is_installed_is_not_installed_again(fake: FakeEnvironment) -> None:
    assert fake.install(RUNTIME) == ["venv", "requirements.lock", "project"]
    assert fake.install(RUNTIME) == []


def test_tests_after_a_run_add_the_development_packages(fake: FakeEnvironment) -> None:
    fake.install(RUNTIME)
    assert fake.install(DEV) == ["requirements-dev.lock", "project"]


def test_a_run_after_tests_installs_nothing(fake: FakeEnvironment) -> None:
    fake.install(DEV)
    assert fake.install(RUNTIME) == []
    assert fake.install(DEV) == []


def test_an_interrupted_installation_is_done_again(
    fake: FakeEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(lock: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(environment, "install_lock", interrupted)
        with pytest.raises(KeyboardInterrupt):
            fake.install(RUNTIME)
    assert fake.install(RUNTIME) == ["venv", "requirements.lock", "project"]


def test_a_changed_lock_file_is_installed(
    fake: FakeEnvironment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fake.install(RUNTIME)
    changed = tmp_path / RUNTIME.name
    changed.write_bytes(RUNTIME.read_bytes() + b"# changed\n")
    monkeypatch.setattr(environment, "RUNTIME_LOCK", changed)
    assert fake.install(changed) == ["requirements.lock", "project"]


def test_changed_entry_points_are_linked_without_installing_anything_else(
    fake: FakeEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.install(RUNTIME)
    monkeypatch.setattr(environment, "project_files", lambda: {"other.pth": "elsewhere"})
    assert fake.install(RUNTIME) == ["project"]


def test_another_python_gets_another_environment(
    fake: FakeEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake.install(RUNTIME)
    monkeypatch.setattr(sys, "version_info", (3, 99, 0))
    assert fake.install(RUNTIME) == ["venv", "requirements.lock", "project"]


@pytest.mark.parametrize("content", ["", "{", "[1]", '"x"', "\x00"])
def test_a_damaged_stamp_counts_as_none(content: str, fake: FakeEnvironment) -> None:
    environment.STAMP.write_text(content)
    assert fake.install(RUNTIME) == ["venv", "requirements.lock", "project"]


@pytest.mark.parametrize(
    ("log", "sentence"),
    [
        ("ERROR: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "nothing was installed"),
        (
            "WARNING: Retrying ... NewConnectionError\nERROR: No matching distribution found for x",
            "check the network",
        ),
        ("ERROR: No matching distribution found for x", "does not exist for this system"),
        ("ERROR: something else", "pip could not install"),
    ],
)
def test_pips_failure_becomes_a_sentence(log: str, sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment, "pip", lambda *arguments: (1, log))
    with pytest.raises(BootstrapError, match=sentence):
        environment.install_lock(RUNTIME)


def test_what_is_for_other_systems_only_is_taken_away_before_something_shares_its_files(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[list[str]] = []

    def pip(*words: str | Path) -> tuple[int, str]:
        asked.append([str(word) for word in words])
        return 0, ""

    monkeypatch.setattr(environment, "pip", pip)
    environment.install_lock(RUNTIME)
    first, second = asked
    assert first == ["uninstall", "--yes", *environment.names_for_other_systems(RUNTIME.read_text("utf-8"))]
    assert second[0] == "install"


@pytest.mark.parametrize(
    ("platform", "wanted", "other"),
    [
        ("linux", "opencv-python-headless", "opencv-python"),
        ("win32", "opencv-python", "opencv-python-headless"),
        ("darwin", "opencv-python", "opencv-python-headless"),
    ],
)
def test_each_system_has_one_opencv(platform: str, wanted: str, other: str) -> None:
    others = environment.names_for_other_systems(RUNTIME.read_text("utf-8"), platform)
    assert other in others
    assert wanted not in others


@pytest.mark.parametrize(
    ("platform", "others"), [("linux", ["a", "c"]), ("win32", ["b"]), ("darwin", ["a", "b"])]
)
def test_a_lock_tells_what_is_for_other_systems(platform: str, others: list[str]) -> None:
    lock = """\
a==1 ; sys_platform == 'win32' \\
    --hash=sha256:0
b==1 ; sys_platform == 'linux' \\
c==1 ; sys_platform != 'linux' \\
d==1 ; python_full_version >= '3.12' and sys_platform == 'win32' \\
e==1 \\
"""
    assert environment.names_for_other_systems(lock, platform) == others


def test_the_project_is_linked_as_a_wheel_with_its_command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What pip is given is unpacked here, and read back by Python's own reader of installed packages."""

    def unpack(*arguments: str | Path) -> Output:
        if arguments[0] == "install":
            zipfile.ZipFile(arguments[-1]).extractall(tmp_path)
        return 0, ""

    monkeypatch.setattr(environment, "pip", unpack)
    environment.install_project(environment.project_files())
    (info,) = tmp_path.glob("*.dist-info")
    installed: Distribution = PathDistribution(info)
    assert installed.metadata["Name"] == "powerstream-desktop"
    assert [(script.name, script.value) for script in installed.entry_points] == [
        ("powerstream", "powerstream_desktop.cli.main:main")
    ]
    assert any(requirement.startswith("av") for requirement in installed.requires or [])
    assert all(Path(file.locate()).exists() for file in installed.files or [])
    assert (tmp_path / "powerstream_desktop.pth").read_text() == f"{ROOT}\n"
