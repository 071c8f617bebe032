"""What the tests of running labs share."""

import pytest
from stories import Stories


@pytest.fixture(scope="session")
def stories(request, tmp_path_factory):
    """The stories of those labs that are tested; they go on while the first tests wait for theirs."""
    tests = [item for item in request.session.items if "stories" in item.fixturenames]
    labs = {item.callspec.params["lab"] for item in tests if hasattr(item, "callspec")}
    once = any(item.get_closest_marker("once") for item in tests)
    made = Stories(sorted(labs), tmp_path_factory.mktemp("labs"), only_strict=not once)
    yield made
    made.close()
