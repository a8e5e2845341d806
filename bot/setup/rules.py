"""What the documents behind the presets ask of a program, and which of it the bot carries out so far: data.

A rule that becomes part of the bot is marked as `done` here; set-up says of all others that they aren't yet.
"""

from dataclasses import dataclass

from bot.language import later

SEEDS = {
    "imstl": frozenset({"000", "001"}),
    "safety": frozenset({"002"}),
    "amps": frozenset({"003"}),
    "inzpireu": frozenset({"004"}),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in plain words, the documents that ask for it, and whether the bot carries it out."""

    text: str
    seeds: frozenset[str]
    done: bool = False


def _rule(text: str, *seeds: str, done: bool = False) -> Rule:
    return Rule(text, frozenset(seeds), done)


RULES = (
    _rule(later("Answer each other's messages, and reminders, within 48 hours"), "004", done=True),
    _rule(later("The team's own requests are answered soon, with reminders"), "003", done=True),
    _rule(later("Either side may ask for a change, or to end their pairing"), "003", done=True),
    _rule(later("SMART goals, and every month a word on how they go"), "004", done=True),
    _rule(later("Report violence, threats and weapons at once"), "000", "001", done=True),
    _rule(later("Nobody asks for money"), "000", "001", "003"),
    _rule(later("Accept the code of conduct, and again when it changes"), "000", "001"),
    _rule(later("Opt out of the release of photos and images"), "001"),
    _rule(later("Keep what is said confidential, also afterwards"), "001"),
    _rule(later("Check mentors before their first pairing"), "002"),
    _rule(later("Meet on approved platforms only"), "002", done=True),
    _rule(later("Record a session only if both sides agree"), "002", done=True),
    _rule(later("Regular check-ins by coordinators with both sides"), "002"),
    _rule(later("Answer concerns and complaints within 3 working days"), "003", done=True),
    _rule(later("With the answer to a concern, links to support in the mentee's country"), "003"),
    _rule(later("Share a complaint only if its writer allows it, and never hold it against them"), "003", done=True),
    _rule(later("Report concerns and inappropriate behaviour in private"), "002", "004", done=True),
    _rule(later("A minimum meeting time in each phase, and questionnaires with deadlines"), "003"),
    _rule(later("Both sides look back on the relationship from time to time"), "003"),
    _rule(later("Graduation, with certificate and alumni title"), "003"),
    _rule(later("A reminder to keep details of the experience until graduation"), "003"),
    _rule(later("The steps after misconduct: a written reminder, a hidden profile, removal"), "002", "003", "004"),
    _rule(later("Session notes and feedback within 48 hours, tied to goals"), "004", done=True),
    _rule(later("Mentors keep their availability current, with at least one offering"), "004"),
    _rule(later("After two missed sessions without notice, a coordinator approves the next booking"), "004", done=True),
    _rule(later("A warning, and a hidden profile, after 60 days without activity"), "004"),
    _rule(later("A review by a person after repeated silence"), "004"),
    _rule(later("Badges for mentors and mentees, with their perks"), "004"),
)


def already(preset: str) -> list[Rule]:
    """Return what a preset asks for that the bot carries out."""
    return [rule for rule in _of(preset) if rule.done]


def not_yet(preset: str) -> list[Rule]:
    """Return what a preset asks for that the bot doesn't carry out; a preset of no document asks for all of it."""
    return [rule for rule in _of(preset) if not rule.done]


def _of(preset: str) -> list[Rule]:
    seeds = SEEDS.get(preset)
    return [rule for rule in RULES if seeds is None or rule.seeds & seeds]
