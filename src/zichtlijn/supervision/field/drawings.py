"""The field in drawings: a chain with its hand-overs, the steering triangle of one day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from zichtlijn.platform.design.drawing import Edge, Network, Twin, Vertex

from .models import Chain, ChainMember, HandOver
from .queries import Corner, SteeringTriangle


@dataclass(frozen=True)
class ChainDrawing:
    """A chain: the arrows carry the numbers of the hand-overs, the table beside them their words."""

    numbered: Network
    worded: Network

    @property
    def title(self) -> str:
        """What is drawn."""
        return self.numbered.title

    def svg(self, html_id: str) -> str:
        """The drawing; ``html_id`` must be unique on the page."""
        return self.numbered.svg(html_id)

    def twin(self) -> Twin:
        """The same in a table."""
        return self.worded.twin()


def chain_drawing(chain: Chain, members: Sequence[ChainMember], hand_overs: Sequence[HandOver]) -> ChainDrawing:
    """The members in layers, and one arrow for all that a member hands over to another."""
    vertices = [
        Vertex(
            key=str(member.organisation_id),
            label=member.organisation.short_name,
            url=member.organisation.get_absolute_url(),
        )
        for member in members
    ]
    between: dict[tuple[str, str], list[HandOver]] = defaultdict(list)
    for hand_over in hand_overs:
        between[str(hand_over.giver_id), str(hand_over.receiver_id)].append(hand_over)
    numbers = [Edge(*ends, ", ".join(str(item.order) for item in items)) for ends, items in between.items()]
    words = [Edge(*ends, "; ".join(f"{item.order}. {item.what}" for item in items)) for ends, items in between.items()]
    title = _("Hand-overs in %(chain)s") % {"chain": chain.name}
    described = chain.societal_task
    return ChainDrawing(
        Network(title, vertices, numbers, description=described), Network(title, vertices, words, description=described)
    )


def triangle_drawing(triangle: SteeringTriangle, day_in_words: str) -> Network:
    """Owner and commissioners on the left, the contractor they steer on the right."""
    vertices = [_corner(triangle.contractor, "contractor", _("contractor"), layer=1, current=True)]
    if triangle.owner:
        vertices.append(_corner(triangle.owner, "owner", _("owner"), layer=0))
    for number, commissioner in enumerate(triangle.commissioners):
        vertices.append(_corner(commissioner, f"commissioner-{number}", _("commissioner"), layer=0))
    edges = [Edge(vertex.key, "contractor") for vertex in vertices[1:]]
    names = {"organisation": triangle.contractor.name, "day": day_in_words}
    return Network(_("Who steers %(organisation)s on %(day)s") % names, vertices, edges)


def _corner(corner: Corner, key: str, role: str, *, layer: int, current: bool = False) -> Vertex:
    url = "" if current else corner.organisation.get_absolute_url()
    return Vertex(key=key, label=corner.name, layer=layer, kind=role, url=url, current=current)
