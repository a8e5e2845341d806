"""What the parts of a member's data are called: sections, and what stands in their entries."""

from bot.language import later, t

# Each table with a heading and one line, in the order in which they are shown.
SECTIONS = {
    "member": (later("You"), later("your name, your roles, your time zone, and what you chose")),
    "account": (later("Your accounts"), later("where I know you, and when you last used me there")),
    "pause": (later("Your time away"), later("from when until when; no reason is kept")),
    "pairing": (
        later("Your pairings"),
        later("with whom, who looks after it, and a pace of your own if you agreed on one"),
    ),
    "message": (later("Your messages"), later("when you wrote in your conversations, never what")),
    "reaction": (later("Your reactions"), later("which you put under which message, and when")),
    "turn": (later("Messages that waited"), later("who waited for whom, since when, and what became of it")),
    "mark": (later("What you said about messages"), later('such as "no reply needed"')),
    "nudge": (later("Reminders to you"), later("which of them went out, and when")),
    "tail": (later("How your conversations stand"), later("who wrote last, and when")),
    "outbox": (later("What I send you"), later("which kinds of messages went out or are to, never what they say")),
    "delivery": (later("What reached you"), later("on which day, and where")),
    "due": (later("What I'll look at again"), later("when I'll see whether there is something to remind you of")),
    "unreachable": (later("Out of reach"), later("since when my direct messages to you have been refused")),
    "leaving": (later("Leaving"), later("since when I've been deleting what I know about you")),
    "ask": (later("Requests of the team"), later("that you made, or that went to you")),
    "ask_recipient": (later("What the team asked you for"), later("when, and what you answered")),
    "ask_reminder": (later("Reminders of what the team asked"), later("which of them went out to you")),
    "goal": (later("Your goals"), later("with their words and how far they are; your partner sees the same")),
    "goal_update": (later("Words on your goals"), later("how far a goal was, and what one of you said about it")),
    "event": (later("Community events that you announced"), later("when, where, and what you wrote about them")),
    "event_guest": (
        later("Community events"),
        later("whether you said that you come, and whether you were there"),
    ),
    "sheet": (later("What I asked you after sessions"), later("notes and feedback: when, and when they came")),
    "sheet_answer": (later("Your notes and feedback"), later("what you wrote, drafts and notes for yourself too")),
    "sheet_reminder": (
        later("Reminders of notes and feedback"),
        later("which of them went out to you, or you asked me for"),
    ),
    "sheet_total": (
        later("What people say about sessions with you"),
        later("counted together; nobody's own answer is kept here"),
    ),
    "next_step": (later("Next steps"), later("what you two want to do, and what is done")),
    "form": (later("Forms that you made"), later("what is asked after sessions, and since when")),
    "award": (
        later("Your badges"),
        later("which you earned, when and on what they rest, and what became of them"),
    ),
    "badge_choice": (later("What others hear of your badges"), later("whether I may tell them, and when I asked you")),
    "badge_day": (later("Days that you leave out"), later("for your badges; no reason is kept")),
    "badge": (later("Badges that you made"), later("what earns them, and since when")),
    "session": (
        later("Your sessions"),
        later(
            "when, how long, where, what you two wrote for them, and what became of them; your partner sees the same"
        ),
    ),
    "session_time": (later("Times that were proposed"), later("for which session, as they were written")),
    "session_goal": (later("Goals of your sessions"), later("how many goals a session was about")),
    "session_word": (
        later("What you said of your sessions"),
        later("whether you two met, why not, and how late you were; your partner doesn't see it"),
    ),
    "dispute": (later("What you found wrong in your rate"), later("when you said so, and what was decided")),
    "pace_proposal": (
        later("A pace that you proposed"),
        later("the time to answer that the other side was asked about"),
    ),
    "wish": (
        later("A change that you asked for"),
        later("when, and whether you two could talk about it; no reason is kept"),
    ),
    "contact": (later("Contact for worries"), later("since when you are, or were asked to be, the program's contact")),
    "code": (later("Codes that you made"), later("what for, and until when each works; not the code itself")),
    "responder_key": (later("You as a responder"), later("that you have a key, and until when no passphrase is tried")),
    "report_unlock": (later("Reports that are unlocked"), later("until when you can read; never what")),
    "too_close": (
        later("With whom you're too close"),
        later("so that you get no reports about them; nobody else sees it"),
    ),
    "report_case": (later("Reports that you took"), later("how they are called, and when; never what is in them")),
    "draft": (later("Lists that you began to import"), later("when, and the list itself, sealed; it goes after a day")),
    "proposal": (
        later("Changes of settings that you looked at"),
        later("when, and which figures; they go after a day"),
    ),
    "audit": (later("What you did with me"), later("what you changed, and when")),
}
OTHERWISE = (later("More about you"), later("what another part of me keeps about you"))

WITH = later("with")

LABELS = {
    "key": later("your random key in the log of who did what"),
    "name": later("name"),
    "roles": later("roles"),
    "zone": later("time zone"),
    "country": later("country"),
    "days": later("days for reminders (0 is Monday)"),
    "opens": later("reminders from"),
    "closes": later("reminders until"),
    "language": later("language"),
    "badges": later("badges"),
    "celebrations": later("celebrations"),
    "welcomed_at": later("welcomed at"),
    "active": later("active"),
    "platform": later("platform"),
    "workspace": later("workspace"),
    "user": later("account"),
    "used_at": later("last used at"),
    "since": later("since"),
    "until": later("until"),
    "lighter": later("lighter weeks"),
    "announced": later("said beforehand"),
    "mentor_id": later("mentor"),
    "mentee_id": later("mentee"),
    "coordinator_id": later("coordinator"),
    "pace_seconds": later("agreed time to answer, in seconds"),
    "made_at": later("made at"),
    "ended_at": later("ended at"),
    "external": later("message on the platform"),
    "opener": later("message on the platform"),
    "author_id": later("written by"),
    "member_id": later("who"),
    "at": later("at"),
    "addressed": later("speaks to the other side"),
    "deleted": later("deleted"),
    "reaction": later("reaction"),
    "asker_id": later("who waits"),
    "answerer_id": later("for whom"),
    "opened_at": later("written at"),
    "waiting_since": later("waits since"),
    "closed_at": later("settled at"),
    "outcome": later("what became of it"),
    "put_off_at": later("seen at"),
    "remind_at": later("to be reminded at"),
    "reopened": later("times that it waited again"),
    "wanted": later("an answer was asked for"),
    "audience": later("for whom"),
    "to_id": later("for"),
    "by_id": later("from"),
    "text": later("words"),
    "answer": later("answer"),
    "answered_at": later("answered at"),
    "delivered_at": later("reached you at"),
    "decided_at": later("decided at"),
    "taken_out": later("taken out of the rate"),
    "talked": later("could you two talk about it"),
    "purpose": later("what for"),
    "address": later("address"),
    "proven_at": later("answered at first"),
    "fresh": later("began a new exchange"),
    "limit_at": later("late from"),
    "told_at": later("a coordinator was told at"),
    "version": later("version of the program's figures"),
    "rung": later("number of the reminder"),
    "form": later("form"),
    "question": later("question"),
    "value": later("what you said"),
    "counted": later("counted together with others'"),
    "done_at": later("done at"),
    "empty": later("nothing to add"),
    "withdrawn_at": later("no longer asked since"),
    "due_day": later("by when"),
    "choice": later("choice"),
    "people": later("how many people"),
    "total": later("together"),
    "sent_at": later("sent at"),
    "failed_at": later("failed at"),
    "kind": later("kind"),
    "effect": later("what is done"),
    "due_at": later("due at"),
    "not_before": later("not before"),
    "state": later("how it stands"),
    "reason": later("why"),
    "day": later("day"),
    "channel": later("where"),
    "message": later("message on the platform"),
    "starts_at": later("begins at"),
    "minutes": later("minutes"),
    "link": later("link to meet at"),
    "agenda": later("agenda"),
    "prepare": later("to prepare"),
    "uid": later("name in calendars"),
    "sequence": later("changes of its time or link"),
    "round": later("number of the proposal"),
    "asked_at": later("proposal delivered at"),
    "answer_by": later("lapses at"),
    "approved_by_id": later("let go on by"),
    "booked_at": later("booked at"),
    "moved_by_id": later("moved by"),
    "ended_by_id": later("ended by"),
    "ended_words": later("line to the other"),
    "short_notice": later("called off or moved at short notice"),
    "logged": later("noted afterwards"),
    "recording_mentor_at": later("mentor agreed to a recording at"),
    "recording_mentee_at": later("mentee agreed to a recording at"),
    "held_at": later("marked as held at"),
    "decided_by_id": later("decided by"),
    "talks_id": later("who talks to you two first"),
    "place": later("which of the times"),
    "typed": later("as it was written"),
    "late_minutes": later("minutes late"),
    "action": later("what"),
    "specific": later("what exactly"),
    "measurable": later("how you'll notice that you're there"),
    "achievable": later("what makes it possible"),
    "relevant": later("why it matters"),
    "timed": later("until when"),
    "percent": later("percent"),
    "moved_at": later("moved on at"),
    "closed_by": later("settled by"),
    "line": later("words"),
    "heard_at": later("last word at"),
    "reminded_at": later("asked at"),
    "reminder": later("times that you were asked"),
    "in_vain": later("times without an answer"),
    "pending": later("a question is on its way"),
    "edition": later("which version of it"),
    "source": later("what stands in it"),
    "built_in": later("it came with me"),
    "off_at": later("switched off at"),
    "rank": later("place in the order of reading"),
    "wrong": later("wrong passphrases since the last right one"),
    "locked_until": later("no passphrase is tried until"),
    "other_id": later("with whom"),
    "badge": later("badge"),
    "by_hand": later("given by a coordinator"),
    "evidence": later("on what it rests"),
    "words": later("as it was said then"),
    "post_asked_at": later("asked at whether others may hear of it"),
    "posted_at": later("told to the others at"),
    "warned_at": later("told at what is missing"),
    "warned_until": later("time for it until"),
    "kept_until": later("kept by a coordinator until"),
    "proposed_at": later("coordinators asked at"),
    "proposal": later("on what they were asked"),
    "ended_reason": later("why it ended"),
    "post": later("others may hear of it"),
    "taken_by_id": later("taken by"),
    "acknowledged_at": later("acknowledged at"),
    "title": later("what it is called"),
    "about": later("a line about it"),
    "venue": later("where"),
    "code": later("code"),
    "changes": later("times that it was changed"),
    "announced_at": later("announced at"),
    "coming": later("do you come"),
    "attended_at": later("noted as there at"),
    "decided": later("a coordinator has decided it"),
    "wrong_codes": later("codes that weren't right"),
}


def place(table: str) -> int:
    """Return where the section of a table stands."""
    return [*SECTIONS, table].index(table)


def section(table: str) -> tuple[str, str]:
    """Return the heading of a table's section, and what it is in one line."""
    heading, about = SECTIONS.get(table, OTHERWISE)
    plain = f"{t(heading)} ({table.replace('_', ' ')})" if table not in SECTIONS else t(heading)
    return plain, t(about)


def label(column: str) -> str:
    """Return what a column is called."""
    return t(LABELS.get(column, column.removesuffix("_id").replace("_", " ")))


def program() -> str:
    """Name what says to which program a file belongs."""
    return t("program")


def made() -> str:
    """Name what says when a file was made."""
    return t("written on")


def kept() -> str:
    """Name what holds all that is kept."""
    return t("what is kept about you")


def what() -> str:
    """Name what says what a section is."""
    return t("what this is")


def entries() -> str:
    """Name what holds a section's entries."""
    return t("entries")
