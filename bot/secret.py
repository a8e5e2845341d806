"""The deployment's secret: it seals what the bot itself has to know and the database alone must not tell."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

BYTES = 32


def secret_from(key: bytes) -> bytes:
    """Derive it from the key that lies outside the database (`audit.key_file`): with another key, nothing opens."""
    return HKDF(SHA256(), BYTES, None, b"mentorbot deployment secret").derive(key)
