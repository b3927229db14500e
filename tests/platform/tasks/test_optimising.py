"""The database keeps statistics of its tables."""

from __future__ import annotations

import pytest
from django.db import connection

from zichtlijn.platform.accounts.models import User
from zichtlijn.platform.tasks.optimising import optimise
from zichtlijn.platform.tasks.recurring import all_recurring


def test_it_is_done_every_day() -> None:
    assert "database.optimise" in [each.name for each in all_recurring()]


@pytest.mark.django_db
def test_afterwards_the_database_knows_its_tables() -> None:
    User.objects.bulk_create([User(username=f"p{number}") for number in range(200)])
    optimise()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'accounts_user'")
            assert cursor.fetchone()[0] > 0
