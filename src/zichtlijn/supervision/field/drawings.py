"""The field in drawings: a chain with its hand-overs, the steering triangle of one day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _

from zichtlijn.platform.design.drawing import Edge, Network, Vertex

from .models import Chain, ChainMember, HandOver, Organisation
from .queries import Corner, SteeringTriangle


def chain_drawing(
    chain: Chain,
    members: Sequence[ChainMember],
    hand_overs: Sequence[HandOver],
    current: Organisation | None = None,
) -> Network:
    """The members in layers, an arrow for all that one hands over to another, numbered as in the list."""
    vertices = [
        Vertex(
            key=str(member.organisation_id),
            label=member.organisation.short_name,
            url=member.organisation.get_absolute_url(),
            current=current is not None and member.organisation_id == current.pk,
        )
        for member in members
    ]
    labels: dict[tuple[str, str], list[str]] = defaultdict(list)
    for hand_over in hand_overs:
        ends = (str(hand_over.giver_id), str(hand_over.receiver_id))
        labels[ends].append(f"{hand_over.order}. {hand_over.what}")
    edges = [Edge(giver, receiver, "; ".join(what)) for (giver, receiver), what in labels.items()]
    title = _("Hand-overs in %(chain)s") % {"chain": chain.name}
    return Network(title, vertices, edges, description=chain.societal_task)


def triangle_drawing(triangle: SteeringTriangle, day_in_words: str) -> Network:
    """Owner and commissioners on the left, the contractor they steer on the right."""
    vertices = [_corner(triangle.contractor, "contractor", _("contractor"), layer=1, current=True)]
    edges = []
    if triangle.owner:
        vertices.append(_corner(triangle.owner, "owner", _("owner"), layer=0))
        edges.append(Edge("owner", "contractor", _("owns")))
    for number, commissioner in enumerate(triangle.commissioners):
        key = f"commissioner-{number}"
        vertices.append(_corner(commissioner, key, _("commissioner"), layer=0))
        edges.append(Edge(key, "contractor", _("commissions")))
    names = {"organisation": triangle.contractor.name, "day": day_in_words}
    return Network(_("Who steers %(organisation)s on %(day)s") % names, vertices, edges)


def _corner(corner: Corner, key: str, role: str, *, layer: int, current: bool = False) -> Vertex:
    url = "" if current else corner.organisation.get_absolute_url()
    return Vertex(key=key, label=corner.name, layer=layer, kind=role, url=url, current=current)
