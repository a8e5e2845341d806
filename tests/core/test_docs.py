"""The documentation says what is so."""

import re
from pathlib import Path

import pytest

from bot.features import FEATURES
from bot.members import roster
from bot.policy import presets
from bot.reference import reference

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def test_the_reference_is_that_of_the_code() -> None:
    """docs/commands.md is what `mentorbot commands` prints."""
    assert (ROOT / "docs" / "commands.md").read_text() == reference(FEATURES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    """Every file that a page links to or shows is there."""
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_exist(page: Path) -> None:
    """A command that a page names can be typed."""
    known = {f"/{command.root} {command.name}" for feature in FEATURES for command in feature.commands}
    named = re.findall(r"`(/mentor(?:-admin)? [a-z-]+)", page.read_text())
    assert set(named) <= known


def test_the_people_file_in_the_docs_can_be_read() -> None:
    """The example of docs/people.md works as it is, and it names every preset."""
    page = (ROOT / "docs" / "people.md").read_text()
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    found = roster.parse(example, "docs/people.md")
    assert ("Riverside Mentoring", 3, 1) == (found.name, len(found.people), len(found.pairings))
    assert [name for name in presets() if name not in page] == []


def test_figures_in_the_docs_are_the_policys() -> None:
    """Every figure that docs/nudges.md names is one."""
    page = (ROOT / "docs" / "nudges.md").read_text()
    text = (ROOT / "bot" / "policies" / "default.toml").read_text()
    for section, name in re.findall(r"`(nudges|hours|budget)\.([a-z_]+)", page):
        assert re.search(rf"^\[{section}\].*?^{name} =", text, re.DOTALL | re.MULTILINE), (section, name)
