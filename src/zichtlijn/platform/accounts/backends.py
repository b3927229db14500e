"""Ways to sign in."""

from __future__ import annotations

from django.contrib.auth.backends import ModelBackend


class LocalAccounts(ModelBackend):
    """Accounts of this installation, with a password kept as Argon2."""
