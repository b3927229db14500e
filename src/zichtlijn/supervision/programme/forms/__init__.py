"""What people fill in for the programme."""

from .activities import ActivityForm
from .amendments import AmendmentForm, ChosenActivityForm
from .perspectives import FigureForm, GoalForm, PerspectiveForm, ProgrammeForm, SpearheadForm
from .steps import CandidatesForm, ReasonForm, StepForm

__all__ = [
    "ActivityForm",
    "AmendmentForm",
    "CandidatesForm",
    "ChosenActivityForm",
    "FigureForm",
    "GoalForm",
    "PerspectiveForm",
    "ProgrammeForm",
    "ReasonForm",
    "SpearheadForm",
    "StepForm",
]
