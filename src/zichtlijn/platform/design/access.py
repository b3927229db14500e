"""Who may see the component gallery."""

from __future__ import annotations

from typing import Any

from django.conf import settings


def may_see_gallery(user: Any) -> bool:
    """Administrators; everybody on a machine where DEBUG is on."""
    return settings.DEBUG or getattr(user, "role", "") == "administrator"
