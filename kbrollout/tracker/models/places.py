"""What a pack brings: sites, their units and agreements, and the files of the pack. Only loading a pack writes these."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models


class Site(models.Model):
    """A neighbourhood, as its latest pack describes it. Its row is the lock of all that changes in the site."""

    slug = models.SlugField(primary_key=True, max_length=60)
    name = models.CharField(max_length=200)
    municipality = models.CharField(max_length=200)
    code = models.CharField(max_length=10)
    example = models.BooleanField(default=False)
    concept = models.BooleanField(default=True)
    reference = models.CharField(max_length=20)
    number = models.PositiveIntegerField(default=0)
    """How many packs were loaded."""

    pack = models.CharField(max_length=64, default="")
    """The SHA-256 of the manifest of the latest pack."""

    loaded_at = models.DateTimeField(null=True)
    last_event = models.PositiveIntegerField(default=0)
    theme_list: models.JSONField[Any, Any] = models.JSONField(default=list)
    """Pairs of id and name, in the order of the pack: PostgreSQL does not keep that of keys."""

    role_list: models.JSONField[Any, Any] = models.JSONField(default=list)
    """The same for the local names of roles."""

    meetings: models.JSONField[Any, Any] = models.JSONField(default=list)
    """As the manifest has them."""

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def themes(self) -> dict[str, str]:
        """Per id the name, in the order of the pack."""
        return dict(self.theme_list)

    @property
    def roles(self) -> dict[str, str]:
        """Per id the local name."""
        return dict(self.role_list)


class Unit(models.Model):
    """A practice, or the neighbourhood as a whole. `gone` is since when the pack does not name it any more."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="units")
    slug = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)
    order = models.PositiveIntegerField(default=0)
    gone = models.DateField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["order", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["site", "slug"], name="a_unit_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_site(self) -> bool:
        """Whether it is the neighbourhood as a whole."""
        return self.kind == "wijk"


class Agreement(models.Model):
    """One agreement as it stands in the pack, with its sentence."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="agreements")
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=300)
    state = models.CharField(max_length=40)
    text = models.TextField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["site", "code"], name="an_agreement_once")]


class Blob(models.Model):
    """The bytes of a file, once, whatever packs hold it."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    content = models.BinaryField()


class PackFile(models.Model):
    """One file of the latest pack of a site."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="files")
    path = models.CharField(max_length=300)
    blob = models.ForeignKey(Blob, models.PROTECT)
    document = models.CharField(max_length=200)
    format = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    date = models.DateField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [models.UniqueConstraint(fields=["site", "path"], name="a_path_once")]
