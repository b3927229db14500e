"""``python -m zichtlijn`` is the ``zichtlijn`` command."""

from zichtlijn.cli import main

main()
