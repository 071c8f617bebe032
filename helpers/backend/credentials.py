"""Secret access keys of our engine: one random secret in the labs' folder, from which each account's is derived.

`<labs' folder>/credentials/secret` holds the random secret, in a folder of mode 0700 and a file of mode 0600: who may
read it may be root in every account of this engine, as on AWS whoever holds a root user's keys. The engine and the
learner's side import this module, so it needs the standard library only.
"""

import base64
import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path

from helpers.errors import LabError


def secret_file(home: Path) -> Path:
    """Return where the random secret of the labs' folder `home` is kept; it need not exist yet."""
    return home / "credentials" / "secret"


def read_secret(home: Path) -> str | None:
    """Return the random secret of `home`, or None if there is none, or it is not ours to read."""
    try:
        return secret_file(home).read_text(encoding="ascii").strip() or None
    except (OSError, ValueError):
        return None


def ensure_secret(home: Path) -> str:
    """Return the random secret of `home`; make it first if there is none. Two that call this at once agree.

    Raises: LabError if it cannot be written.
    """
    file = secret_file(home)
    if known := read_secret(home):
        return known
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, new = tempfile.mkstemp(dir=file.parent)  # mode 0600, whatever the umask
        try:
            with open(descriptor, "w", encoding="ascii") as text:
                text.write(secrets.token_urlsafe(32) + "\n")
            os.link(new, file)  # whole, or not at all; the first one wins
        except FileExistsError:
            pass
        finally:
            os.unlink(new)
    except OSError as error:
        raise LabError(
            f"{error.filename or file} cannot be written ({error.strerror}): make it writable, "
            "or set LAB_HOME to a folder that is."
        ) from error
    if known := read_secret(home):
        return known
    raise LabError(f"{file} cannot be read, or is empty: remove it, then stop the engine and start it again.")


def secret_access_key(secret: str, access_key_id: str) -> str:
    """Return the secret access key of an account: 40 characters, as on AWS.

    `secret`: the random secret. `access_key_id`: `test`, or 12 digits, the account's id.
    """
    digest = hmac.digest(secret.encode(), f"secret access key of {access_key_id}".encode(), hashlib.sha256)
    return base64.b64encode(digest).decode()[:40]


def proof(secret: str, method: str, path: str, moment: float) -> str:
    """Return a proof for the engine that its caller has the random secret, which is not sent: another may listen.

    It holds for this method and path, for a minute from `moment` (seconds since 1970).
    """
    seconds = int(moment)
    return f"{seconds}:{hmac.new(secret.encode(), f'{method} {path} {seconds}'.encode(), 'sha256').hexdigest()}"


def is_proof(said: str, secret: str, method: str, path: str, moment: float) -> bool:
    """Tell whether `said` is a proof for this method and path, not older than a minute at `moment`."""
    seconds = said.partition(":")[0]
    if not (seconds.isascii() and seconds.isdecimal() and len(seconds) < 12 and abs(moment - int(seconds)) <= 60):
        return False
    return hmac.compare_digest(said.encode(), proof(secret, method, path, int(seconds)).encode())


def answer(secret: str, nonce: str) -> str:
    """Return the answer of an engine that has the random secret to `nonce`, a value that was never used before."""
    return hmac.new(secret.encode(), f"engine {nonce}".encode(), "sha256").hexdigest()
