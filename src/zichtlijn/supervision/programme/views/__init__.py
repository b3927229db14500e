"""The pages of the programme. They hold no rules: they ask ``queries`` and call ``actions``."""
