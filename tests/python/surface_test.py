"""What the package shows: documented, complete, and of one piece."""

import inspect
import sys
import subprocess

import libtodo
import pytest

PUBLIC = sorted(libtodo.__all__)


def public_members(cls):
    return [(name, member) for name, member in vars(cls).items()
            if not name.startswith("_") and (callable(member) or isinstance(member, property)
                                             or inspect.isgetsetdescriptor(member)
                                             or isinstance(member, staticmethod))]


@pytest.mark.parametrize("name", PUBLIC)
def test_everything_public_is_there_and_has_a_docstring(name):
    public = getattr(libtodo, name)
    if not callable(public):
        return
    assert inspect.getdoc(public)
    if inspect.isclass(public) and not issubclass(public, BaseException):
        for member_name, member in public_members(public):
            assert inspect.getdoc(member), f"{name}.{member_name}"


def test_nothing_public_is_left_out():
    shown = {name for name, value in vars(libtodo).items() if not name.startswith("_")
             and not inspect.ismodule(value)} - {"annotations"}
    assert shown == set(PUBLIC)


def test_the_version_is_that_of_the_package():
    from importlib.metadata import PackageNotFoundError, version
    try:
        installed = version("libtodo")
    except PackageNotFoundError:
        pytest.skip("the package is not installed")
    assert libtodo.__version__ == installed


def test_a_subinterpreter_is_refused():
    code = ("import _xxsubinterpreters as s\n"
            "try: s.run_string(s.create(), 'import libtodo')\n"
            "except Exception as error: print(error)")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0
    assert "ImportError" in done.stdout or "ModuleNotFoundError" in done.stderr
