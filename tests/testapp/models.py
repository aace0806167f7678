"""A host with its own image and document models, and its own pages on our abstract ones."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import Page

from keino_academy.announcement.models import AbstractAcademyIndexPage, AbstractAcademyPage
from keino_academy.applications.models import AbstractApplicationPage
from keino_academy.learning.models import AbstractLearningHomePage, AbstractSessionPage


class HostImage(AbstractImage):
    """An image with a credit."""

    credit = models.CharField(max_length=120, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")


class HostRendition(AbstractRendition):
    """A rendition of the host's image."""

    image = models.ForeignKey(HostImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class HostDocument(AbstractDocument):
    """A document with a source."""

    source = models.CharField(max_length=120, blank=True)

    admin_form_fields = (*Document.admin_form_fields, "source")


class HostPage(Page):
    """A page type that the package has never heard of."""


class HostIndexPage(AbstractAcademyIndexPage):
    """The host's list of academies."""


class HostAcademyPage(AbstractAcademyPage):
    """The host's academy, with a field of its own."""

    sponsor = models.CharField(max_length=80, blank=True)


class HostApplicationPage(AbstractApplicationPage):
    """The host's application page."""


class HostLearningHomePage(AbstractLearningHomePage):
    """The host's participants' home."""


class HostSessionPage(AbstractSessionPage):
    """The host's session page."""


class PeerFormPage(AbstractForm):
    """A page of Wagtail's own form builder, against which ours is measured."""

    template = "testapp/peer_form_page.html"
    landing_page_template = "testapp/host_page.html"


class PeerFormField(AbstractFormField):
    """A field of that page."""

    page = ParentalKey(PeerFormPage, on_delete=models.CASCADE, related_name="form_fields")
