"""Who is who on Slack: found by id, address and name."""

from tests.adapters.slack.scene import Scene

# People.


async def test_people_are_found_by_id_address_and_name(riverside_slack: Scene) -> None:
    """With name, zone, language, and whether they manage the workspace; the case of letters says nothing."""
    words = [f"@{riverside_slack.rosa.id}", "Amara@Example.org", "@Lenchen", "amara", "nobody@example.org", "@nobody"]
    found = await riverside_slack.platform.look_up(riverside_slack.space.workspace, words)
    rosa, amara, lena = (found[word] for word in words[:3])
    assert set(words[:4]) == set(found)
    assert [True, False, False] == [one.manages for one in (rosa, amara, lena)]
    assert ("Amara Okafor", "Europe/London") == (amara.name, amara.zone)
    assert ("Lena Vogt", "Europe/Berlin", "de-DE") == (lena.name, lena.zone, lena.language)
    assert amara == found["amara"]


async def test_a_name_that_two_have_is_nobodys(riverside_slack: Scene) -> None:
    """Nobody is taken for somebody else; whoever left doesn't count."""
    riverside_slack.slack.person("lena2", display_name="Lenchen")
    riverside_slack.slack.person("amara2", real_name="Amara Okafor", deleted=True)
    found = await riverside_slack.platform.look_up(riverside_slack.space.workspace, ["lenchen", "amara okafor"])
    assert ["amara okafor"] == list(found)


async def test_bots_are_no_people(riverside_slack: Scene) -> None:
    """Neither this one nor another, nor Slack's own."""
    other = riverside_slack.slack.person("helper", is_bot=True)
    words = [riverside_slack.slack.app.bot_user, "USLACKBOT", other.id, "helper"]
    assert {} == await riverside_slack.platform.look_up(riverside_slack.space.workspace, words)


async def test_many_people_are_looked_up_at_once(riverside_slack: Scene) -> None:
    """A list of hundreds doesn't ask hundreds of times."""
    people = [riverside_slack.slack.person(f"p{number}", email=f"p{number}@example.org") for number in range(450)]
    words = [*(person.id for person in people), *(f"p{number}@example.org" for number in range(450))]
    found = await riverside_slack.platform.look_up(riverside_slack.space.workspace, words)
    assert set(words) == set(found)
    assert 3 == len(riverside_slack.asked("users.list"))
