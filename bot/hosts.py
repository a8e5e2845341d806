"""Names of hosts, in the one plain shape in which nobody can mistake one for another."""

import re

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})+", re.ASCII)


def is_host(text: object) -> bool:
    """Tell whether something is the plain name of a host, such as `zoom.us`: no address, no look-alike."""
    if not isinstance(text, str) or _HOST.fullmatch(text) is None or "xn--" in text:
        return False
    return not text.rpartition(".")[2].isdigit()
