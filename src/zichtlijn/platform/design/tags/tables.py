"""Components of lists: tables, paging, filters, selecting rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.forms import Form
from django.http import QueryDict
from django.template import Context, Library
from django.utils.safestring import SafeString

from zichtlijn.platform.design.tables import Column, columns_from, headings, label_cells

from .rendering import component

register = Library()
MOST_OPEN_FILTERS = 4


@register.simple_block_tag(takes_context=True)
def table(
    context: Context,
    content: str,
    caption: Any,
    columns: str | Iterable[Any],
    *,
    html_id: str = "table",
    sort: str = "",
    caption_hidden: bool = False,
    selectable: bool = False,
) -> SafeString:
    """A table; the content is its rows (``<tr>…</tr>``). ``sort`` is the order when the address names none.

    ``columns``: ``Column`` objects, labels, or "Name|Kind|Year". ``selectable``: rows begin with ``{% select_row %}``.
    Its head stays in sight while it fits the page; a wider table scrolls sideways in its own frame.
    """
    heads = headings(columns_from(columns), _query(context), sort)
    labels = ([""] if selectable else []) + [head.column.label for head in heads]
    return component(
        "table",
        rows=label_cells(content, labels),
        heads=heads,
        caption=caption,
        id=html_id,
        caption_hidden=caption_hidden,
        selectable=selectable,
    )


@register.simple_tag
def select_row(value: Any, label: Any, name: str = "selected", form: str = "bulk") -> SafeString:
    """The cell with the checkbox of a row; ``label`` names the row, ``form`` is the id of the form it belongs to."""
    return component("select_row", value=value, label=label, name=name, form=form)


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Any, label: Any = "") -> SafeString:
    """Previous and next; with the count of a Django ``Page``, without one for an ``OpenPage``."""
    number, query = page.number, _query(context)
    before = page.has_previous() if callable(page.has_previous) else page.has_previous
    after = page.has_next() if callable(page.has_next) else page.has_next
    paginator = getattr(page, "paginator", None)
    return component(
        "pagination",
        number=number,
        label=label,
        pages=getattr(paginator, "num_pages", None),
        count=getattr(paginator, "count", None),
        previous=_page_url(query, number - 1) if before else "",
        following=_page_url(query, number + 1) if after else "",
    )


@register.simple_tag(takes_context=True)
def filter_panel(context: Context, form: Form, automatic: bool = False) -> SafeString:
    """A form of filters that keeps the order of the list; ``automatic``: choosing is applying.

    A few filters stand open on a wide screen; many, and all on a phone, are folded until one of them is in use.
    """
    query = _query(context)
    active = sum(1 for name in form.fields if any(query.getlist(form.add_prefix(name))))
    kept = [(name, query[name]) for name in ("sort", "q") if name in query and name not in form.fields]
    few = len(form.visible_fields()) <= MOST_OPEN_FILTERS
    return component("filter_panel", form=form, active=active, kept=kept, automatic=automatic, few=few)


def _query(context: Context) -> QueryDict:
    request = context.get("request")
    return request.GET if request is not None else QueryDict()


def _page_url(query: QueryDict, number: int) -> str:
    address = query.copy()
    address["page"] = str(number)
    return f"?{address.urlencode()}"


__all__ = ["Column", "register"]
