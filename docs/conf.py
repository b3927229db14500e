"""How ``make docs`` makes the documentation."""

from zichtlijn import __version__

project = "Zichtlijn"
author = "the contributors to Zichtlijn"
release = version = __version__
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = "Zichtlijn"
html_show_sphinx = False
