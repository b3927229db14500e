"""The main navigation: order, groups, who sees it, where you are."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from zichtlijn.platform.design import navigation
from zichtlijn.platform.design.navigation import NavItem


def person(*permissions: str, role: str = "reader") -> SimpleNamespace:
    return SimpleNamespace(is_authenticated=True, role=role, has_perm=lambda name: name in permissions)


@pytest.fixture(autouse=True)
def empty_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_items", {})


def test_entries_stand_in_their_order_under_the_heading_of_their_group() -> None:
    navigation.register(NavItem("Gallery", "design:gallery", 20, "Design"), NavItem("Start", "start", 0))
    groups = navigation.groups_for(person(), "/")
    assert [(group.name, [link.name for link in group.links]) for group in groups] == [
        ("", ["Start"]),
        ("Design", ["Gallery"]),
    ]


def test_the_entry_of_the_page_is_the_longest_address_it_lies_under() -> None:
    navigation.register(
        NavItem("Start", "start"), NavItem("Gallery", "design:gallery"), NavItem("Word", "design:accessibility")
    )
    current = {
        link.name
        for group in navigation.groups_for(person(), "/design/accessibility")
        for link in group.links
        if link.current
    }
    assert current == {"Word"}


def test_the_start_page_is_only_itself() -> None:
    navigation.register(NavItem("Start", "start"))
    assert not navigation.groups_for(person(), "/elsewhere/")[0].links[0].current
    assert navigation.groups_for(person(), "/")[0].links[0].current


def test_who_lacks_the_permission_does_not_see_the_entry() -> None:
    navigation.register(NavItem("Start", "start", permission="programme.decide"))
    assert navigation.items_for(person()) == []
    assert len(navigation.items_for(person("programme.decide"))) == 1


def test_a_predicate_can_hide_an_entry() -> None:
    navigation.register(NavItem("Start", "start", visible=lambda user: user.role == "administrator"))
    assert navigation.items_for(person()) == []
    assert len(navigation.items_for(person(role="administrator"))) == 1


def test_a_stranger_sees_nothing() -> None:
    navigation.register(NavItem("Start", "start"))
    assert navigation.items_for(SimpleNamespace(is_authenticated=False)) == []


def test_registering_again_replaces() -> None:
    navigation.register(NavItem("Start", "start"))
    navigation.register(NavItem("Begin", "start"))
    assert [item.name for item in navigation.items_for(person())] == ["Begin"]


def test_an_entry_without_an_address_in_this_installation_is_left_out() -> None:
    navigation.register(NavItem("Gone", "no-such-name"))
    assert navigation.groups_for(person(), "/") == []
