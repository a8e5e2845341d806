"""How often is enough: tests that go by lots try a few in `make test`, and many in `make torture`."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let what goes by lots be tried often."""
    parser.addoption("--often", action="store_true", help="try many times what goes by lots")


@pytest.fixture
def often(request: pytest.FixtureRequest) -> bool:
    """Tell whether to try many times."""
    return bool(request.config.getoption("often"))
