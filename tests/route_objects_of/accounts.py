"""Objects for the addresses of teams and of accounts of organisations."""

from tests.route_objects import Give, record

NAMED: dict[str, Give] = (
    {f"accounts:team{end}": record("accounts.team") for end in ("", "-edit", "-join")}
    | {"accounts:team-leave": record("accounts.teammember")}
    | {"field:account-end": record("field.organisationaccount")}
)
