"""What a figure is, as coordinators meet it: how it is written, and with which others it is shown."""

from dataclasses import dataclass
from enum import Enum, auto


class Kind(Enum):
    """How a figure is written."""

    LENGTH = auto()
    NUMBER = auto()
    DAYS = auto()
    TIME = auto()
    REACTIONS = auto()
    FALLBACK = auto()
    SWITCH = auto()
    HOSTS = auto()
    COUNTRY = auto()
    WORDS = auto()
    POLICY = auto()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: `means` says in a line what it is, `effect` what follows from changing it.

    `reminds`: it plays a part in who is reminded when, so that a change of it can be tried out.
    """

    key: str
    label: str
    kind: Kind
    means: str
    effect: str = ""
    reminds: bool = False

    @property
    def name(self) -> str:
        """Its key without the section."""
        return self.key.rpartition(".")[2]


@dataclass(frozen=True, slots=True)
class Section:
    """Figures that are shown and changed together: at most five, for a form has no room for more."""

    name: str
    title: str
    button: str
    figures: tuple[Figure, ...]
