"""The dashboard: its parts, its filters, its links, and what a reader may not see."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from zichtlijn.supervision.sources.dashboard_page import PARTS
from zichtlijn.supervision.sources.models import Dataset

from .dataset_steps import mapped, prepared
from .logs import registration

INLINE = re.compile(r'<script(?![^>]*\bsrc=)|<style|\sstyle="|\son[a-z]+="|javascript:', re.IGNORECASE)
ClientOf = Callable[[Any], Client]


@pytest.fixture
def dataset(anna: Any, settings: Any, tmp_path: Any) -> Dataset:
    """A prepared dataset."""
    settings.DATA = tmp_path
    return prepared(anna)


def page(client: Client, dataset: Dataset, part: str = "overview", query: str = "", language: str = "en") -> str:
    """The HTML of a part."""
    name, arguments = ("sources:dataset-dashboard-part", [dataset.pk, part])
    answer = client.get(f"{reverse(name, args=arguments)}{query}", headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def links(text: str, address: str) -> list[dict[str, str]]:
    """What the links to an address ask, in order."""
    found = re.findall(rf'href="({re.escape(address)}[^"]*)"', text)
    return [dict(parse_qsl(urlsplit(each.replace("&amp;", "&")).query)) for each in found]


@pytest.mark.parametrize("part", [part.slug for part in PARTS])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_part_is_whole(part: str, language: str, dataset: Dataset, anna: Any, client_of: ClientOf) -> None:
    text = page(client_of(anna), dataset, part, language=language)
    assert INLINE.search(text) is None
    assert f'<html lang="{language}"' in text
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert sorted(ids) == sorted(set(ids))
    named = {name for value in re.findall(r'aria-labelledby="([^"]+)"', text) for name in value.split()}
    assert named <= set(ids)
    assert text.count("<h1") == 1
    assert text.count('aria-current="page"') >= 1


def test_the_address_of_the_dashboard_is_its_first_part(dataset: Dataset, anna: Any, client_of: ClientOf) -> None:
    text = client_of(anna).get(reverse("sources:dataset-dashboard", args=[dataset.pk])).content.decode()
    assert 'id="phenomena-title"' in text


def test_every_figure_leads_to_its_cases_and_to_keeping_it(dataset: Dataset, anna: Any, client_of: ClientOf) -> None:
    client = client_of(anna)
    text = page(client, dataset, "steps")
    cases, keep = (reverse(f"sources:{name}", args=[dataset.pk]) for name in ("dataset-cases", "figure-save"))
    assert {each["metric"] for each in links(text, keep)} == {"bottlenecks", "directly-follows", "variants", "rework"}
    asked = links(text, cases)
    assert {each["metric"] for each in asked} >= {"bottlenecks", "directly-follows", "variants"}
    for each in asked:
        assert client.get(cases, each).status_code == 200
    assert client.get(keep, {"metric": "variants"}).status_code == 200


def test_a_selection_is_kept_in_every_link(dataset: Dataset, anna: Any, client_of: ClientOf) -> None:
    region = dataset.open_prepared().values("region")[0]
    text = page(client_of(anna), dataset, "steps", f"?region={region}&from=2000-01-01")
    cases, keep = (reverse(f"sources:{name}", args=[dataset.pk]) for name in ("dataset-cases", "figure-save"))
    for each in links(text, cases) + links(text, keep):
        assert each["region"] == region
        assert each["from"] == "2000-01-01"
    tabs = links(text, reverse("sources:dataset-dashboard-part", args=[dataset.pk, "waiting"]))
    assert tabs == [{"from": "2000-01-01", "region": region}]


def test_a_selection_changes_the_figures(dataset: Dataset, anna: Any, client_of: ClientOf) -> None:
    client, regions = client_of(anna), dataset.open_prepared().values("region")
    assert len(regions) > 1
    pages = {page(client, dataset, "overview", f"?region={region}") for region in ("", *regions)}
    assert len(pages) == 1 + len(regions)


def test_a_filter_can_be_taken_away(dataset: Dataset, anna: Any, client_of: ClientOf) -> None:
    region = dataset.open_prepared().values("region")[0]
    text = page(client_of(anna), dataset, "overview", f"?region={region}&until=2099-01-01")
    here = reverse("sources:dataset-dashboard", args=[dataset.pk])
    chips = re.findall(rf'class="zl-chip" href="({re.escape(here)}[^"]*)"', text)
    assert [dict(parse_qsl(urlsplit(chip).query)) for chip in chips] == [{"region": region}, {"until": "2099-01-01"}]


def test_what_the_log_does_not_have_is_named(dataset: Dataset, anna: Any, client_of: ClientOf) -> None:
    text = page(client_of(anna), dataset, "overview", "?region=Atlantis%3Cb%3E&from=soon")
    assert "Atlantis&lt;b&gt;" in text
    assert "soon" in text


def test_a_selection_without_cases_is_a_page_too(dataset: Dataset, anna: Any, client_of: ClientOf) -> None:
    for part in PARTS:
        page(client_of(anna), dataset, part.slug, "?until=1999-01-01")


def test_a_figure_that_cannot_be_made_says_why(dataset: Dataset, anna: Any, client_of: ClientOf) -> None:
    text = page(client_of(anna), dataset, "times")
    assert "The registration has no terms, and none was given." in text


def test_a_reader_sees_figures_without_small_counts_and_keeps_none(
    dataset: Dataset, erin: Any, client_of: ClientOf
) -> None:
    text = page(client_of(erin), dataset, "overview")
    assert "Counts below 5 are not said" in text
    assert links(text, reverse("sources:figure-save", args=[dataset.pk])) == []


@pytest.fixture
def many(anna: Any, settings: Any, tmp_path: Any) -> Dataset:
    """A prepared dataset of 300 cases, in two years."""
    settings.DATA = tmp_path
    return prepared(anna, registration(range(1, 301)))


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?region=Noord&group=licht", "Choose one region"),
        ("?region=Noord&region=Zuid", "Choose one region"),
        ("?from=2031-01-01&until=2031-06-30", "Choose one region"),
        ("?from=2031-01-01", "Choose one region"),
        ("?year=2033", "This selection is not shown"),
        ("?region=Noord&from=2030-01-01&until=2030-12-31", "This selection is not shown"),
    ],
)
def test_a_reader_chooses_no_part_that_differs_from_another_by_a_few(
    query: str, said: str, many: Dataset, erin: Any, client_of: ClientOf
) -> None:
    text = page(client_of(erin), many, "overview", query)
    assert said in text
    assert "zl-figure__" not in text
    assert 'id="phenomena-title"' not in text


def test_who_sees_cases_chooses_any_part(many: Dataset, anna: Any, client_of: ClientOf) -> None:
    assert 'id="phenomena-title"' in page(client_of(anna), many, "overview", "?region=Noord&until=2031-03-01")


def test_a_reader_chooses_a_large_part_of_a_whole_year(many: Dataset, erin: Any, client_of: ClientOf) -> None:
    client = client_of(erin)
    for query in ("", "?part=region:Noord", "?year=2031", "?region=Noord&year=2031"):
        text = page(client, many, "overview", query)
        assert 'id="phenomena-title"' in text, query
        assert "one part of the cases at a time" in text
    chips = re.findall(r'class="zl-chip" href="[^"?]*([^"]*)"', text)
    assert chips == ["?region=Noord", "?year=2031"]


def test_a_part_that_leaves_out_a_few_is_not_shown(
    anna: Any, erin: Any, client_of: ClientOf, settings: Any, tmp_path: Any
) -> None:
    settings.DATA = tmp_path
    few = registration(range(1, 301)).replace(b";Zuid;", b";Noord;").replace(b"Midden", b"Noord")
    few = b"\n".join(line.replace(b";Noord;", b";Zuid;") if line[:5] == b"Z-000" else line for line in few.split(b"\n"))
    text = page(client_of(erin), prepared(anna, few), "overview", "?region=Noord")
    assert "This selection is not shown" in text


def test_who_sees_cases_sees_every_count(dataset: Dataset, anna: Any, client_of: ClientOf) -> None:
    assert "are not said" not in page(client_of(anna), dataset, "overview")


def test_there_is_no_dashboard_of_what_is_not_prepared(
    anna: Any, client_of: ClientOf, settings: Any, tmp_path: Any
) -> None:
    settings.DATA = tmp_path
    dataset = mapped(anna)
    assert client_of(anna).get(reverse("sources:dataset-dashboard", args=[dataset.pk])).status_code == 404


def test_there_is_no_part_by_another_name(dataset: Dataset, anna: Any, client_of: ClientOf) -> None:
    address = reverse("sources:dataset-dashboard-part", args=[dataset.pk, "weather"])
    assert client_of(anna).get(address).status_code == 404


def test_a_folder_that_is_gone_is_told_on_the_page_of_the_dataset(
    dataset: Dataset, anna: Any, client_of: ClientOf
) -> None:
    (dataset.folder / dataset.prepared_folder / "manifest.json").unlink()
    answer = client_of(anna).get(reverse("sources:dataset-dashboard", args=[dataset.pk]), follow=True)
    assert answer.redirect_chain == [(dataset.get_absolute_url(), 302)]
    assert answer.status_code == 200


def test_a_stranger_is_asked_to_sign_in(dataset: Dataset, client: Client) -> None:
    answer = client.get(reverse("sources:dataset-dashboard", args=[dataset.pk]))
    assert answer.status_code == 302


def test_only_datasets_that_the_reader_sees_are_looked_into(
    dataset: Dataset, anna: Any, erin: Any, client_of: ClientOf
) -> None:
    other = prepared(anna, title="Another chain")
    assert "Another chain" in page(client_of(erin), dataset, "parallels")
    Dataset.objects.filter(pk=other.pk).update(only_for=anna)
    assert "Another chain" not in page(client_of(erin), dataset, "parallels")


def test_more_datasets_ask_no_more_of_the_database(
    dataset: Dataset, anna: Any, client_of: ClientOf, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(anna)
    prepared(anna, title="One")
    page(client, dataset, "parallels")
    with CaptureQueriesContext(connection) as asked:
        page(client, dataset, "parallels")
    for number in range(4):
        copy = Dataset.objects.get(pk=dataset.pk)
        copy.pk, copy.title = None, f"Copy {number}"
        copy.save()
    with django_assert_num_queries(len(asked)):
        page(client, dataset, "parallels")
