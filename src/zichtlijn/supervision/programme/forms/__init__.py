"""What people fill in for the programme."""

from .activities import ActivityForm
from .amendments import AmendmentForm, ChosenActivityForm
from .perspectives import FigureForm, GoalForm, PerspectiveForm, ProgrammeForm, SpearheadForm
from .steps import ReasonForm, StepForm

__all__ = [
    "ActivityForm",
    "AmendmentForm",
    "ChosenActivityForm",
    "FigureForm",
    "GoalForm",
    "PerspectiveForm",
    "ProgrammeForm",
    "ReasonForm",
    "SpearheadForm",
    "StepForm",
]
