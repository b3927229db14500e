from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RetentionConfig(AppConfig):
    name = "zichtlijn.platform.retention"
    label = "retention"
    verbose_name = _("Retention")

    def ready(self) -> None:
        """Enter permissions, words, panels, kinds, what recurs, what is verified, and the pages."""
        from zichtlijn.platform.design.navigation import NavItem, register
        from zichtlijn.platform.events.checks import register_check

        from . import access, logs, panels, recurring, troubles, wording  # noqa: F401 - enter themselves in their registries
        from .checking import wrong_proofs

        register_check("retention.proofs", wrong_proofs)
        register(
            NavItem(
                _("Retention and destruction"),
                "retention:overview",
                order=907,
                group=_("Administration"),
                icon="history",
                permission="retention.see",
            )
        )
