"""The line of sight runs both ways, stays within what the user may see, and does not wander."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from zichtlijn.platform.trace import sight as sights
from zichtlijn.platform.trace.outline import outline
from zichtlijn.platform.trace.panels import panels_of, register_panel
from zichtlijn.platform.trace.picture import MOST_IN_LAYER, draw
from zichtlijn.platform.trace.sight import line_of_sight
from zichtlijn.supervision.field.models import CitizenGroup, Organisation
from zichtlijn.supervision.mandate.models import Act
from zichtlijn.supervision.programme import actions
from zichtlijn.supervision.programme.models import Activity


@pytest.fixture
def line(alice):
    """Perspective → two goals → programme of 2026 with two activities, of which one concerns two organisations."""
    period = {"title": "Perspective", "first_year": 2026, "last_year": 2029}
    perspective = actions.create_perspective(actor=alice, values=period)
    goals = [actions.create_goal(actor=alice, perspective=perspective, values={"title": t}) for t in ("Ready", "Learn")]
    values = {"year": 2026, "title": "Programme 2026", "inspectorate": "Inspectorate of Dykes"}
    programme = actions.create_programme(actor=alice, perspective=perspective, values=values)
    first, second = (
        actions.create_activity(
            actor=alice,
            programme=programme,
            values=SimpleNamespace(title=title, kind="monitoring", status="new").__dict__,
        )
        for title in ("Look at dykes", "Look at pumps")
    )
    water, police = (Organisation.objects.create(name=name) for name in ("Water Board", "Harbour Police"))
    act = Act.objects.create(name="Dyke Act")
    first.goals.set(goals)
    second.goals.set(goals[:1])
    first.organisations.set([water, police])
    second.organisations.set([water])
    first.acts.set([act])
    return SimpleNamespace(
        perspective=perspective, goals=goals, programme=programme, first=first, second=second, water=water, act=act
    )


def names(nodes):
    return [str(node.record) for node in nodes]


def test_it_leads_back_to_why_and_forward_to_whom(line, alice):
    found = line_of_sight(line.first, alice)
    assert {"Dyke Act", str(line.perspective), *map(str, line.goals), str(line.programme)} == set(names(found.back()))
    assert set(names(found.forward())) == {"Water Board", "Harbour Police"}


def test_it_does_not_wander_through_a_neighbour_into_other_activities(line, alice):
    found = line_of_sight(line.first, alice)
    assert str(line.second) not in names([*found.back(), *found.forward()])


def test_from_the_far_end_everything_that_led_to_it_is_found(line, alice):
    back = names(line_of_sight(line.water, alice).back())
    assert {str(line.first), str(line.second), *map(str, line.goals), str(line.perspective)} <= set(back)
    assert line_of_sight(line.water, alice).forward() == []


def test_the_order_is_that_of_the_line(line, alice):
    orders = [node.step.order for node in line_of_sight(line.water, alice).back()]
    assert orders == sorted(orders)


def test_every_edge_joins_two_nodes_in_the_line(line, alice):
    found = line_of_sight(line.perspective, alice)
    for edge in found.edges.values():
        assert {edge.source, edge.target} <= set(found.nodes)


def test_a_reader_sees_nothing_of_a_draft(line, erin):
    assert not any(isinstance(node.record, Activity) for node in line_of_sight(line.water, erin).back())
    assert not any(isinstance(node.record, Activity) for node in line_of_sight(line.goals[0], erin).forward())


def test_a_stranger_object_has_no_line(alice):
    assert line_of_sight(alice, alice) is None


def test_what_does_not_fit_is_said(line, alice, monkeypatch):
    monkeypatch.setattr(sights, "MOST_NODES", 3)
    found = line_of_sight(line.first, alice)
    assert found.cut > 0
    assert outline(found).cut == found.cut


def test_the_drawing_has_every_object_once_and_marks_the_one_asked_about(line, alice):
    drawn = draw(line_of_sight(line.first, alice))
    assert sorted(vertex.label for vertex in drawn.vertices if vertex.current) == [str(line.first)]
    assert len({vertex.key for vertex in drawn.vertices}) == len(drawn.vertices) == 8
    assert all(vertex.url for vertex in drawn.vertices if not vertex.current)


def test_a_crowded_layer_is_thinned_in_the_drawing_but_not_in_the_list(line, alice):
    groups = [CitizenGroup.objects.create(name=f"Group {number:02d}") for number in range(MOST_IN_LAYER + 6)]
    line.first.groups.set(groups)
    found = line_of_sight(line.first, alice)
    drawn = [vertex for vertex in draw(found).vertices if vertex.label.startswith("Group")]
    assert len(drawn) == MOST_IN_LAYER
    assert len([name for name in names(found.forward()) if name.startswith("Group")]) == len(groups)


def test_the_page_shows_drawing_and_list(client_of, alice, line):
    answer = client_of(alice).get(reverse("trace:sight", args=["programme.activity", line.first.pk]))
    text = answer.content.decode()
    assert "<svg" in text
    assert "Dyke Act" in text
    assert "Harbour Police" in text


@pytest.mark.parametrize(
    ("label", "key"),
    [
        ("programme.activity", "999"),
        ("no.such", "1"),
        ("nonsense", "1"),
        ("accounts.user", "1"),
        ("programme.activity", "x"),
    ],
)
def test_what_is_not_there_is_not_found(client_of, alice, line, label, key):
    assert client_of(alice).get(f"/line-of-sight/{label}/{key}").status_code == 404


def test_the_draft_is_not_found_by_a_reader(client_of, erin, line):
    assert client_of(erin).get(reverse("trace:sight", args=["programme.activity", line.first.pk])).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_objects(line, alice):
    line_of_sight(line.perspective, alice)  # the first one of a process also asks which models there are
    with CaptureQueriesContext(connection) as few:
        line_of_sight(line.perspective, alice)
    for number in range(12):
        values = {"title": f"Look again {number}", "kind": "monitoring", "status": "new"}
        activity = actions.create_activity(actor=alice, programme=line.programme, values=values)
        activity.goals.set(line.goals)
        activity.organisations.set([line.water, Organisation.objects.create(name=f"Water {number}")])
    with CaptureQueriesContext(connection) as many:
        found = line_of_sight(line.perspective, alice)
    assert len(found.forward()) > 24
    assert len(many) == len(few)


def test_a_panel_of_the_model_itself_goes_before_one_of_that_name_for_all(line):
    before = {panel.name: panel for panel in panels_of(line.act)}
    assert "line-of-sight" in before

    def special(request, record):
        return None

    register_panel(model_label="mandate.act", name="line-of-sight", order=1, render=special)
    try:
        assert {panel.name: panel for panel in panels_of(line.act)}["line-of-sight"].render is special
    finally:
        from zichtlijn.platform.trace import panels

        del panels._panels["mandate.act", "line-of-sight"]
