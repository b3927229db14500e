"""What the API forgets by itself."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from zichtlijn.platform.tasks.recurring import recurring

from .idempotency import sweep_old_answers


@recurring("api.sweep", every=timedelta(days=1), title=_("Forget old answers of the API"))
def sweep() -> int:
    """Answers that nobody can ask for any more; how many there were."""
    return sweep_old_answers()
