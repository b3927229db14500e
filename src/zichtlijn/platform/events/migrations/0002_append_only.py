"""Forbid changing and deleting events and seals in the database itself."""

from django.db import migrations

from zichtlijn.platform.events import guards


class Migration(migrations.Migration):
    dependencies = [("events", "0001_initial")]
    operations = [
        migrations.RunPython(
            lambda _apps, editor: guards.install(editor.execute, editor.connection.vendor, guards.FIRST),
            lambda _apps, editor: guards.remove(editor.execute, editor.connection.vendor, guards.FIRST),
        )
    ]
