"""kubectl puts the manifests together, also under the overlay that the README shows."""

import os
import re
import shutil
import subprocess

import pytest
import yaml

from project import MANIFESTS, OBJECTS, text_of

KUBECTL = os.environ.get("KUBECTL", "")
pytestmark = pytest.mark.skipif(not KUBECTL, reason="KUBECTL does not name the program")


def put_together(folder):
    done = subprocess.run([KUBECTL, "kustomize", str(folder)], capture_output=True, text=True,
                          timeout=60)
    assert done.returncode == 0, done.stderr
    return {(each["kind"], each["metadata"]["name"]): each
            for each in yaml.safe_load_all(done.stdout)}


def test_what_is_applied_is_what_the_files_say():
    expected = {key: each for key, each in OBJECTS.items() if key[0] != "Pod"}
    assert put_together(MANIFESTS) == expected


def test_the_overlay_of_the_readme_adds_a_name_and_takes_another_image(tmp_path):
    [text] = re.findall(r"^```yaml\n(.*?)^```$", text_of("k8s/README.md"), re.M | re.S)
    overlay = yaml.safe_load(text)
    assert len(overlay["resources"]) == 1
    shutil.copytree(MANIFESTS, tmp_path / "manifests")
    overlay["resources"] = ["manifests"]
    (tmp_path / "kustomization.yaml").write_text(yaml.safe_dump(overlay))

    before = OBJECTS["Deployment", "todo-server"]["spec"]["template"]["spec"]["containers"][0]
    deployment = put_together(tmp_path)["Deployment", "todo-server"]
    [after] = deployment["spec"]["template"]["spec"]["containers"]
    assert after["image"] == f"registry.example.org/{before['image']}"
    assert after["args"] == before["args"] + ["--host-name=todo.example.org"]
