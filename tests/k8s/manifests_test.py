"""The manifests are valid, agree with the image and the server, and give away no rights."""

import copy
import re

import kubernetes_validate
import pytest

from project import (IMAGE, KUSTOMIZATION, MANIFESTS, OBJECTS, arguments, manifest_files,
                     objects_in, only, pods, server, text_of, version)

VERSIONS = ["1.29", "1.33", "1.37"]  # of Kubernetes


def port_named(name):
    [port] = [each["containerPort"] for each in server()["ports"] if each["name"] == name]
    return port


def port_in(option):
    return int(arguments()[option][-1].rpartition(":")[2])


# Valid


@pytest.mark.parametrize("kubernetes", VERSIONS)
@pytest.mark.parametrize("file", manifest_files(), ids=lambda file: file.name)
def test_a_manifest_is_valid(file, kubernetes):
    for each in objects_in(file):
        validated = kubernetes_validate.validate(each, kubernetes, strict=True)
        assert validated == kubernetes


def test_a_misspelt_member_would_be_found():
    wrong = copy.deepcopy(only("Deployment"))
    context = wrong["spec"]["template"]["spec"]["containers"][0]["securityContext"]
    context["readOnlyRootFileSystem"] = context.pop("readOnlyRootFilesystem")
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, VERSIONS[-1], strict=True)


def test_all_manifests_are_applied_and_the_maintenance_pod_is_not():
    there = {file.name for file in MANIFESTS.iterdir()} - {"kustomization.yaml"}
    assert set(KUSTOMIZATION["resources"]) == there
    assert KUSTOMIZATION["resources"][0] == "namespace.yaml"


def test_everything_is_in_the_one_namespace():
    namespace = only("Namespace")["metadata"]["name"]
    assert KUSTOMIZATION["namespace"] == namespace
    for (kind, _), each in OBJECTS.items():
        assert kind == "Namespace" or each["metadata"]["namespace"] == namespace


# Rights


@pytest.mark.parametrize("name, pod", pods(), ids=lambda each: each if type(each) is str else "")
class TestAPod:
    def test_is_not_root_but_the_user_of_the_image(self, name, pod):
        context = pod["securityContext"]
        assert context["runAsNonRoot"] is True
        assert context["runAsUser"] >= 10000
        assert IMAGE.values("USER") == [f"{context['runAsUser']}:{context['runAsGroup']}"]
        assert context["fsGroup"] == context["runAsGroup"]
        for container in pod["containers"]:
            assert "runAsUser" not in container["securityContext"]

    def test_cannot_gain_rights(self, name, pod):
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
        for container in pod["containers"]:
            context = container["securityContext"]
            assert context["allowPrivilegeEscalation"] is False
            assert context["capabilities"] == {"drop": ["ALL"]}
            assert "privileged" not in context
        assert not [member for member in pod if member.startswith("host")]
        assert not [member for member in pod if member.startswith("init")]

    def test_writes_to_its_volumes_only(self, name, pod):
        for container in pod["containers"]:
            assert container["securityContext"]["readOnlyRootFilesystem"] is True
            mounted = {mount["name"]: mount["mountPath"] for mount in container["volumeMounts"]}
            assert mounted == {"data": "/data", "tmp": "/tmp"}
        data, tmp = pod["volumes"]
        claim = only("PersistentVolumeClaim")["metadata"]["name"]
        assert data["persistentVolumeClaim"] == {"claimName": claim}
        assert tmp["emptyDir"]["sizeLimit"]

    def test_has_no_token_and_no_variables_of_services(self, name, pod):
        account = only("ServiceAccount")
        assert account["automountServiceAccountToken"] is False
        assert pod["automountServiceAccountToken"] is False
        assert pod["serviceAccountName"] == account["metadata"]["name"]
        assert pod["enableServiceLinks"] is False

    def test_is_held_to_an_amount_of_memory(self, name, pod):
        for container in pod["containers"]:
            assert container["resources"]["limits"]["memory"]
            assert container["resources"]["requests"].keys() == {"cpu", "memory"}

    def test_runs_the_image_of_this_version(self, name, pod):
        assert [each["image"] for each in pod["containers"]] == [f"todo-server:{version()}"]


def test_the_namespace_refuses_pods_with_more_rights():
    labels = only("Namespace")["metadata"]["labels"]
    assert labels["pod-security.kubernetes.io/enforce"] == "restricted"


# What belongs together


def test_there_is_never_a_second_server_on_the_volume():
    spec = only("Deployment")["spec"]
    assert spec["replicas"] == 1 and spec["strategy"] == {"type": "Recreate"}
    assert only("PersistentVolumeClaim")["spec"]["accessModes"] == ["ReadWriteOnce"]


def test_the_data_is_on_the_volume():
    assert IMAGE.values("VOLUME") == ["/data"]
    assert IMAGE.environment()["TODO_DATA_DIR"].startswith("/data/")
    assert "--data-dir" not in arguments()


def test_labels_lead_from_the_service_and_the_policy_to_the_server():
    deployment = only("Deployment")["spec"]
    labels = deployment["template"]["metadata"]["labels"]
    assert deployment["selector"]["matchLabels"] == labels
    assert only("Service")["spec"]["selector"] == labels
    policy = only("NetworkPolicy")["spec"]["podSelector"]["matchLabels"]
    for pod in (labels, only("Pod")["metadata"]["labels"]):
        assert policy.items() <= pod.items()
    assert only("Pod")["metadata"]["labels"] != labels


def test_ports_agree_with_the_image_and_with_the_default_of_the_server():
    default = re.search(r'Endpoint listen\{"127\.0\.0\.1", (\d+)\}',
                        text_of("server/src/config/config.h"))[1]
    assert port_named("http") == port_in("--listen") == int(default)
    assert port_named("ops") == port_in("--ops-listen")
    assert IMAGE.exposed() == [port_named("http"), port_named("ops")]
    [service_port] = only("Service")["spec"]["ports"]
    assert service_port["targetPort"] == "http"


def test_tasks_are_reached_by_labelled_namespaces_and_metrics_by_monitoring_alone():
    policy = only("NetworkPolicy")["spec"]
    people, monitoring = policy["ingress"]
    assert people["ports"] == [{"port": "http"}]
    assert monitoring["ports"] == [{"port": "ops"}]
    for rule in (people, monitoring):
        [source] = rule["from"]
        assert source.keys() == {"namespaceSelector"}
        assert len(source["namespaceSelector"]["matchLabels"]) == 1


def test_nothing_is_let_out():
    policy = only("NetworkPolicy")["spec"]
    assert policy["policyTypes"] == ["Ingress", "Egress"] and policy["egress"] == []


def test_probes_ask_for_health_where_every_host_is_answered():
    paths = {name: server()[f"{name}Probe"]["httpGet"]
             for name in ("startup", "readiness", "liveness")}
    assert paths["startup"] == paths["liveness"] == {"path": "/healthz", "port": "ops"}
    assert paths["readiness"] == {"path": "/readyz", "port": "ops"}


def test_a_server_that_stops_has_the_time_to_finish():
    options = arguments()
    draining = int(options["--drain-delay"][-1]) + int(options["--drain-timeout"][-1])
    grace = only("Deployment")["spec"]["template"]["spec"]["terminationGracePeriodSeconds"]
    assert draining < grace


def test_the_server_goes_by_the_names_of_its_service():
    service = only("Service")["metadata"]
    names = {service["name"], f"{service['name']}.{service['namespace']}.svc"}
    assert set(arguments()["--host-name"]) == names


def test_every_option_is_one_that_the_server_has():
    known = set(re.findall(r'"(--[a-z-]+)"', text_of("server/src/config/config.cpp")))
    variables = {name.removeprefix("TODO_").lower().replace("_", "-")
                 for name in IMAGE.environment()}
    assert arguments().keys() <= known
    assert {f"--{name}" for name in variables} <= known
