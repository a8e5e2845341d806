"""What every platform must tell the bot, over its real wire: what people do, and what they did before.

Each adapter passes all of this; one joins by a line in PLATFORMS, in `tests/drivers/worlds.py`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.calls import Command, Deleted, Observation, Posted, Reacted, Remark, Shortcut, Submit, Upload
from bot.errors import Gone
from bot.parsing import find
from bot.people import Place
from bot.views import Errors, Field, Form, message
from tests.drivers.driver import Rejected
from tests.drivers.worlds import NOON, World


async def test_a_message_is_told_without_its_text(world: World) -> None:
    """The core learns who wrote, where and when, and nothing of what."""
    written = await world.driver.says(world.lena.user, "heliotrope", world.space.channel)
    [posted] = world.observed()
    assert Posted(world.space, written, world.lena.user, posted.at) == posted
    assert "heliotrope" not in repr(posted)


async def test_a_mention_addresses_somebody(world: World) -> None:
    """Who is mentioned stands in `addresses` by user id."""
    await world.driver.says(world.lena.user, f"Hello @{world.amara.user}!", world.space.channel)
    assert [{world.amara.user}] == [set(seen.addresses) for seen in world.observed() if isinstance(seen, Posted)]


async def test_a_reply_addresses_its_author(world: World) -> None:
    """Who is replied to stands in `addresses`."""
    written = await world.driver.says(world.lena.user, "Hello", world.space.channel)
    world.observed()
    await world.driver.says(world.amara.user, "Hi", world.space.channel, reply_to=written)
    assert [{world.lena.user}] == [set(seen.addresses) for seen in world.observed() if isinstance(seen, Posted)]


async def test_an_edit_is_the_same_message(world: World) -> None:
    """An edit is told under the message's id and its first time, with whom it addresses now."""
    written = await world.driver.says(world.lena.user, "Hello", world.space.channel)
    [first] = world.observed()
    world.clock.move_to(NOON + timedelta(hours=1))
    await world.driver.edits(world.lena.user, written, f"Hello @{world.amara.user}", world.space.channel)
    [again] = world.observed()
    addressed = frozenset({world.amara.user})
    assert Posted(world.space, written, world.lena.user, first.at, addressed) == again


async def test_a_deletion_is_told(world: World) -> None:
    """The core learns which message is gone."""
    written = await world.driver.says(world.lena.user, "Hello", world.space.channel)
    world.observed()
    await world.driver.deletes(world.lena.user, written, world.space.channel)
    [deleted] = world.observed()
    assert Deleted(world.space, written, deleted.at) == deleted


async def test_reactions_are_told(world: World) -> None:
    """A reaction comes with its short name and its author, and so does its end."""
    written = await world.driver.says(world.lena.user, "Hello", world.space.channel)
    world.observed()
    await world.driver.reacts(world.amara.user, written, "thumbsup", world.space.channel)
    await world.driver.unreacts(world.amara.user, written, "thumbsup", world.space.channel)
    put, taken = world.observed()
    expected = (world.space, written, world.amara.user, "thumbsup")
    assert Reacted(*expected, put.at) == put
    assert Reacted(*expected, taken.at, taken_away=True) == taken


async def test_a_command_reaches_the_core(world: World) -> None:
    """Its root and what was typed arrive, and the answer is for the one who asked."""
    world.core.otherwise = message("Tried.")
    answer = await world.driver.commands(world.lena.user, "/mentor try this & that")
    [call] = world.core.calls
    assert isinstance(call, Command)
    command, typed = find([one for feature in world.core.features for one in feature.commands], call.root, call.text)
    assert (world.lena, "try", {"what": "this & that"}) == (call.account, command.name, {**typed, **call.options})
    assert "Tried." == answer.text
    assert [] == await world.driver.inbox(world.lena.user)


async def test_a_command_is_no_message(world: World) -> None:
    """What is typed behind a slash is not posted."""
    await world.driver.commands(world.lena.user, "/mentor try", space=world.space.channel)
    assert [] == world.observed()
    assert [] == await world.driver.reads(world.amara.user, world.space.channel)


async def test_a_shortcut_names_its_message(world: World) -> None:
    """The core learns which entry was used, on which message, where, and by whom."""
    written = await world.driver.says(world.lena.user, "Hello", world.space.channel)
    answer = await world.driver.shortcut(world.lena.user, "trying.this", world.space.channel, written)
    [call] = world.core.calls
    assert Shortcut(call.id, world.lena, "trying.this", world.space, written) == call
    assert "Noted." == answer.text


async def test_a_shortcut_that_quotes_has_the_text(world: World) -> None:
    """With the message's id and place, as it was written; whoever prints the call doesn't see it."""
    text = f"Hello @{world.amara.user}, *heliotrope* & <co>:\nsee you"
    written = await world.driver.says(world.lena.user, text, world.space.channel)
    await world.driver.shortcut(world.amara.user, "trying.quote", world.space.channel, written)
    [call] = world.core.calls
    assert isinstance(call, Shortcut)
    assert (world.amara, world.space, written, text) == (call.account, call.place, call.message, call.text)
    assert "heliotrope" not in repr(call)


async def test_no_other_shortcut_has_the_text(world: World) -> None:
    """It is dropped at once."""
    written = await world.driver.says(world.lena.user, "heliotrope", world.space.channel)
    await world.driver.shortcut(world.amara.user, "trying.this", world.space.channel, written)
    [call] = world.core.calls
    assert isinstance(call, Shortcut)
    assert (written, "") == (call.message, call.text)


async def test_a_form_comes_back_with_what_was_typed(world: World) -> None:
    """A form is shown as it is, prefilled; what is sent off arrives by field name."""
    fields = (
        Field("short", "Short", "as <is> & was", "A hint", required=False, limit=50),
        Field("long", "Long", long=True),
    )
    world.core.answers["trying.form"] = Form("A form", "trying.sent:7", fields, "Send it")
    form = (await world.driver.presses(world.lena.user, "trying.form")).form
    assert form is not None
    assert ("A form", {"short": "as <is> & was", "long": ""}) == (form.title, form.values)
    assert [(False, False, 50), (True, True, 200)] == [(f.required, f.long, f.limit) for f in form.fields]
    await world.driver.submits(world.lena.user, form, {"long": "two\nlines & <more>"})
    call = world.core.calls[-1]
    values = {"short": "as <is> & was", "long": "two\nlines & <more>"}
    assert Submit(call.id, world.lena, "trying.sent:7", values) == call


async def test_a_form_takes_choices_and_files(world: World) -> None:
    """One of several is chosen, and a file comes along as it is."""
    fields = (
        Field("role", "Role", "mentee", choices=(("mentor", "Mentor"), ("mentee", "Mentee"))),
        Field("list", "A list", file=True, required=False),
    )
    world.core.answers["trying.form"] = Form("A form", "trying.sent", fields)
    form = (await world.driver.presses(world.lena.user, "trying.form")).form
    assert form is not None
    assert [({"mentor": "Mentor", "mentee": "Mentee"}, False), ({}, True)] == [(f.choices, f.file) for f in form.fields]
    upload = Upload("people.csv", "name;Zoë\n".encode("cp1252") + bytes(range(256)))
    await world.driver.submits(world.lena.user, form, {"role": "mentor"}, {"list": upload})
    call = world.core.calls[-1]
    assert isinstance(call, Submit)
    assert ("mentor", upload) == (call.values["role"], call.files["list"])


async def test_several_things_are_chosen(world: World) -> None:
    """What is ticked already stands there; what is sent off comes back joined by commas; nothing is empty."""
    days = (("1", "Monday"), ("2", "Tuesday"), ("5", "Friday"))
    many = tuple((f"n{number}", f"Number {number}") for number in range(25))
    fields = (
        Field("days", "Days", "1,5", choices=days, several=True),
        Field("none", "None", "1,2", choices=days, several=True, required=False),
        Field("many", "Many", "n3", choices=many, several=True),
    )
    world.core.answers["trying.form"] = Form("A form", "trying.sent", fields)
    form = (await world.driver.presses(world.lena.user, "trying.form")).form
    assert form is not None
    assert {"days": "1,5", "none": "1,2", "many": "n3"} == form.values
    assert [(True, dict(days)), (True, dict(days)), (True, dict(many))] == [(f.several, f.choices) for f in form.fields]
    await world.driver.submits(world.lena.user, form, {"days": "1,2", "none": "", "many": "n3,n24"})
    call = world.core.calls[-1]
    assert isinstance(call, Submit)
    assert {"days": "1,2", "none": "", "many": "n3,n24"} == call.values


async def test_a_form_can_be_refused_or_go_on(world: World) -> None:
    """Errors come back by field name, what is wrong with no field beside one of them if it must; or a further form."""
    world.core.answers["trying.wrong"] = Errors({"short": "Too short.", "": "Not yet."})
    world.core.answers["trying.next"] = Form("Step two", "trying.end", ())
    refused = await world.driver.submits(world.lena.user, "trying.wrong", {"short": "x"})
    assert "Too short." in refused.errors["short"]
    assert ["Too short.", "Not yet."] == "\n".join(refused.errors.values()).splitlines()
    further = await world.driver.submits(world.lena.user, "trying.next", {"short": "xyz"})
    assert "Step two" == (further.form and further.form.title)


async def test_a_click_delivered_twice_keeps_its_id(world: World) -> None:
    """Both deliveries reach the core under one id, and the second gets no answer; another click has another id."""
    answers = [await world.driver.presses(world.lena.user, "trying.a", id_="once") for _ in range(2)]
    await world.driver.presses(world.lena.user, "trying.a")
    first, second, third = (call.id for call in world.core.calls)
    assert [False, True] == [answer.nothing for answer in answers]
    assert first == second != third


async def test_a_stranger_who_presses_reaches_the_core(world: World) -> None:
    """Who may do what is the core's to decide: the adapter passes on what anybody on the platform does."""
    await world.driver.presses("somebody-else", "trying.a")
    assert ["somebody-else"] == [call.account.user for call in world.core.calls]


async def test_only_its_writer_changes_a_message(world: World) -> None:
    """The platform lets nobody edit or delete what somebody else wrote."""
    written = await world.driver.says(world.lena.user, "Hello", world.space.channel)
    world.observed()
    with pytest.raises(Rejected):
        await world.driver.edits(world.amara.user, written, "Bye", world.space.channel)
    with pytest.raises(Rejected):
        await world.driver.deletes(world.amara.user, written, world.space.channel)
    assert [] == world.observed()


async def test_plain_words_to_the_bot(world: World) -> None:
    """The core is asked for an answer, without a word of what was written; it is no observation."""
    world.core.otherwise = message("I don't read this.")
    told = await world.driver.tells(world.lena.user, "heliotrope")
    (call,) = world.core.calls
    assert (Remark, world.lena, "I don't read this.") == (type(call), call.account, told.text)
    assert "heliotrope" not in repr(call)
    assert [] == world.observed()


# Reading again what happened.


async def _conversation(world: World) -> list[str]:
    """Lena asks, Amara reacts and replies, Lena takes one back; an hour lies between."""
    channel, lena, amara = world.space.channel, world.lena.user, world.amara.user
    first = await world.driver.says(lena, f"Hello @{amara}", channel)
    world.clock.move_to(NOON + timedelta(hours=1))
    await world.driver.reacts(amara, first, "eyes", channel)
    await world.driver.reacts(amara, first, "heart", channel)
    await world.driver.unreacts(amara, first, "heart", channel)
    second = await world.driver.says(amara, "Hi", channel, reply_to=first)
    taken_back = await world.driver.says(lena, "Oops", channel)
    await world.driver.deletes(lena, taken_back, channel)
    world.clock.move_to(NOON + timedelta(hours=2))
    third = await world.driver.says(lena, "Thanks", channel)
    return [first, second, third]


def _to_the_second(facts: Sequence[Observation]) -> list[Observation]:
    """Order facts; a platform may put what happens at one instant some microseconds apart."""
    return sorted((replace(fact, at=fact.at.replace(microsecond=0)) for fact in facts), key=repr)


async def test_history_has_what_is_there_oldest_first(world: World) -> None:
    """Messages with whom they address, and the reactions that are there; nothing of what was taken back."""
    first, second, third = await _conversation(world)
    hours = [NOON + timedelta(hours=number) for number in range(3)]
    lena, amara = world.lena.user, world.amara.user
    expected: list[Observation] = [
        Posted(world.space, first, lena, hours[0], frozenset({amara})),
        Posted(world.space, second, amara, hours[1], frozenset({lena})),
        Posted(world.space, third, lena, hours[2]),
        Reacted(world.space, first, amara, "eyes", hours[1] if world.dates_reactions else hours[0]),
    ]
    found = await world.platform.history(world.space, NOON - timedelta(days=1))
    assert sorted(found, key=lambda fact: fact.at) == list(found)
    assert _to_the_second(expected) == _to_the_second(found)


async def test_history_begins_where_it_was_asked_to(world: World) -> None:
    """What was written at that instant belongs to it, what was written before does not."""
    _, second, third = await _conversation(world)
    found = await world.platform.history(world.space, NOON + timedelta(hours=1))
    assert [second, third] == [fact.message for fact in found if isinstance(fact, Posted)]


async def test_history_leaves_out_the_bot(world: World) -> None:
    """What the bot wrote is no observation."""
    sent = await world.platform.send(world.amara, message("Hello."), "k1")
    assert [] == [fact for fact in await world.platform.history(sent.place, NOON) if isinstance(fact, Posted)]


async def test_history_tells_the_same_as_was_told(world: World) -> None:
    """A message is one and the same whether it was heard or read later: nothing counts twice."""
    await world.driver.says(world.lena.user, f"Hello @{world.amara.user}", world.space.channel)
    assert world.observed() == list(await world.platform.history(world.space, NOON))


async def test_there_is_no_history_of_an_unknown_place(world: World) -> None:
    """A place that isn't there, or is in another workspace, is gone."""
    another = Place(world.platform.name, "another", world.space.channel)
    nowhere = Place(world.platform.name, world.space.workspace, "nowhere")
    for place in (another, nowhere):
        with pytest.raises(Gone):
            await world.platform.history(place, NOON)
