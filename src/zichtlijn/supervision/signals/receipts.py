"""The receipt code: made from the form that was sent, kept as a digest, and what it opens for half an hour.

Who sends the same form again after a lost connection gets the same report and the same code. The code has 80 bits, in
letters and digits that cannot be mistaken for each other.
"""

from __future__ import annotations

import hashlib
import time
import uuid

from django.core import signing
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from .models import Sender

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
LENGTH, GROUP = 16, 4
MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0"})
HELD = "signals_receipt"
SECONDS_HELD = 30 * 60
FORM_SECONDS = 24 * 3600
_signer = signing.TimestampSigner(salt="signals.report")


def new_submission() -> str:
    """What a fresh form carries, so that it counts once however often it is sent."""
    return _signer.sign(str(uuid.uuid4()))


def read_submission(token: str) -> uuid.UUID | None:
    """The submission of a form that this installation gave out within the last day; None for anything else."""
    try:
        return uuid.UUID(_signer.unsign(token, max_age=FORM_SECONDS))
    except (signing.BadSignature, ValueError):
        return None


def code_of(submission: uuid.UUID) -> str:
    """The code that belongs to a submission: ``ABCD-EFGH-JKMN-PQRS``."""
    digest = salted_hmac("signals.receipt", submission.bytes, algorithm="sha256").digest()
    return _written(int.from_bytes(digest[:10], "big"))


def digest_of(code: str) -> str:
    """What is kept of a code; "" for what cannot be one. Spaces, dashes and small letters do not matter."""
    plain = "".join(sign for sign in code.upper() if not sign.isspace() and sign not in "-–—.").translate(MISREAD)
    if len(plain) != LENGTH or any(sign not in ALPHABET for sign in plain):
        return ""
    return hashlib.sha256(plain.encode()).hexdigest()


def find_signal(code: str) -> int | None:
    """The key of the report with this code; None for a wrong and for an unknown one alike."""
    digest = digest_of(code)
    found = Sender._base_manager.filter(receipt_sha256=digest).values_list("signal_id", flat=True) if digest else []
    return next(iter(found), None)


def belongs_to(code: str, signal_id: int) -> bool:
    """True for the code of this report; no longer so when the key of the installation was changed meanwhile."""
    return code != "" and find_signal(code) == signal_id


def hold(request: HttpRequest, signal_id: int, *, just_sent: bool = False) -> None:
    """Let this browser into the conversation of one report. The session gets a new key, as at a sign-in."""
    request.session.cycle_key()
    request.session[HELD] = {"signal": signal_id, "until": time.time() + SECONDS_HELD, "just_sent": just_sent}
    if not request.user.is_authenticated:
        request.session.set_expiry(SECONDS_HELD)


def held(request: HttpRequest) -> int | None:
    """The report whose conversation is open in this browser. Every page of it gives another half hour."""
    kept = request.session.get(HELD)
    if not kept:
        return None
    if kept["until"] < time.time():
        let_go(request)
        return None
    request.session[HELD] = {**kept, "until": time.time() + SECONDS_HELD}
    return int(kept["signal"])


def is_just_sent(request: HttpRequest) -> bool:
    """True while the page with the code may be shown again."""
    return bool((request.session.get(HELD) or {}).get("just_sent"))


def let_go(request: HttpRequest) -> None:
    """Close the conversation in this browser; nothing of it stays."""
    if request.user.is_authenticated:
        request.session.pop(HELD, None)
    else:
        request.session.flush()


def _written(number: int) -> str:
    signs = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))
    return "-".join(signs[start : start + GROUP] for start in range(0, LENGTH, GROUP))
