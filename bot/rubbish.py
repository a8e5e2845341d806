"""What the interpreter looks through for rubbish: not again and again what is there from the start and stays."""

import gc


def leave_alone_what_is_there() -> None:
    """Look once, and from then on through what is new alone: a look through all of it holds up whoever waits."""
    gc.collect()
    gc.freeze()
