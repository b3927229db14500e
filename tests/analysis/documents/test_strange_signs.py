"""Signs that look like digits and are none stand in real documents as marks of notes; they stop no import."""

from __future__ import annotations

import pytest

from zichtlijn.analysis.documents.proposals import propose
from zichtlijn.analysis.documents.reading import read

TABLE = """# Jaarplan 2031

## Doelen

| Nr | Doel |
|---|---|
| {0} | Veilige bruggen voor iedereen |
| {0} | Snelle sluizen zonder wachttijd |
| {0} | Goede veren op elke rivier |

In 2031 onderzoeken we de bruggen (doel {0}).
"""


@pytest.mark.parametrize("sign", ["²", "①", "٣", "9" * 5000])
def test_a_sign_in_the_place_of_the_number_of_a_goal(sign: str) -> None:
    proposals = propose(read(TABLE.format(sign).encode(), "plan.md"), dictionaries=None, year=2031)
    assert [one.title for one in proposals if one.type == "goal"] == [
        "Veilige bruggen voor iedereen",
        "Snelle sluizen zonder wachttijd",
        "Goede veren op elke rivier",
    ]
