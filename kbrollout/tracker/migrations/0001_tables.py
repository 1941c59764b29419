"""The tables as they began."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "email",
                    models.EmailField(
                        error_messages={"unique": "Dit adres is al in gebruik."}, max_length=254, unique=True, verbose_name="e-mailadres"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="naam")),
                ("is_active", models.BooleanField(default=True, verbose_name="mag aanmelden")),
                ("joined", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Blob",
            fields=[
                ("sha256", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("content", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Site",
            fields=[
                ("slug", models.SlugField(max_length=60, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("municipality", models.CharField(max_length=200)),
                ("code", models.CharField(max_length=10)),
                ("example", models.BooleanField(default=False)),
                ("concept", models.BooleanField(default=True)),
                ("reference", models.CharField(max_length=20)),
                ("number", models.PositiveIntegerField(default=0)),
                ("pack", models.CharField(default="", max_length=64)),
                ("loaded_at", models.DateTimeField(null=True)),
                ("last_event", models.PositiveIntegerField(default=0)),
                ("theme_list", models.JSONField(default=list)),
                ("role_list", models.JSONField(default=list)),
                ("meetings", models.JSONField(default=list)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("eis", "eis"), ("taak", "taak"), ("punt", "punt")], max_length=10)),
                ("code", models.CharField(max_length=200)),
                ("order", models.PositiveIntegerField(default=0)),
                ("title", models.TextField()),
                ("theme", models.CharField(default="", max_length=60)),
                ("phase", models.CharField(default="", max_length=20)),
                ("who", models.CharField(max_length=60)),
                ("due", models.DateField(null=True)),
                ("details", models.JSONField(default=dict)),
                ("fingerprint", models.CharField(max_length=64)),
                ("gone", models.DateField(null=True)),
                ("version", models.PositiveIntegerField(default=0)),
                ("stand", models.CharField(max_length=40)),
                ("missing", models.TextField(blank=True, default="")),
                ("owner", models.CharField(blank=True, default="", max_length=120)),
                ("date", models.DateField(null=True)),
                ("evidence", models.TextField(blank=True, default="")),
                ("evidence_until", models.DateField(null=True)),
                ("note", models.TextField(blank=True, default="")),
                ("answered", models.CharField(blank=True, default="", max_length=64)),
                ("answered_text", models.JSONField(default=dict)),
                ("review", models.CharField(blank=True, default="", max_length=20)),
                ("review_note", models.TextField(blank=True, default="")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "predecessor",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="successors", to="tracker.item"),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("site", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="items", to="tracker.site")),
            ],
            options={
                "ordering": ["order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("version", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("level", models.CharField(max_length=10)),
                ("definition", models.TextField()),
                ("question", models.TextField(blank=True, default="")),
                ("question_unknown", models.BooleanField(default=False)),
                ("scale", models.TextField(blank=True, default="")),
                ("method", models.TextField()),
                ("when", models.TextField()),
                ("who", models.CharField(max_length=60)),
                ("fingerprint", models.CharField(max_length=64)),
                ("gone", models.DateField(null=True)),
                ("site", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="indicators", to="tracker.site")),
            ],
            options={
                "ordering": ["code", "version"],
            },
        ),
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("values", models.JSONField()),
                ("by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ("site", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="tracker.site")),
            ],
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("what", models.CharField(max_length=40)),
                ("version", models.PositiveIntegerField(null=True)),
                ("by_name", models.CharField(max_length=120)),
                ("by_role", models.CharField(blank=True, default="", max_length=20)),
                (
                    "channel",
                    models.CharField(
                        choices=[("web", "website"), ("excel", "Excel"), ("opdracht", "opdracht"), ("systeem", "systeem")], max_length=10
                    ),
                ),
                ("batch", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("pack", models.PositiveIntegerField()),
                ("before", models.JSONField(default=dict)),
                ("after", models.JSONField(default=dict)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="events", to="tracker.item"),
                ),
                ("site", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="events", to="tracker.site")),
            ],
            options={
                "ordering": ["site", "number"],
            },
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("title", models.CharField(max_length=300)),
                ("state", models.CharField(max_length=40)),
                ("text", models.TextField()),
                ("site", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="agreements", to="tracker.site")),
            ],
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("nulmeting", "nulmeting"), ("tussenmeting", "tussenmeting")], max_length=20)),
                ("label", models.CharField(max_length=120)),
                ("reason", models.CharField(blank=True, default="", max_length=500)),
                ("by_name", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
                ("pack", models.PositiveIntegerField()),
                ("rows", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("site", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="snapshots", to="tracker.site")),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=200)),
                ("kind", models.CharField(max_length=10)),
                ("order", models.PositiveIntegerField(default=0)),
                ("gone", models.DateField(null=True)),
                ("site", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="units", to="tracker.site")),
            ],
            options={
                "ordering": ["order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("beheerder", "beheerder"),
                            ("wijkcoordinator", "wijkcoördinator"),
                            ("invuller", "invuller"),
                            ("meekijker", "meekijker"),
                        ],
                        max_length=20,
                    ),
                ),
                ("since", models.DateField(auto_now_add=True)),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="memberships", to=settings.AUTH_USER_MODEL),
                ),
                ("site", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="tracker.site")),
                ("unit", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to="tracker.unit")),
            ],
        ),
        migrations.CreateModel(
            name="Measurement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.DateField()),
                ("value", models.DecimalField(decimal_places=4, max_digits=14, null=True)),
                ("answered", models.PositiveIntegerField(null=True)),
                ("suppressed", models.BooleanField(default=False)),
                ("source", models.CharField(max_length=200)),
                ("by_name", models.CharField(max_length=120)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="measurements", to="tracker.indicator"),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="replaced_by", to="tracker.measurement"
                    ),
                ),
                ("unit", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="measurements", to="tracker.unit")),
            ],
            options={
                "ordering": ["on", "pk"],
            },
        ),
        migrations.AddField(
            model_name="item",
            name="unit",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="items", to="tracker.unit"),
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("name", models.CharField(max_length=200)),
                ("content", models.BinaryField()),
                ("by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ("site", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="tracker.site")),
            ],
        ),
        migrations.CreateModel(
            name="PackFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=300)),
                ("document", models.CharField(max_length=200)),
                ("format", models.CharField(max_length=20)),
                ("title", models.CharField(max_length=300)),
                ("date", models.DateField()),
                ("blob", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="tracker.blob")),
                ("site", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="files", to="tracker.site")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("site", "path"), name="a_path_once")],
            },
        ),
        migrations.AddConstraint(
            model_name="indicator",
            constraint=models.UniqueConstraint(fields=("site", "code", "version"), name="a_definition_once"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(fields=("site", "number"), name="an_event_number_once"),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(fields=("site", "code"), name="an_agreement_once"),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.UniqueConstraint(fields=("site", "slug"), name="a_unit_once"),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("role", "beheerder"), ("site__isnull", True), ("unit__isnull", True)),
                    models.Q(("role", "invuller"), ("site__isnull", False), ("unit__isnull", False)),
                    models.Q(("role__in", ["wijkcoordinator", "meekijker"]), ("site__isnull", False), ("unit__isnull", True)),
                    _connector="OR",
                ),
                name="a_role_has_its_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="measurement",
            constraint=models.CheckConstraint(
                condition=models.Q(("suppressed", False), models.Q(("answered", None), ("value", None)), _connector="OR"),
                name="a_small_group_has_no_figure",
            ),
        ),
        migrations.AddConstraint(
            model_name="measurement",
            constraint=models.CheckConstraint(
                condition=models.Q(("answered", None), ("answered__gte", 10), _connector="OR"), name="a_group_is_ten_or_more"
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(fields=("site", "unit", "kind", "code"), name="a_line_once"),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(condition=models.Q(("review__in", ["", "akkoord", "teruggestuurd"])), name="a_known_review"),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "eis"), _negated=True),
                    ("stand__in", ("Nog niet bekeken", "Nog niet gestart", "Mee bezig", "Geregeld", "Niet van toepassing")),
                    _connector="OR",
                ),
                name="a_known_stand_requirement",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("kind", "taak"), _negated=True), ("stand__in", ("nee", "ja")), _connector="OR"),
                name="a_known_stand_task",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "punt"), _negated=True), ("stand__in", ("Open", "Mee bezig", "Opgelost")), _connector="OR"
                ),
                name="a_known_stand_point",
            ),
        ),
    ]
