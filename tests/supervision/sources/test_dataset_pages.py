"""The pages of datasets: the path from upload to cases, what each role sees, and how many questions are asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse

from zichtlijn.platform.files.models import StoredFile
from zichtlijn.supervision.field.actions import register_chain
from zichtlijn.supervision.sources import actions
from zichtlijn.supervision.sources.models import Dataset, DatasetState, SavedMapping

from .dataset_steps import MAPPING, do_prepare, do_read, fresh, mapped, prepared, uploaded
from .logs import KEY, registration

Client = Callable[[Any], Any]
ROLES = ["alice", "bob", "carol", "dave", "erin", "frank", "anna"]
SEE_CASES = {"alice", "bob", "carol", "anna"}


def upload_of(data: bytes, name: str = "meldingen.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, "text/csv")


def page(client: Any, name: str, *args: Any, **query: Any) -> str:
    """The page as text; fails unless it answers with 200."""
    response = client.get(reverse(f"sources:{name}", args=args), query)
    assert response.status_code == 200, (name, response.status_code)
    return str(response.content.decode())


class TestUpload:
    def test_it_goes_on_to_the_work_that_reads_the_file(self, anna: Any, client_of: Client) -> None:
        response = client_of(anna).post(reverse("sources:dataset-upload"), {"file": upload_of(registration())})
        dataset = Dataset.objects.get()
        assert response["Location"] == dataset.job.get_absolute_url()
        assert (dataset.title, dataset.state) == ("meldingen.csv", DatasetState.READING)

    @pytest.mark.parametrize(
        ("name", "data"),
        [
            ("leeg.csv", b""),
            ("plaatje.csv", bytes(range(256)) * 40),
            ("kapot.xes", b"<log><trace><event>"),
            ("kapot.parquet", b"PAR1nothing of the kind"),
            ("kapot.xlsx", b"PK\x03\x04 and no more"),
        ],
    )
    def test_a_wrong_file_is_told_beside_the_field_and_not_kept(
        self, name: str, data: bytes, anna: Any, client_of: Client
    ) -> None:
        response = client_of(anna).post(reverse("sources:dataset-upload"), {"file": upload_of(data, name)})
        assert response.status_code == 400
        assert 'id="id_file_error"' in response.content.decode()
        assert not Dataset.objects.exists()
        assert not StoredFile.objects.exists()

    def test_a_broken_line_is_told_with_its_number(self, anna: Any, client_of: Client) -> None:
        lines = registration().splitlines()
        lines[30] = b'Z-0009;"open'
        response = client_of(anna).post(reverse("sources:dataset-upload"), {"file": upload_of(b"\n".join(lines))})
        assert response.status_code == 400
        assert "31" in response.content.decode()

    @override_settings(ZICHTLIJN_UPLOAD_LIMIT=2000)
    def test_a_file_above_the_limit_is_refused_before_it_is_read(self, anna: Any, client_of: Client) -> None:
        data = {"file": upload_of(b"x" * 3_000_000)}
        response = client_of(anna).post(reverse("sources:dataset-upload"), data)
        assert response.status_code == 413
        assert not StoredFile.objects.exists()

    def test_a_full_disk_is_told(self, anna: Any, client_of: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_given: Any, **_named: Any) -> Any:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("zichtlijn.supervision.sources.dataset_uploading.store", full)
        response = client_of(anna).post(reverse("sources:dataset-upload"), {"file": upload_of(registration())})
        assert response.status_code == 507
        assert "No space left on device" in response.content.decode()

    def test_the_button_pressed_twice_makes_one_dataset(self, anna: Any, client_of: Client) -> None:
        client, form = client_of(anna), page(client_of(anna), "dataset-upload")
        number = form.split('name="submission" value="')[1].split('"')[0]
        for _time in range(2):
            data = {"file": upload_of(registration()), "submission": number}
            assert client.post(reverse("sources:dataset-upload"), data).status_code == 302
        assert Dataset.objects.count() == 1

    def test_a_known_file_asks_whether_it_is_meant(self, anna: Any, client_of: Client) -> None:
        client, first = client_of(anna), uploaded(anna, title="De eerste")
        refused = client.post(reverse("sources:dataset-upload"), {"file": upload_of(registration())})
        assert refused.status_code == 400
        assert "De eerste" in refused.content.decode()
        assert StoredFile.objects.filter(pk=first.file_id).exists()
        again = {"file": upload_of(registration()), "again": "on"}
        assert client.post(reverse("sources:dataset-upload"), again).status_code == 302
        assert Dataset.objects.count() == 2


class TestMapping:
    @pytest.fixture
    def read(self, anna: Any) -> Dataset:
        return do_read(anna, uploaded(anna))

    def answers(self, **changed: Any) -> dict[str, Any]:
        """What a person chooses on the form."""
        chosen = {role: f"event:{column.name}" for role, column in MAPPING.roles.items()}
        given = {**chosen, "time_zone": "Europe/Amsterdam", "activities_of": "event:stap"}
        return given | {"end_activities": ["uitspraak"]} | changed

    def test_the_proposal_is_filled_in_with_reasons_beside_rows_of_the_file(
        self, read: Dataset, anna: Any, client_of: Client
    ) -> None:
        shown = page(client_of(anna), "dataset-mapping", read.pk)
        assert '<option value="event:zaak" selected>' in shown
        assert "Z-0001" in shown
        assert "uitspraak" in shown

    def test_choosing_leads_to_the_load_report(self, read: Dataset, anna: Any, client_of: Client) -> None:
        client = client_of(anna)
        response = client.post(reverse("sources:dataset-mapping", args=[read.pk]), self.answers())
        assert response["Location"] == reverse("sources:dataset-report", args=[read.pk])
        dataset = fresh(read)
        assert dataset.state == DatasetState.MAPPED
        assert dataset.chosen_mapping() == MAPPING
        assert "40" in page(client, "dataset-report", read.pk)

    def test_another_column_of_activities_is_shown_before_it_is_kept(
        self, read: Dataset, anna: Any, client_of: Client
    ) -> None:
        given = self.answers(activity="event:organisatie", organisation="", end_activities=[])
        response = client_of(anna).post(reverse("sources:dataset-mapping", args=[read.pk]), given)
        assert response.status_code == 200
        shown = response.content.decode()
        assert 'value="Rechtbank"' in shown
        assert 'name="activities_of" value="event:organisatie"' in shown
        assert fresh(read).state == DatasetState.READ

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"case": ""}, "case"),
            ({"case": "event:nergens"}, "case"),
            ({"region": "event:soort"}, "group"),
            ({"time_zone": "Mars/Olympus"}, "time_zone"),
            ({"sent_to": "doorgestuurd naar Rechtbank"}, "sent_to"),
            ({"sent_to": "iets anders -> Rechtbank"}, "sent_to"),
            ({"term_days": "0"}, "term_days"),
            ({"end_activities": ["nergens"]}, "end_activities"),
        ],
    )
    def test_what_cannot_be_is_told_beside_its_field(
        self, changed: dict[str, Any], field: str, read: Dataset, anna: Any, client_of: Client
    ) -> None:
        response = client_of(anna).post(reverse("sources:dataset-mapping", args=[read.pk]), self.answers(**changed))
        assert response.status_code == 400
        assert field in response.context["form"].errors
        assert fresh(read).state == DatasetState.READ

    def test_sent_to_a_term_and_a_last_day_are_understood(self, read: Dataset, anna: Any, client_of: Client) -> None:
        given = self.answers(
            sent_to="doorgestuurd -> Rechtbank\n",
            term_days="42",
            cut_off="2031-12-31",
            service_activities=["zaak gestart"],
            required_columns=["event:regio"],
        )
        client_of(anna).post(reverse("sources:dataset-mapping", args=[read.pk]), given)
        mapping = fresh(read).chosen_mapping()
        assert mapping.sent_to == {"doorgestuurd": "Rechtbank"}
        assert (mapping.term_days, mapping.cut_off) == (42, "2031-12-31")
        assert mapping.service_activities == ("zaak gestart",)
        assert [column.name for column in mapping.required] == ["regio"]
        shown = page(client_of(anna), "dataset-mapping", read.pk)
        assert 'value="2031-12-31"' in shown
        assert "doorgestuurd -&gt; Rechtbank" in shown

    def test_a_saved_meaning_is_taken_over(self, read: Dataset, anna: Any, client_of: Client) -> None:
        saved = actions.save_mapping(actor=anna, name="Meldingen", mapping=MAPPING.with_role("group", None))
        client = client_of(anna)
        shown = page(client, "dataset-mapping", read.pk, saved=str(saved.pk))
        assert '<option value="event:soort" selected>' not in shown
        assert page(client, "dataset-mapping", read.pk, saved="99999999999999999999999")

    def test_two_tabs_do_not_meet(self, read: Dataset, anna: Any, client_of: Client) -> None:
        client, address = client_of(anna), reverse("sources:dataset-mapping", args=[read.pk])
        client.post(address, self.answers())
        client.post(reverse("sources:dataset-report", args=[read.pk]), {})
        assert fresh(read).state == DatasetState.PREPARING
        assert client.post(address, self.answers(group="")).status_code == 302
        assert fresh(read).chosen_mapping() == MAPPING


class TestReport:
    def test_accepting_starts_the_preparation_once(self, anna: Any, client_of: Client) -> None:
        dataset, client = mapped(anna), client_of(anna)
        address = reverse("sources:dataset-report", args=[dataset.pk])
        assert client.post(address).status_code == 302
        job = fresh(dataset).job
        assert job is not None
        assert client.post(address).status_code == 400
        assert fresh(dataset).job == job
        assert do_prepare(anna, fresh(dataset)).has_figures

    @pytest.mark.parametrize("given", [{"pseudonymise": "on"}, {"key": KEY}, {"pseudonymise": "on", "key": "te kort"}])
    def test_a_half_given_key_is_refused(self, given: dict[str, str], anna: Any, client_of: Client) -> None:
        dataset = mapped(anna)
        response = client_of(anna).post(reverse("sources:dataset-report", args=[dataset.pk]), given)
        assert response.status_code == 400
        assert fresh(dataset).state == DatasetState.MAPPED
        assert KEY not in response.content.decode()

    def test_the_meaning_is_kept_under_a_name_once(self, anna: Any, client_of: Client) -> None:
        dataset, client = mapped(anna), client_of(anna)
        address = reverse("sources:dataset-keep-mapping", args=[dataset.pk])
        for name in ("Meldingen", "Meldingen", ""):
            assert client.post(address, {"name": name}).status_code == 302
        saved = SavedMapping.objects.get()
        assert "Meldingen" in page(client, "mapping-list")
        client.post(reverse("sources:mapping-withdraw", args=[saved.pk]))
        assert SavedMapping.objects.get().is_withdrawn
        client.post(reverse("sources:mapping-restore", args=[saved.pk]))
        assert not SavedMapping.objects.get().is_withdrawn

    def test_what_is_left_out_is_told_with_its_lines(self, anna: Any, client_of: Client) -> None:
        lines = registration().splitlines()
        lines[10] = b";".join([b"", *lines[10].split(b";")[1:]])
        lines[20] = lines[20].replace(b"2031-", b"ergens-")
        dataset = mapped(anna, b"\n".join(lines))
        shown = page(client_of(anna), "dataset-report", dataset.pk)
        assert "<td>11</td>" in shown.replace(' role="cell"', "") or ">11<" in shown
        assert ">21<" in shown


class TestWhoSeesWhat:
    @pytest.mark.parametrize("name", ROLES)
    def test_the_cases_are_for_who_works_with_them(
        self, name: str, anna: Any, client_of: Client, request: pytest.FixtureRequest
    ) -> None:
        dataset, user = prepared(anna), request.getfixturevalue(name)
        client = client_of(user)
        address, expected = reverse("sources:dataset-cases", args=[dataset.pk]), 200 if name in SEE_CASES else 403
        asked = {"metric": "directly-follows"}
        answer = client.get(address, asked)
        assert answer.status_code == expected
        assert ("Z-0001" in answer.content.decode()) == (name in SEE_CASES)
        number = case_number(dataset)
        assert client.get(reverse("sources:dataset-case", args=[dataset.pk, number])).status_code == expected
        assert client.get(address, {**asked, "format": "csv"}).status_code == expected
        assert client.get(reverse("sources:dataset-file", args=[dataset.pk])).status_code == expected

    @pytest.mark.parametrize("region", ["", "Noord", "Atlantis"])
    @pytest.mark.parametrize("metric", ["lead-times", "nothing"])
    def test_a_reader_cannot_count_with_the_page_of_cases(
        self, metric: str, region: str, anna: Any, erin: Any, client_of: Client
    ) -> None:
        dataset, client = prepared(anna), client_of(erin)
        address = reverse("sources:dataset-cases", args=[dataset.pk])
        plain = client.get(address)
        answer = client.get(address, {"metric": metric, "at_least": "500", "region": region})
        assert answer.status_code == 403
        assert "only for those who may see cases" in client.get(
            address, {"metric": metric}, headers={"accept-language": "en"}
        ).content.decode()  # fmt: skip
        main = [each.content.decode().split("<main")[1].split("</main")[0] for each in (plain, answer)]
        assert main[0] == main[1]

    def test_a_reader_sees_only_what_is_prepared(self, anna: Any, erin: Any, client_of: Client) -> None:
        dataset, client = mapped(anna), client_of(erin)
        assert client.get(dataset.get_absolute_url()).status_code == 404
        assert "Meldingen 2031" not in page(client, "dataset-list")
        shown = prepared(anna, title="Klaar")
        assert "Klaar" in page(client, "dataset", shown.pk)
        actions.withdraw_dataset(actor=anna, dataset=shown, reason="Fout.")
        assert client.get(shown.get_absolute_url()).status_code == 404

    @pytest.mark.parametrize("name", ["erin", "frank", "dave"])
    def test_others_change_nothing(
        self, name: str, anna: Any, client_of: Client, request: pytest.FixtureRequest
    ) -> None:
        dataset, client = prepared(anna), client_of(request.getfixturevalue(name))
        for view in ("edit", "withdraw", "add-file", "mapping", "report"):
            assert client.get(reverse(f"sources:dataset-{view}", args=[dataset.pk])).status_code == 403, view
        for view in ("read", "restart", "restore", "keep-mapping"):
            assert client.post(reverse(f"sources:dataset-{view}", args=[dataset.pk])).status_code == 403, view
        assert fresh(dataset).state == DatasetState.PREPARED


def case_number(dataset: Dataset) -> int:
    """The number of a case in the prepared log."""
    import pyarrow.parquet as pq

    folder = dataset.open_prepared().folder / "cases"
    return int(pq.read_table(folder)["case_no"][0].as_py())


class TestCases:
    def test_one_case_shows_its_events_and_it_is_told_who_looked(self, anna: Any, client_of: Client) -> None:
        from zichtlijn.platform.events.models import Event

        dataset = prepared(anna)
        shown = page(client_of(anna), "dataset-case", dataset.pk, case_number(dataset))
        assert "melding ontvangen" in shown
        assert "Meldpunt" in shown
        assert Event.objects.filter(action="sources.read_case", actor=anna).count() == 1

    def test_pages_and_a_file_hold_every_case_once(self, anna: Any, client_of: Client) -> None:
        dataset, client = prepared(anna, registration(range(1, 71))), client_of(anna)
        pages = [page(client, "dataset-cases", dataset.pk, metric="directly-follows", page=str(n)) for n in (1, 2, 3)]
        found = [f"Z-{number:04d}" for number in range(1, 71)]
        assert sum(shown.count(f">{key}<") for shown in pages for key in found) == 70
        asked = {"metric": "directly-follows", "format": "csv"}
        address = reverse("sources:dataset-cases", args=[dataset.pk])
        answer = client.get(address, asked)
        lines = b"".join(answer.streaming_content).decode().strip().splitlines()
        assert len(lines) == 71
        assert client.get(address, {**asked, "format": "xlsx"}).status_code == 200

    def test_the_selection_narrows_the_cases(self, anna: Any, client_of: Client) -> None:
        dataset, client = prepared(anna), client_of(anna)
        shown = page(client, "dataset-cases", dataset.pk, metric="directly-follows", region="Noord")
        assert "Z-0003" in shown
        assert "Z-0001" not in shown

    @pytest.mark.parametrize(
        "query", [{}, {"metric": "nergens"}, {"metric": "directly-follows", "from_activity": "nergens"}]
    )
    def test_a_strange_question_is_told_and_leads_back(
        self, query: dict[str, str], anna: Any, client_of: Client
    ) -> None:
        dataset = prepared(anna)
        response = client_of(anna).get(reverse("sources:dataset-cases", args=[dataset.pk]), query)
        assert response.status_code in (200, 302)

    @pytest.mark.parametrize("number", ["0", "-1", "x", "--1", "9" * 30])
    def test_a_case_that_is_not_there_is_not_found(self, number: str, anna: Any, client_of: Client) -> None:
        dataset = prepared(anna)
        address = reverse("sources:dataset-case", args=[dataset.pk, number])
        assert client_of(anna).get(address).status_code == 404


def test_the_chain_shows_its_datasets(anna: Any, client_of: Client) -> None:
    chain = register_chain(actor=None, name="Meldketen", kind="chain")
    prepared(anna, chain=chain)
    shown = client_of(anna).get(chain.get_absolute_url()).content.decode()
    assert "Meldingen 2031" in shown


def test_a_dataset_is_found_by_its_words(anna: Any, client_of: Client) -> None:
    dataset = uploaded(anna, title="Doorlooptijden Meldpunt")
    assert dataset.get_absolute_url() in client_of(anna).get("/search/", {"q": "doorlooptijden"}).content.decode()


@pytest.mark.parametrize("name", ["dataset-list", "figure-list", "mapping-list"])
def test_lists_ask_as_much_for_one_as_for_five(name: str, anna: Any, client_of: Client) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = client_of(anna)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(client, name)
        return len(queries)

    def add(number: int) -> None:
        dataset = prepared(anna, title=f"Nummer {number}")
        actions.save_figure(
            actor=anna, dataset=dataset, metric="directly-follows", selection=(), title=f"Cijfer {number}"
        )
        actions.save_mapping(actor=anna, name=f"Naam {number}", mapping=MAPPING)

    add(1)
    asked()
    one = asked()
    for number in range(2, 6):
        add(number)
    assert asked() == one
