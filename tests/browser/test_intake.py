"""From a notification to a proposed investigation, between an organisation, an inspector and who decides; a batch."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect

from .conftest import OpenAs, Product

Take = Callable[[Page, str], Path]
MOST_BYTES = 250_000
NORMS = ("facts", "causes", "heard", "measures", "learning")
CRITERIA = ("impact", "reflection", "system")


def send(page: Page) -> None:
    """The button that the form is for."""
    page.locator("main form.zl-narrow button[type=submit]").first.click()


def notified(page: Page, subject: str) -> str:
    """Write a notification as the organisation and send it in; the number of it."""
    page.goto("/signals/portal/new")
    page.locator("#id_category").select_option(index=1)
    discovered = datetime.now().astimezone() - timedelta(hours=2)
    page.locator("#id_discovered_at").fill(discovered.strftime("%Y-%m-%dT%H:%M"))
    page.locator("#id_subject").fill(subject)
    page.locator("#id_text").fill("Een bewoner viel van de trap en brak een arm.")
    send(page)
    page.wait_for_url("**/signals/portal/*/")
    number = page.url.rstrip("/").rpartition("/")[2]
    page.goto(f"/signals/portal/{number}/steps/submit")
    send(page)
    page.wait_for_url(f"**/signals/portal/{number}/")
    return number


def asked_for_an_evaluation(page: Page, number: str) -> None:
    """Take the notification up and ask the organisation what went wrong."""
    page.goto(f"/signals/{number}/")
    page.locator(f"form[action='/signals/{number}/steps/take_up'] button").click()
    page.goto(f"/signals/{number}/steps/ask_evaluation")
    page.locator("#id_question").fill("Hoe kon dit gebeuren, en wat verandert u?")
    page.locator("#id_due_on").fill((datetime.now().astimezone() + timedelta(days=30)).strftime("%Y-%m-%d"))
    send(page)
    page.wait_for_url("**/signals/evaluations/*/")


def judged(page: Page, evaluation: str) -> None:
    """Judge an own evaluation by every norm."""
    page.goto(f"{evaluation}steps/judge")
    for norm in NORMS:
        page.locator(f"input[name=score_{norm}][value='1']").check()
        page.locator(f"#id_evidence_{norm}").fill("Zie het verslag")
    page.locator("#id_conclusion").fill("Het verslag zoekt de oorzaak niet in de eigen organisatie.")
    send(page)
    expect(page.locator("main")).to_contain_text("Het verslag zoekt de oorzaak niet")


def weighed(page: Page, number: str, title: str) -> str:
    """Weigh it and lay it before who decides; the address of the weighing."""
    page.goto(f"/signals/{number}/")
    page.locator(f"form[action='/signals/{number}/steps/start_weighing'] button").click()
    page.wait_for_url("**/weighings/*/")
    weighing = page.url
    page.goto(f"{weighing}steps/score")
    for criterion in CRITERIA:
        page.locator(f"input[name={criterion}_score][value='2']").check()
        page.locator(f"#id_{criterion}_evidence").fill("Zie de melding en het verslag")
    page.locator("#id_added_value").fill("Wij zien meer instellingen naast elkaar.")
    page.locator("#id_proposed_title").fill(title)
    send(page)
    page.wait_for_url(weighing)
    page.locator("form[action$='/steps/submit'] button").click()
    page.wait_for_url(weighing)
    return weighing


def test_pictures_of_the_work(open_as: OpenAs, screenshot: Take) -> None:
    """First, while the lists hold the demo alone."""
    inspector, organisation, administrator = (open_as(name) for name in ("inspecteur", "melder-pi", "beheerder"))
    inspector.goto("/signals/?whose=unassigned")
    assert screenshot(inspector, "work-list").stat().st_size < MOST_BYTES
    inspector.goto("/signals/?whose=all&state=in_triage")
    inspector.locator("main tbody th a, main tbody td a").first.click()
    assert screenshot(inspector, "triage").stat().st_size < MOST_BYTES
    organisation.goto("/signals/portal/")
    assert screenshot(organisation, "portal").stat().st_size < MOST_BYTES
    administrator.goto("/casefiles/?kind=signals.signal")
    trail = administrator.locator("main a[href$='/readings']").first.get_attribute("href") or ""
    number = trail.split("/")[3]
    assert inspector.goto(f"/signals/{number}/").status == 200  # type: ignore[union-attr]
    inspector.goto(f"/events/signals.signal/{number}")
    administrator.goto(trail)
    expect(administrator.locator("main tbody tr").first).to_be_visible()
    assert screenshot(administrator, "read-trail").stat().st_size < MOST_BYTES


def test_an_organisation_notifies_and_an_investigation_is_proposed(open_as: OpenAs, screenshot: Take) -> None:
    organisation, inspector = open_as("melder-pi"), open_as("inspecteur")
    number = notified(organisation, "Val van de trap in de nacht")
    organisation.goto("/signals/portal/")
    expect(organisation.get_by_role("link", name="Val van de trap in de nacht")).to_be_visible()

    asked_for_an_evaluation(inspector, number)
    organisation.goto(f"/signals/portal/{number}/")
    organisation.locator("main a[href^='/signals/evaluations/']").first.click()
    evaluation = organisation.url
    organisation.goto(f"{evaluation}steps/hand_in")
    organisation.locator("#id_text").fill("Wij spraken met iedereen. De leuning zat los.")
    send(organisation)
    organisation.wait_for_url(evaluation)

    judged(inspector, evaluation)
    weighing = weighed(inspector, number, "Veiligheid van trappen in de nacht")
    assert screenshot(inspector, "weighing").stat().st_size < MOST_BYTES
    decider = open_as("ig")
    decider.goto(f"{weighing}steps/investigate")
    decider.locator("#id_reason").fill("Ernstig, en niemand anders doet het.")
    send(decider)
    decider.wait_for_url(weighing)
    expect(decider.locator("#panel-became")).to_contain_text("Veiligheid van trappen in de nacht")
    organisation.goto(evaluation)
    expect(organisation.locator("main")).to_contain_text("Het verslag zoekt de oorzaak niet")
    expect(organisation.locator("main")).not_to_contain_text("Zie het verslag")


def test_a_batch_by_the_api_counts_once_with_its_key(product: Product, open_as: OpenAs) -> None:
    made = product.command("shell", "-c", MAKE_TOKEN)
    secret = made.stdout.strip().splitlines()[-1]
    page = open_as("melder-pi")
    sent = {
        "meldingen": [
            {
                "categorie": page_category(page),
                "ontdektOp": (datetime.now().astimezone() - timedelta(hours=1)).isoformat(),
                "onderwerp": f"Melding uit het eigen systeem {number}",
                "omschrijving": "Uit het eigen systeem.",
                "eigenKenmerk": f"EIGEN-{number}",
            }
            for number in (1, 2)
        ]
    }
    headers = {"Authorization": f"Bearer {secret}", "Idempotency-Key": "reeks-1", "Content-Type": "application/json"}
    stranger = open_as("")
    first, again = (
        stranger.request.post("/api/v1/meldingreeksen", headers=headers, data=json.dumps(sent)) for _time in range(2)
    )
    assert first.status == again.status == 200, first.text()
    assert first.json() == again.json()
    page.goto("/signals/portal/")
    expect(page.get_by_role("link", name="Melding uit het eigen systeem 1")).to_have_count(1)
    expect(page.get_by_role("link", name="Melding uit het eigen systeem 2")).to_have_count(1)


def page_category(page: Page) -> str:
    """A category that the organisation can choose."""
    page.goto("/signals/portal/new")
    return page.locator("#id_category option").nth(1).get_attribute("value") or ""


MAKE_TOKEN = """
from datetime import timedelta
from django.utils.timezone import localdate
from zichtlijn.platform.accounts.models import User
from zichtlijn.platform.api.actions import make_token
user = User.objects.get(username="melder-pi")
made = make_token(actor=None, user=user, name="Eigen systeem", expires_on=localdate() + timedelta(days=30))
print(made.secret)
"""
