"""Demo accounts, one or more for each role; they can only sign in while the installation runs as a demo."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction

from ..events.recording import record, snapshot
from .models import Team, User
from .roles import Role
from .teams import add_team, join_team

DEMO_PASSWORD = "zichtlijn-demo"  # noqa: S105 - printed at every start; the accounts are refused outside a demo


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A fictional person."""

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
    DemoPerson("inspecteur2", "Hanna Bakker (demo)", Role.INSPECTOR),
    DemoPerson("melder-pi", "Ilse Vermeer (demo)", Role.ORGANISATION),
    DemoPerson("partner", "Joris Postma (demo)", Role.PARTNER),
)
TEAMS = {"Sanctietoepassing (demo)": ("inspecteur", "programmamanager"), "Jeugd en migratie (demo)": ("inspecteur2",)}


@transaction.atomic
def load_people() -> dict[str, User]:
    """Make the demo accounts and teams that are not there yet; returns the first account of each role."""
    people: dict[str, User] = {}
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
        people.setdefault(person.role.value, user)
    _load_teams()
    return people


def _load_teams() -> None:
    for name, usernames in TEAMS.items():
        if Team.objects.filter(name=name).exists():
            continue
        team = add_team(actor=None, name=name, is_demo=True)
        for user in User.objects.filter(username__in=usernames).order_by("username"):
            join_team(actor=None, team=team, user=user)
