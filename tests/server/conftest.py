import pytest

from todo_server import TodoServer


@pytest.fixture
def server(tmp_path):
    """A server with no tasks."""
    with TodoServer(tmp_path / "data") as one:
        yield one


@pytest.fixture(scope="module")
def shared_server(tmp_path_factory):
    """One server for tests that do not mind what others have left."""
    with TodoServer(tmp_path_factory.mktemp("shared") / "data") as one:
        yield one
