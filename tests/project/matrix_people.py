"""Who asks in the matrix: one person for every role, and those whose rights depend on more than a role."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils.timezone import localdate

from zichtlijn.platform.accounts.roles import Role

SIGN_IN = "zichtlijn.platform.accounts.backends.LocalAccounts"

# Name -> role; None has no account. Every value of ``Role`` must occur (test_every_role_asks).
ROLES: dict[str, str | None] = {
    "administrator": Role.ADMINISTRATOR,
    "inspector": Role.INSPECTOR,
    "inspector of the team": Role.INSPECTOR,
    "inspector of another team": Role.INSPECTOR,
    "inspector named on the file": Role.INSPECTOR,
    "programme manager": Role.PROGRAMME_MANAGER,
    "analyst": Role.ANALYST,
    "editor": Role.EDITOR,
    "inspector-general": Role.INSPECTOR_GENERAL,
    "reader": Role.READER,
    "organisation": Role.ORGANISATION,
    "organisation, account ended": Role.ORGANISATION,
    "partner": Role.PARTNER,
    "partner, share running": Role.PARTNER,
    "partner, share ended": Role.PARTNER,
    "stranger": None,
    "stranger with a receipt": None,
}
STAFF = frozenset(
    name for name, role in ROLES.items() if role not in (None, Role.READER, Role.ORGANISATION, Role.PARTNER)
)


class Browser(Client):
    """A client that does not keep a copy of every context that a template was given: only bytes are looked at here."""

    def request(self, **request: Any) -> Any:
        """The answer, with the cookies that it sets."""
        answer = self.handler(self._base_environ(**request))
        self.cookies.update(answer.cookies)
        return answer


@dataclass
class Person:
    """Somebody who asks; ``receipt``: the signal whose receipt code this browser holds; ``token`` is for the API.

    ``calendar`` is the secret in the address of the calendar.
    """

    name: str
    user: Any
    receipt: int | None = None
    token: str = ""
    calendar: str = ""

    def browser(self) -> Client:
        """A browser in which this person is signed in, or holds the receipt."""
        browser = Browser(raise_request_exception=False)
        if self.user is not None:
            browser.force_login(self.user, backend=SIGN_IN)
        if self.token:
            browser.defaults["HTTP_AUTHORIZATION"] = f"Bearer {self.token}"
        if self.receipt is not None:
            import time

            from zichtlijn.supervision.signals.receipts import HELD, SECONDS_HELD

            session = browser.session
            session[HELD] = {"signal": self.receipt, "until": time.time() + SECONDS_HELD, "just_sent": True}
            session.save()
        return browser


def people(own: Any, file_key: Any, receipt: int) -> tuple[dict[str, Person], Any]:
    """Everybody, and the team. ``own`` is the organisation of the account, ``file_key`` the restricted file."""
    from django.contrib.auth import get_user_model

    from zichtlijn.platform.accounts.models import Team, TeamMember
    from zichtlijn.platform.casefiles.models import FileAccess
    from zichtlijn.supervision.field.models import OrganisationAccount

    today, day = localdate(), timedelta(days=1)
    found = {}
    for number, (name, role) in enumerate(ROLES.items()):
        user = None
        if role is not None:
            user = get_user_model().objects.create(username=f"asks-{number}", full_name=name.capitalize(), role=role)
        found[name] = Person(name, user)
    found["stranger with a receipt"].receipt = receipt
    _give_tokens(found.values())
    _give_calendars(found.values())

    team, other_team = Team.objects.create(name="Team of the file"), Team.objects.create(name="Another team")
    TeamMember.objects.create(team=team, user=found["inspector of the team"].user)
    TeamMember.objects.create(team=team, user=found["inspector"].user, ended_on=today)
    TeamMember.objects.create(team=other_team, user=found["inspector of another team"].user)
    for name, ended in (("organisation", None), ("organisation, account ended", today)):
        OrganisationAccount.objects.create(
            user=found[name].user, organisation=own, since=today - 30 * day, ended_on=ended
        )
    named = {
        "inspector named on the file": {"is_owner": True},
        "inspector of another team": {"until": today - day},
        "partner, share running": {"until": today},
        "partner, share ended": {"until": today - day},
    }
    for name, more in named.items():
        FileAccess.objects.create(file_key=file_key, user=found[name].user, purpose="to know", **more)
    return found, team


def _give_tokens(everybody: Iterable[Person]) -> None:
    """A token of the API for everybody with an account."""
    from zichtlijn.platform.api.models import ApiToken
    from zichtlijn.platform.api.tokens import new_token

    for person in everybody:
        if person.user is not None:
            made = new_token()
            person.token = made.secret
            ApiToken.objects.create(
                user=person.user,
                role=person.user.role,
                name="asks",
                sha256=made.sha256,
                beginning=made.beginning,
                expires_on=localdate() + timedelta(days=9),
                last_used_on=localdate(),
            )


def _give_calendars(everybody: Iterable[Person]) -> None:
    """A calendar for everybody with an account, also for who is told of nothing."""
    from zichtlijn.platform.notices.actions import digest_of
    from zichtlijn.platform.notices.models import NoticeSetting

    for number, person in enumerate(everybody):
        if person.user is not None:
            person.calendar = f"secret-of-{number}"
            kept = {"calendar_token": digest_of(person.calendar)}
            NoticeSetting.objects.update_or_create(user=person.user, defaults=kept)
