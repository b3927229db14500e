"""The names of the API (Dutch) beside those of the product. A name that was given out stays."""

from __future__ import annotations

from ..actions.batch import Outcome as Became
from ..models import Channel, EvaluationState, IncidentState, Outcome, SignalKind, SignalState, WeighingState

FIELDS = {
    "sender_reference": "eigenKenmerk",
    "organisation": "organisatie",
    "category": "categorie",
    "discovered_at": "ontdektOp",
    "subject": "onderwerp",
    "text": "omschrijving",
    "happened_on": "gebeurdOp",
    "happened_as_told": "gebeurdOmschreven",
    "place": "plaats",
    "people_involved": "betrokkenen",
    "first_measures": "eersteMaatregelen",
    "phoned_at": "gebeldOp",
}
KINDS = {SignalKind.SIGNAL: "signaal", SignalKind.NOTIFICATION: "incidentmelding", SignalKind.COMPLAINT: "klacht"}
CHANNELS = {
    Channel.FORM: "formulier",
    Channel.ACCOUNT: "account",
    Channel.API: "api",
    Channel.TELEPHONE: "telefoon",
    Channel.LETTER: "brief",
    Channel.EMAIL: "e-mail",
    Channel.MEDIA: "media",
    Channel.STATE_OF_EXECUTION: "stand-van-de-uitvoering",
    Channel.INSPECTORATE: "andere-inspectie",
}
STATES = {
    SignalState.DRAFT: "concept",
    SignalState.DISCARDED: "weggegooid",
    SignalState.RECEIVED: "ontvangen",
    SignalState.IN_TRIAGE: "in-triage",
    SignalState.WAITING_SENDER: "wacht-op-melder",
    SignalState.WAITING_ORGANISATION: "wacht-op-organisatie",
    SignalState.WEIGHING: "incidentweging",
    SignalState.CLOSED: "gesloten",
    SignalState.MERGED: "samengevoegd",
}
# As the portal: whether an incident investigation is weighed or was decided on is not told to the organisation here.
STAGES = {
    SignalState.DRAFT: "concept",
    SignalState.DISCARDED: "weggegooid",
    SignalState.RECEIVED: "ontvangen",
    SignalState.IN_TRIAGE: "in-behandeling",
    SignalState.WAITING_SENDER: "vraag-aan-u",
    SignalState.WAITING_ORGANISATION: "eigen-evaluatie-gevraagd",
    SignalState.WEIGHING: "in-behandeling",
    SignalState.CLOSED: "gesloten",
    SignalState.MERGED: "samengevoegd",
}
RESULTS = {
    Outcome.NO_ACTION: "geen-actie",
    Outcome.ADDED: "meegenomen",
    Outcome.PASSED_ON: "doorgegeven",
    Outcome.INVESTIGATION: "meegenomen",
    Outcome.IN_INCIDENT: "samen-afgedaan",
}
OUTCOMES = {
    Outcome.NO_ACTION: "geen-actie",
    Outcome.ADDED: "toegevoegd",
    Outcome.PASSED_ON: "doorgegeven",
    Outcome.INVESTIGATION: "incidentonderzoek",
    Outcome.IN_INCIDENT: "afgedaan-in-incidentdossier",
}
EVALUATION_STATES = {
    EvaluationState.ASKED: "gevraagd",
    EvaluationState.HANDED_IN: "ingeleverd",
    EvaluationState.SUPPLEMENT_ASKED: "aanvulling-gevraagd",
    EvaluationState.JUDGED: "beoordeeld",
    EvaluationState.WITHDRAWN: "ingetrokken",
}
WEIGHING_STATES = {
    WeighingState.OPEN: "in-bewerking",
    WeighingState.SUBMITTED: "voorgelegd",
    WeighingState.INVESTIGATE: "onderzoek",
    WeighingState.NO_INVESTIGATION: "geen-onderzoek",
    WeighingState.WITHDRAWN: "gestopt",
}
INCIDENT_STATES = {
    IncidentState.OPEN: "open",
    IncidentState.SURGE: "opgeschaald",
    IncidentState.CLOSED: "gesloten",
}
# What an incident is weighed by, and what an own evaluation is judged by (``norms``).
CRITERIA = {"impact": "ernst", "reflection": "zelfreflectie", "system": "stelsel"}
NORMS = {
    "facts": "feiten",
    "causes": "oorzaken",
    "heard": "betrokkenen",
    "measures": "maatregelen",
    "learning": "leren",
}
BECAME = {
    Became.ACCEPTED: "aanvaard",
    Became.ALREADY_RECEIVED: "reeds-ontvangen",
    Became.CONFLICT: "strijdig",
    Became.REFUSED: "geweigerd",
}
