"""``{% load design %}``: all components (docs/developers/design.md)."""

from django.template import Library

from zichtlijn.platform.design.tags import actions, content, drawings, forms, page, tables

register = Library()
for part in (actions, content, drawings, forms, page, tables):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
