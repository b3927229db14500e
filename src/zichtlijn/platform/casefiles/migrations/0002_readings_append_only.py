"""Forbid changing and deleting the read trail in the database itself."""

from django.db import migrations

from zichtlijn.platform.events import guards


class Migration(migrations.Migration):
    dependencies = [("casefiles", "0001_initial"), ("events", "0002_append_only")]
    operations = [
        migrations.RunPython(
            lambda _apps, editor: guards.install(editor.execute, editor.connection.vendor, guards.READINGS),
            lambda _apps, editor: guards.remove(editor.execute, editor.connection.vendor, guards.READINGS),
        )
    ]
