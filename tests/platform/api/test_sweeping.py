"""Stored answers are kept as long as somebody may ask for them, and no longer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from zichtlijn.platform.api.idempotency import KEPT_FOR
from zichtlijn.platform.api.models import IdempotentAnswer
from zichtlijn.platform.api.sweeping import sweep


@pytest.mark.django_db
def test_only_old_answers_are_forgotten(bob: Any) -> None:
    now = timezone.now()
    for key, age in (("new", timedelta(0)), ("nearly", KEPT_FOR - timedelta(hours=1)), ("old", KEPT_FOR * 2)):
        IdempotentAnswer.objects.create(user=bob, key=key, status=200, body="{}", made_at=now - age)
    assert sweep() == 1
    assert set(IdempotentAnswer.objects.values_list("key", flat=True)) == {"new", "nearly"}
