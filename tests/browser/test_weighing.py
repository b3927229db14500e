"""Weighing an incident: from a signal to a candidate of the programme, decided by somebody else; an incident file."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from .conftest import OpenAs

CRITERIA = ("impact", "reflection", "system")


def taken_up(page: Page, subject: str) -> None:
    """Enter what somebody told by telephone, and take it up."""
    page.goto("/signals/enter")
    page.get_by_label("telephone", exact=True).check()
    page.locator("#id_subject").fill(subject)
    page.locator("#id_text").fill("De vloer was glad en er was geen toezicht.")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/entered")
    page.goto("/signals/?whose=all")
    page.get_by_role("link", name=subject).first.click()
    page.get_by_role("button", name="Take up").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(subject)


def send(page: Page) -> None:
    """The button that the form is for."""
    page.locator("main form.zl-narrow button[type=submit]").first.click()


def test_a_signal_is_weighed_and_decided_on_by_somebody_else(open_as: OpenAs) -> None:
    page = open_as("inspecteur", language="en", script=False)
    taken_up(page, "Val in de doucheruimte")
    page.get_by_role("button", name="Weigh an incident investigation").click()
    page.wait_for_url("**/weighings/*/")
    weighing = page.url
    page.get_by_role("button", name="Lay before who decides").click()
    expect(page.get_by_text("Not scored yet", exact=False).first).to_be_visible()
    page.get_by_role("link", name="Score").click()
    for criterion in CRITERIA:
        page.locator(f"input[name={criterion}_score][value='2']").check()
    send(page)
    expect(page.locator("#error-summary")).to_have_text("There are 3 problems")
    for criterion in CRITERIA:
        page.locator(f"#id_{criterion}_evidence").fill("Zie de melding")
    page.locator("#id_added_value").fill("Wij zien meer inrichtingen naast elkaar.")
    page.locator("#id_without_evaluation").fill("Er is geen organisatie meer om het te vragen.")
    page.locator("#id_proposed_title").fill("Veiligheid in natte ruimten")
    send(page)
    page.get_by_role("button", name="Lay before who decides").click()
    expect(page.get_by_role("link", name="Investigate", exact=True)).to_have_count(0)

    decider = open_as("ig", language="en", script=False)
    decider.goto(weighing)
    decider.get_by_role("link", name="Investigate", exact=True).click()
    send(decider)
    expect(decider.locator("#error-summary")).to_be_visible()
    decider.locator("#id_reason").fill("Ernstig, en niemand anders doet het.")
    send(decider)
    decider.wait_for_url(weighing)
    decider.locator("#panel-became").get_by_role("link", name="Veiligheid in natte ruimten").click()
    expect(decider.locator("#panel-why")).to_contain_text("Ernstig, en niemand anders doet het.")


def test_a_criterion_is_linked_to_what_it_rests_on(open_as: OpenAs) -> None:
    page = open_as("inspecteur", language="en", script=False, width=390)
    taken_up(page, "Uitval van de alarmknop")
    page.get_by_role("button", name="Weigh an incident investigation").click()
    page.wait_for_url("**/weighings/*/")
    weighing = page.url
    page.get_by_role("link", name=re.compile("^Link evidence.*seriousness")).click()
    page.get_by_label("Kind").select_option(label="saved figure")
    page.get_by_role("search", name="Look for it").get_by_role("button", name="Search").press("Enter")
    figure = page.get_by_role("radio", name="(saved figure").first
    expect(page.get_by_role("radio", name="seriousness and impact on society")).to_be_checked()
    page.get_by_role("button", name="Link", exact=True).click()
    expect(page.locator("#error-summary")).to_be_visible()
    figure.check()
    page.get_by_label("Note").fill("Lange overdrachten")
    page.get_by_role("button", name="Link", exact=True).press("Enter")
    page.wait_for_url(weighing)
    linked = page.locator("section[aria-labelledby=criteria] li")
    expect(linked).to_contain_text("Lange overdrachten")
    linked.get_by_role("link").click()
    expect(page.get_by_role("link", name=re.compile("^W-")).first).to_be_visible()
    address = page.url
    page.goto(f"{weighing}evidence?criterion=system")
    page.get_by_label("Words, reference or address").fill(address)
    page.get_by_role("search", name="Look for it").get_by_role("button", name="Search").click()
    expect(page.get_by_role("radio", name="(saved figure")).to_be_checked()
    page.goto(weighing)
    linked.get_by_role("button", name="Unlink").press("Enter")
    expect(linked).to_have_count(0)


def test_an_incident_file_grows_scales_up_and_keeps_its_log(open_as: OpenAs) -> None:
    page = open_as("inspecteur", language="en", width=390)
    taken_up(page, "Hitte op afdeling A")
    page.get_by_role("link", name="Put in an incident file").click()
    page.locator("#id_title").fill("Hitte in detentie")
    send(page)
    page.wait_for_url("**/incidents/*/")
    incident = page.url
    page.get_by_role("link", name="Scale up").click()
    page.locator("#id_reason").fill("Drie afdelingen in een dag")
    send(page)
    page.get_by_role("link", name="Give a role").click()
    page.locator("#id_user").select_option(index=1)
    page.get_by_label("leader", exact=True).check()
    page.locator("#id_hours").fill("18")
    send(page)
    page.wait_for_url(incident)
    expect(page.locator("#roles + ul")).to_contain_text("18")
    page.get_by_role("link", name="Write a line").click()
    page.locator("#id_text").fill("Drie gedetineerden naar het ziekenhuis")
    send(page)
    page.get_by_role("link", name="Put right").first.click()
    page.locator("#id_text").fill("Het waren er twee")
    send(page)
    page.goto(incident)
    expect(page.locator("section[aria-labelledby=log] del")).to_have_text("Drie gedetineerden naar het ziekenhuis")
    page.get_by_role("link", name="Situation report", exact=True).click()
    page.locator("#id_known").fill("Op drie afdelingen is het boven 35 graden.")
    send(page)
    page.wait_for_url(incident)
    expect(page.locator("section[aria-labelledby=situation]")).to_contain_text("boven 35 graden")
