"""A small registration of our own, so that the tests of datasets hang on no other example."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

HEAD = "zaak;stap;tijd;organisatie;regio;soort;uitkomst"
DAY = timedelta(days=1)
KEY = "een lange sleutel voor de zaken"


def lines_of(number: int, start: date, region: str) -> list[str]:
    """One case: reported, taken up by the Bureau, sent to the Court and closed there; every fifth is still open."""
    kind = "licht" if number % 2 else "zwaar"
    days = [0, 2 + number % 3, 9 + number % 5, 20 + number % 7]
    steps = [("melding ontvangen", "Meldpunt"), ("zaak gestart", "Bureau"), ("doorgestuurd", "Bureau")]
    steps.append(("uitspraak", "Rechtbank"))
    if number % 5 == 0:
        steps = steps[:3]
    return [
        f"Z-{number:04d};{step};{(start + day * DAY).isoformat()} 09:0{place}:00;{who};{region};{kind};"
        + ("afgedaan" if step == "uitspraak" else "")
        for place, ((step, who), day) in enumerate(zip(steps, days, strict=False))
    ]


def registration(numbers: Iterable[int] = range(1, 41), *, start: date = date(2031, 1, 6)) -> bytes:
    """A CSV file with these cases, one begun every two days, in the regions Noord, Midden and Zuid by turns."""
    regions = ("Noord", "Midden", "Zuid")
    found = [HEAD]
    for number in numbers:
        found += lines_of(number, start + number * 2 * DAY, regions[number % 3])
    return "\n".join(found).encode() + b"\n"
