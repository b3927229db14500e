"""Demo accounts, one for each role; they can only sign in while the installation runs as a demo."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction

from ..events.recording import record, snapshot
from .models import User
from .roles import Role

DEMO_PASSWORD = "zichtlijn-demo"  # noqa: S105 - printed at every start; the accounts are refused outside a demo


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A fictional member of staff."""

    username: str
    full_name: str
    role: Role


PEOPLE = (
    DemoPerson("programmamanager", "Anouk Verhoeven (demo)", Role.PROGRAMME_MANAGER),
    DemoPerson("inspecteur", "Bilal Haddad (demo)", Role.INSPECTOR),
    DemoPerson("ig", "Cornelie van Dam (demo)", Role.INSPECTOR_GENERAL),
    DemoPerson("analist", "Daan Wiersma (demo)", Role.ANALYST),
    DemoPerson("redacteur", "Eva Martens (demo)", Role.EDITOR),
    DemoPerson("lezer", "Femke Osman (demo)", Role.READER),
    DemoPerson("beheerder", "Gijs Jansen (demo)", Role.ADMINISTRATOR),
)


@transaction.atomic
def load_people() -> dict[str, User]:
    """Make the demo accounts that are not there yet; returns all of them by role."""
    people = {}
    for person in PEOPLE:
        user, made = User.objects.get_or_create(
            username=person.username,
            defaults={
                "full_name": person.full_name,
                "role": person.role,
                "is_demo": True,
                "password": make_password(DEMO_PASSWORD),
            },
        )
        if made:
            record(actor=None, action="accounts.add", about=user, after=snapshot(user, fields=["username", "role"]))
        people[person.role.value] = user
    return people
