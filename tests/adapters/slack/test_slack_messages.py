"""Messages as Slack shows them."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from adapters.slack import render
from adapters.slack.text import unescape
from bot.people import Place
from bot.views import Actions, Block, Button, File, Heading, Image, Link, Message, Note, Text, message
from tests.adapters.slack.block_kit import check_blocks, check_message, texts
from tests.adapters.slack.written import BLOCKS, HARD, MESSAGES, PLACE, no_links

TIMESTAMP = "1712345678.000100"


def shown(view: Message) -> render.Rendered:
    """Render a message."""
    return render.message(view, no_links)


def seen(view: Message) -> list[str]:
    """Return what can be read in a message, as somebody sees it."""
    return [unescape(text) for text in texts(shown(view).blocks)]


@given(MESSAGES)
@example(Message(tuple(map(Text, HARD))))
@example(Message(()))
@example(message("", " "))
@example(message("\x08", "\x08"))
def test_every_message_can_be_sent(view: Message) -> None:
    """Whatever stands in it: Slack takes it, and nothing of it means anything to Slack."""
    made = shown(view)
    check_message(made.blocks, made.text)


@settings(max_examples=20)  # they are large
@given(st.lists(BLOCKS, min_size=51, max_size=100).map(tuple))
@example((Heading("A"), Text("B"), Note("C"), Actions((Button("D", "d"),))) * 25)
@example((Text("x" * 3000),) * 100)
@example((Text("a < b\n" * 2000), Actions((Button("D", "d"),) * 25)) * 50)
def test_a_hundred_blocks_can_be_sent(blocks: tuple[Block, ...]) -> None:
    """What is too much is folded; no button is lost, as long as there are not more than any message holds."""
    view = Message(blocks)
    made = shown(view)
    check_message(made.blocks, made.text)
    given_out = [item for block in view.blocks if isinstance(block, Actions) for item in block.items]
    there = [element for block in made.blocks if block["type"] == "actions" for element in block["elements"]]
    assert min(len(given_out), 49 * 25) <= len(there)
    assert len(there) == len({element["action_id"] for element in there})


def test_what_is_folded_is_still_said() -> None:
    """A hundred paragraphs, notes and rows: each is there, in its order."""
    lines = [f"line {number}" for number in range(100)]
    assert ["\n".join(lines)] == seen(message(*lines))
    mixed = [block for line in lines[:25] for block in (Heading(line), Text(line), Note(line))]
    assert [line for line in lines[:25] for _ in range(3)] == "\n".join(seen(Message(tuple(mixed)))).split("\n")


def test_texts_are_seen_as_they_were_written() -> None:
    """No sign of a text is taken for formatting, a mention or a picture of a face."""
    for text in (*HARD[:5], "a &amp; b"):
        made = shown(message(text))
        assert [text] == [unescape(part) for part in texts(made.blocks)]
        assert text == unescape(made.text)
        assert [{"plain_text"}, {False}] == [{block["text"][key] for block in made.blocks} for key in ("type", "emoji")]


def test_every_kind_of_block_has_its_shape() -> None:
    """Headings, notes, buttons and links look like what they are; the first button stands out."""
    row = Actions(
        (Button("Yes", "trying.yes:1", primary=True), Button("No", "trying.no"), Link("Open", PLACE, TIMESTAMP))
    )
    heading, text, note, actions = shown(Message((Heading("H"), Text("T"), Note("N"), row))).blocks
    assert ["header", "section", "context"] == [heading["type"], text["type"], note["type"]]
    yes, no, link = actions["elements"]
    assert ("trying.yes:1", "primary", "trying.no", False) == (yes["value"], yes["style"], no["value"], "style" in no)
    assert "https://example.slack.com/archives/C1/p1712345678000100" == link["url"]
    assert "value" not in link
    assert [True, True, False] == [item["action_id"].startswith(render.PRESS) for item in (yes, no, link)]
    assert link["action_id"].startswith(render.LINK)


def test_where_a_message_is_found() -> None:
    """The workspace's address, the channel, and the time stamp without its dot."""
    address = render.permalink("https://example.slack.com/", Place("slack", "T1", "C9"), TIMESTAMP)
    assert "https://example.slack.com/archives/C9/p1712345678000100" == address


def test_pictures_and_files_are_named_and_uploaded() -> None:
    """What they show stands in the message, with their names; in a private answer it says where they are."""
    view = Message((Text("Look."), Image("chart.png", b"1", "Three of four."), File("a&b.json", b"2", "All of it.")))
    assert ["chart.png", "a&b.json"] == [file.name for file in render.uploads(view)]
    assert ["Look.", "Three of four.", "📎 chart.png", "All of it.", "📎 a&b.json"] == seen(view)
    elsewhere = render.message(view, no_links, elsewhere=True).blocks
    check_blocks(elsewhere)
    assert "📎 I sent you a&b.json as a direct message." == unescape(list(texts(elsewhere))[-1])


def test_long_headings_and_labels() -> None:
    """A heading that is too long is a paragraph, a label is cut; each fits exactly at its limit."""
    blocks = shown(Message((Heading("h" * 150), Heading("h" * 151), Heading("two\nlines"), Heading("<" * 50)))).blocks
    assert ["header", "section", "section", "section"] == [block["type"] for block in blocks]
    row = Actions((Button("b" * 75, "a"), Button("b" * 76, "a")))
    labels = [element["text"]["text"] for element in shown(Message((row,))).blocks[0]["elements"]]
    assert ["b" * 75, "b" * 74 + "…"] == labels


def test_there_is_always_something_to_notify_about() -> None:
    """The text beside the blocks says all of it, or what the buttons say, or at least something."""
    assert "One\nTwo &amp; three" == shown(message("One", "Two & three")).text
    assert "Yes · No" == shown(message(actions=(Button("Yes", "a"), Button("No", "b")))).text
    assert ("…", "…") == (shown(Message(())).text, shown(message(" ")).text)
    assert 4000 == len(shown(message("x" * 9000)).text)
