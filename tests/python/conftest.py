import datetime as dt

import libtodo
import pytest
from hypothesis import settings

settings.register_profile("libtodo", deadline=None, derandomize=True)
settings.load_profile("libtodo")

NOW = dt.datetime(2026, 11, 23, 10, tzinfo=dt.timezone.utc)


@pytest.fixture
def now():
    """A Monday morning."""
    return NOW


@pytest.fixture
def todo():
    """A workspace in memory."""
    with libtodo.open() as one:
        yield one
