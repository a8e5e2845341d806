"""What is sealed for whom: cases and readers by age (age-encryption.org/v1), passphrases, codes and unlocked keys.

Pure but for the lots that are drawn. Whatever can't be opened, or was changed by a single bit, raises `Unreadable`.
"""

import base64
import hashlib
import json
import secrets
import unicodedata
from collections.abc import Collection
from dataclasses import asdict, dataclass

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CODE = 25  # digits of a receipt code, about 83 bits
GROUP = 5
HIDDEN_ROOM = 512  # bytes: enough for some 60 people; with more it is a multiple of it
KEY_BYTES = 32
NONCE_BYTES = 12
SALT_BYTES = 16
TOKEN_BYTES = 16
_MEMORIES = range(8, 1 << 20)  # KiB: a changed figure must not bring the machine down
_PASSES = range(1, 64)


class Unreadable(Exception):
    """What was sealed can't be opened: with another key, after another passphrase, or because it was changed."""


# Cases, and those who may read them.


def identity() -> tuple[str, str]:
    """Return a new pair of age's keys: the secret one and the public one."""
    made = pyrage.x25519.Identity.generate()
    return str(made), str(made.to_public())


def public_of(secret: str) -> str:
    """Return the public key of a secret one. Raises Unreadable if it is none.

    Whoever has the secret seals to this, and not to the public key in a row that somebody could have changed.
    """
    return str(_identity(secret).to_public())


def is_public(text: str) -> bool:
    """Tell whether this is a public key of age's."""
    try:
        pyrage.x25519.Recipient.from_str(text)
    except (pyrage.RecipientError, UnicodeEncodeError):
        return False
    return True


def seal(plain: bytes, publics: Collection[str]) -> bytes:
    """Seal something for everybody who has one of these keys. Raises ValueError if there is none: nobody could read."""
    if not publics:
        raise ValueError("nobody could read it")
    sealed: bytes = pyrage.encrypt(plain, [pyrage.x25519.Recipient.from_str(public) for public in publics])
    return sealed


def unseal(sealed: bytes, secret: str) -> bytes:
    """Open what was sealed."""
    try:
        plain: bytes = pyrage.decrypt(sealed, [_identity(secret)])
    except pyrage.DecryptError:
        raise Unreadable from None
    return plain


def wrap(secret: str, public: str) -> bytes:
    """Seal a case's secret for one reader, as a file of keys that any age tool takes."""
    return seal(f"{secret}\n".encode(), [public])


def unwrap(sealed: bytes, secret: str) -> str:
    """Return a case's secret with a reader's own one."""
    return _secret(unseal(sealed, secret))


def _identity(secret: str) -> "pyrage.x25519.Identity":
    try:
        return pyrage.x25519.Identity.from_str(secret)
    except pyrage.IdentityError:
        raise Unreadable from None


def _secret(plain: bytes) -> str:
    """Return the secret key that was sealed; what was sealed by somebody else may be anything."""
    try:
        secret = plain.decode("ascii").strip()
    except UnicodeDecodeError:
        raise Unreadable from None
    public_of(secret)
    return secret


# Passphrases.


@dataclass(frozen=True, slots=True)
class Cost:
    """What trying one passphrase costs: KiB of memory, and how often all of it is gone through (RFC 9106)."""

    memory: int
    passes: int


COST = Cost(64 * 1024, 3)  # 0.15 to 0.2 s on a machine of 2026


def lock(secret: str, passphrase: str, cost: Cost = COST) -> bytes:
    """Seal a secret with a passphrase. Slow on purpose: to be called in a thread, outside of any transaction."""
    head = cost.memory.to_bytes(4) + cost.passes.to_bytes(2) + secrets.token_bytes(SALT_BYTES)
    return head + _shut(_stretched(passphrase, head), secret.encode(), head)


def unlock(sealed: bytes, passphrase: str) -> str:
    """Open it again, as slowly: to be called in a thread. Raises Unreadable after another passphrase."""
    size = 6 + SALT_BYTES
    head, rest = sealed[:size], sealed[size:]
    if len(head) < size:
        raise Unreadable
    return _secret(_open(_stretched(passphrase, head), rest, head))


def _stretched(passphrase: str, head: bytes) -> bytes:
    memory, passes, salt = int.from_bytes(head[:4]), int.from_bytes(head[4:6]), head[6:]
    if memory not in _MEMORIES or passes not in _PASSES:
        raise Unreadable
    typed = unicodedata.normalize("NFKC", passphrase).strip()
    stretch = Argon2id(salt=salt, length=KEY_BYTES, iterations=passes, lanes=1, memory_cost=memory)
    return stretch.derive(typed.encode("utf-8", "surrogatepass"))


# The reporter's code.


def new_code() -> str:
    """Return a code of 25 digits."""
    return f"{secrets.randbelow(10**CODE):0{CODE}}"


def grouped(code: str) -> str:
    """Return a code as it is shown: `12345 67890 12345 67890 12345`."""
    return " ".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def read_code(text: str) -> str:
    """Return the digits of a code as somebody typed it: with spaces, hyphens, in digits of any script.

    Raises ValueError if it isn't one.
    """
    found = [str(unicodedata.decimal(sign)) for sign in text if _means(sign)]
    if len(found) != CODE:
        raise ValueError("a code has 25 digits")
    return "".join(found)


def _means(sign: str) -> bool:
    """Tell whether a sign is a digit; whether it is nothing. Raises ValueError if it is something else."""
    if sign.isdecimal():
        return True
    if unicodedata.category(sign)[0] not in "ZPC":  # spaces, hyphens and other marks, what isn't seen
        raise ValueError("a code has nothing but digits")
    return False


def receipt(code: str) -> bytes:
    """Return what finds a case by its code; the code can't be had from it."""
    return hashlib.sha256(b"mentorbot receipt\0" + code.encode()).digest()


def wrap_for_code(secret: str, code: str) -> bytes:
    """Seal a case's secret with the reporter's code."""
    return _shut(_derived(code.encode(), "receipt code"), secret.encode())


def by_code(sealed: bytes, code: str) -> str:
    """Open it again."""
    return _secret(_open(_derived(code.encode(), "receipt code"), sealed))


# What stands under a token, which is in buttons alone: unlocked keys, reports in the making.


def new_token() -> str:
    """Return a token, drawn by lot."""
    return base64.urlsafe_b64encode(secrets.token_bytes(TOKEN_BYTES)).decode().rstrip("=")


def session_id(token: str) -> str:
    """Return the id under which a token's thing is kept; the token can't be had from it."""
    return hashlib.sha256(b"mentorbot session\0" + token.encode("utf-8", "surrogatepass")).hexdigest()


def shut(plain: bytes, token: str) -> bytes:
    """Seal something with a token."""
    return _shut(_of_token(token), plain)


def reopen(sealed: bytes, token: str) -> bytes:
    """Open it again."""
    return _open(_of_token(token), sealed)


def session(secret: str) -> tuple[str, str, bytes]:
    """Return a token that stands in buttons alone, the id under which the secret is kept, and the sealed secret."""
    token = new_token()
    return token, session_id(token), shut(secret.encode(), token)


def by_session(sealed: bytes, token: str) -> str:
    """Open it again."""
    return _secret(reopen(sealed, token))


def _of_token(token: str) -> bytes:
    try:
        key = base64.b64decode(token + "==", altchars="-_", validate=True)
    except ValueError:
        raise Unreadable from None
    return _derived(key, "session")


# What the bot itself has to know by day.


@dataclass(frozen=True, slots=True, repr=False)
class Hidden:
    """What the bot has to know of a case without anybody's key; sealed with a secret that isn't in the database.

    `reporter`: who made it, with a name. `excluded`: who must not learn anything of it. `shown`: the responders who
    were named to the reporter beforehand, so that they may step in. `outside`: it went to the outside contact.
    `danger`: somebody is in danger now.
    """

    reporter: int | None = None
    excluded: tuple[int, ...] = ()
    shown: tuple[int, ...] = ()
    outside: bool = False
    danger: bool = False


def hide(secret: bytes, case_id: int, data: Hidden) -> bytes:
    """Seal it with the deployment's secret, for one case; filled up, so that its size tells next to nothing."""
    written = json.dumps(asdict(data), separators=(",", ":")).encode()
    filled = written.ljust(-(-len(written) // HIDDEN_ROOM) * HIDDEN_ROOM)
    return _shut(_derived(secret, "hidden"), filled, str(case_id).encode())


def unhide(secret: bytes, case_id: int, sealed: bytes) -> Hidden:
    """Open it again. Raises Unreadable also if it is another case's."""
    found = json.loads(_open(_derived(secret, "hidden"), sealed, str(case_id).encode()))
    lists = {name: tuple(found[name]) for name in ("excluded", "shown")}
    return Hidden(**{**found, **lists})


def _derived(key: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, None, f"mentorbot report {purpose}".encode()).derive(key)


def _shut(key: bytes, plain: bytes, about: bytes = b"") -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, plain, about)


def _open(key: bytes, sealed: bytes, about: bytes = b"") -> bytes:
    try:
        return ChaCha20Poly1305(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about)
    except (InvalidTag, ValueError):
        raise Unreadable from None
