"""Colours of a badge: what can be read on the one that was chosen (WCAG 2.2, 1.4.3: a contrast of 4.5 at least)."""

READABLE = 4.5
INK, WHITE, BLACK = "#1f2933", "#ffffff", "#000000"
_FAINT = 0.1  # how much of the colour is in the ground that it is shown on


def on(colour: str) -> str:
    """Return a colour of letters that can be read on another one (#rrggbb): white where it can be."""
    return next(one for one in (WHITE, INK, BLACK) if contrast(one, colour) >= READABLE)


def faint(colour: str) -> str:
    """Return a colour as a ground to write on in ink."""
    mixed = (round(_FAINT * part + (1 - _FAINT) * 255) for part in _parts(colour))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def contrast(one: str, other: str) -> float:
    """Return how well two colours can be told apart: 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - WCAG's own figures


def _parts(colour: str) -> bytes:
    return bytes.fromhex(colour.removeprefix("#"))
