"""The reference tells the truth: it is made from what the server is made from."""

import re

import pytest

ID = "0190f7a0-0000-7000-8000-000000000001"


@pytest.fixture(scope="module")
def document(shared_server):
    answer = shared_server.ask("GET", "/v1/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def every(value):
    """All objects in a JSON value."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from every(one)


def operations(document):
    return [(method.upper(), path, operation) for path, methods in document["paths"].items()
            for method, operation in methods.items()]


def test_every_schema_that_is_named_is_there(document):
    names = {one["$ref"] for one in every(document) if "$ref" in one}
    there = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert names <= there


def test_every_operation_has_a_name_and_its_parameters(document):
    ids = [operation["operationId"] for _, _, operation in operations(document)]
    assert len(ids) == len(set(ids)) > 25
    for _, path, operation in operations(document):
        named = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
        assert named == set(re.findall(r"{(\w+)}", path))
        assert operation["summary"].endswith(".")


def test_every_operation_is_served(shared_server, document):
    for method, path, operation in operations(document):
        real = path.replace("{seq}", "999").replace("{reminder}", ID)
        real = re.sub(r"{\w+}", ID, real)
        answer = shared_server.ask(method, real, {} if "requestBody" in operation else None)
        assert answer.status not in (405, 415, 500, 501), (method, path, answer)
        if answer.status == 404:
            assert "no such" in answer.json()["detail"] or "no entry" in answer.json()["detail"]


def test_a_task_has_the_members_that_are_described(server, document):
    created = server.ask("POST", "/v1/tasks", {"title": "x", "due": "2026-12-01"}).json()
    schema = document["components"]["schemas"]["Task"]
    assert set(schema["required"]) <= set(created) <= set(schema["properties"])


def test_the_page_loads_nothing_but_its_own_files(shared_server):
    page = shared_server.ask("GET", "/docs")
    assert page.headers["content-type"].startswith("text/html")
    assert "script-src 'self';" in page.headers["content-security-policy"]
    text = page.body.decode()
    assert "<style" not in text and "onclick" not in text and not re.search(r"<script>", text)
    for path in re.findall(r'(?:src|href)="(/[^"]+)"', text):
        assert shared_server.ask("GET", path).status == 200


def test_the_reference_can_only_be_read(shared_server):
    assert shared_server.ask("POST", "/v1/openapi.json", {}).status == 405


