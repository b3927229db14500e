"""Short work programmes of our own writing, of inspectorates that do not exist or in the manner of those that do."""

from __future__ import annotations

from zichtlijn.analysis.documents import reading
from zichtlijn.analysis.documents.model import Proposal, ReadDocument
from zichtlijn.analysis.documents.proposals import propose

CARE = """# Werkplan 2025

Inspectie Gezondheidszorg en Jeugd

## Voorwoord

De zorg staat onder druk. Het afgelopen jaar bezochten we veel instellingen en zagen we bevlogen zorgverleners. Het
kabinet wil de zorg toegankelijk houden. Wij zijn er trots op dat onze medewerkers zich elke dag inzetten.

## Over de inspectie

De IGJ houdt toezicht op de kwaliteit en veiligheid van de zorg. Onze missie is bij te dragen aan goede zorg.

## Onze doelen

Voor de komende jaren hebben we drie doelen:

- Veilige zorg dicht bij huis
- Betrouwbaar gebruik van digitale zorg
- Passende hulp voor kwetsbare jongeren

## Verpleging en thuiszorg

### Wat speelt er?

Steeds meer ouderen wonen langer thuis. Zorgaanbieders hebben moeite om diensten te vullen.

### Wat gaan we doen?

In 2025 bezoeken we 120 thuiszorgorganisaties. We letten daarbij op medicatieveiligheid. Het project naar wondzorg dat
vorig jaar begon, ronden we in het eerste kwartaal af. Met de NZa stemmen we af hoe we onverantwoorde zorg sneller
kunnen signaleren.

Zorgkantoren moeten zorgen voor voldoende aanbod. De NZa ziet toe op de zorgplicht.

## Jeugd

Activiteiten 2025:

1. Onderzoek naar wachttijden bij crisisplaatsingen
2. Toezicht op gesloten jeugdhulp, samen met de Inspectie Justitie en Veiligheid
3. Publiceren van een rapport over pleegzorg
4. Voortzetten van de gesprekken met jongerenraden

## Organisatie

Voor 2025 is een budget van € 98,4 miljoen beschikbaar. De formatie bedraagt 780 fte.
"""

FOOD = """# Jaarplan 2026 Nederlandse Voedsel- en Warenautoriteit

## 1 Inleiding

De NVWA bewaakt de veiligheid van voedsel, dieren en producten. De staatssecretaris heeft aangekondigd de regels voor
transport bij hitte aan te scherpen.

## 2 Voedselveiligheid

Het toezicht op roodvlees richt zich in 2026 op kleine en middelgrote slachthuizen. De pilot met cameratoezicht wordt in
2026 voortgezet. In de zuivelketen houdt het COKZ toezicht namens de NVWA. Bedrijven zijn zelf verantwoordelijk voor
veilig voedsel. De NVWA neemt in het tweede kwartaal steekproeven van kruiden die via webwinkels worden verkocht.

## 3 Dierenwelzijn

De NVWA intensiveert haar toezicht op hitte tijdens diertransport. Met de LID en de politie werkt de NVWA samen bij
meldingen over huisdieren. De NVWA stopt met de jaarlijkse controle van hobbydierhouders.

In 2025 heeft de NVWA een nieuw meldportaal ingevoerd. Dat heeft geleid tot meer meldingen.

## 4 Planning

| Project | Start |
|---|---|
| Nalevingsmeting rookwaren | januari 2026 |
| Onderzoek allergenen in de horeca | maart 2026 |
"""


def read(text: str, filename: str = "plan.md") -> ReadDocument:
    """A made text as a document."""
    return reading.read(text.encode(), filename)


def proposed(text: str, kind: str | None = None, *, year: int | None = None) -> list[Proposal]:
    """What is proposed for a made text, of one type or of all."""
    return [p for p in propose(read(text), year=year) if kind is None or p.type == kind]


def activities(*sentences: str, year: int = 2025) -> list[Proposal]:
    """The activities in a paragraph of these sentences, under a heading of a theme."""
    text = "# Jaarplan 2025 Inspectie Justitie en Veiligheid\n\n## Thema\n\n" + " ".join(sentences) + "\n"
    return proposed(text, "activity", year=year)
