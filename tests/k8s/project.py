"""What the tests of k8s/ read: the image, the manifests, and what the server says of itself."""

import re
from pathlib import Path
from typing import Any

import yaml

import dockerfile

ROOT = Path(__file__).resolve().parents[2]
MANIFESTS = ROOT / "k8s/manifests"

STAGES = dockerfile.parse((ROOT / "k8s/Dockerfile").read_text())
IMAGE = STAGES[-1]
CONTEXT = dockerfile.Context(ROOT, (ROOT / "k8s/Dockerfile.dockerignore").read_text())


def objects_in(path: Path) -> list[dict[str, Any]]:
    return [each for each in yaml.safe_load_all(path.read_text()) if each]


def manifest_files() -> list[Path]:
    files = sorted(MANIFESTS.glob("*.yaml")) + [ROOT / "k8s/maintenance.yaml"]
    return [file for file in files if file.name != "kustomization.yaml"]


OBJECTS = {(each["kind"], each["metadata"]["name"]): each
           for file in manifest_files() for each in objects_in(file)}
KUSTOMIZATION = yaml.safe_load((MANIFESTS / "kustomization.yaml").read_text())


def only(kind: str) -> dict[str, Any]:
    """The one object of this kind."""
    [found] = [each for (its_kind, _), each in OBJECTS.items() if its_kind == kind]
    return found


def pods() -> list[tuple[str, dict[str, Any]]]:
    """Everything that runs: the name of what says so, and the pod's spec."""
    return [("Deployment", only("Deployment")["spec"]["template"]["spec"]),
            ("maintenance", only("Pod")["spec"])]


def server() -> dict[str, Any]:
    """The container that serves."""
    [container] = only("Deployment")["spec"]["template"]["spec"]["containers"]
    return container


def arguments() -> dict[str, list[str]]:
    """The options that the server gets in the cluster, by name: from the image, then here."""
    found: dict[str, list[str]] = {}
    for argument in IMAGE.entrypoint()[1:] + server()["args"]:
        name, _, value = argument.partition("=")
        found.setdefault(name, []).append(value)
    return found


def text_of(path: str) -> str:
    return (ROOT / path).read_text()


def version() -> str:
    return re.search(r"project\(libtodo VERSION (\S+)", text_of("libtodo/CMakeLists.txt"))[1]
