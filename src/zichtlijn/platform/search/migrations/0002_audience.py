"""Keep in an entry who may find its record."""

from django.db import migrations, models

from zichtlijn.platform.search import engines


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.RunPython(engines.loosen, engines.fasten),
        migrations.AddField("searchentry", "audience", models.CharField(blank=True, max_length=48)),
        migrations.AddIndex("searchentry", models.Index(fields=["model_label", "audience"], name="search_audience")),
        migrations.RunPython(engines.fasten, engines.loosen),
    ]
