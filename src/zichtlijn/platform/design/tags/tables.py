"""Components of lists: tables, paging, filters, selecting rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.forms import BoundField, Form, TextInput
from django.http import QueryDict
from django.template import Context, Library
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zichtlijn.platform.design.tables import Column, columns_from, headings, label_cells

from .rendering import component

register = Library()


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
    # Not a template: it stands in every row of a list.
    return format_html(
        '<td class="zl-table__select"><input class="zl-checkbox" type="checkbox" name="{}" value="{}" form="{}" '
        'data-select-row aria-label="{}"></td>',
        name,
        value,
        form,
        _("Choose %(label)s") % {"label": label},
    )


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

    The first field to type in stands open; every other filter is a closed menu, folded together on a phone.
    """
    query = _query(context)
    kept = [(name, query[name]) for name in ("sort", "q") if name in query and name not in form.fields]
    kept += [(field.html_name, query[field.html_name]) for field in form.hidden_fields() if field.html_name in query]
    words = next((field for field in form.visible_fields() if isinstance(field.field.widget, TextInput)), None)
    if words:
        words.field.widget.attrs.setdefault("placeholder", _("Search in this list"))
    drops = [(field, _in_use(query, field)) for field in form.visible_fields() if field is not words]
    active = sum(bool(chosen) for _field, chosen in drops)
    return component("filter_panel", words=words, drops=drops, active=active, kept=kept, automatic=automatic)


def _in_use(query: QueryDict, field: BoundField) -> int:
    return sum(1 for value in query.getlist(field.html_name) if value)


def _query(context: Context) -> QueryDict:
    request = context.get("request")
    return request.GET if request is not None else QueryDict()


def _page_url(query: QueryDict, number: int) -> str:
    address = query.copy()
    address["page"] = str(number)
    return f"?{address.urlencode()}"


__all__ = ["Column", "register"]
