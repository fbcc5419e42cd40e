"""Access needs of people."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.directory.models import Person
from wellbeing.lib.texts import WordsField


@pghistory.track()
class AccessNeed(models.Model):
    """Something a person needs so that they can take part: identified and recorded once, flagged wherever it matters
    (Accessible Information Standard, DAPB1605)."""

    class Kind(models.TextChoices):
        LARGE_PRINT = "large_print", _("Large print")
        EASY_READ = "easy_read", _("Easy Read")
        BRAILLE = "braille", _("Braille")
        AUDIO = "audio", _("Audio")
        BSL = "bsl", _("British Sign Language interpreter")
        LIP_SPEAKER = "lip_speaker", _("Lip speaker")
        HEARING_LOOP = "hearing_loop", _("Hearing loop")
        CAPTIONS = "captions", _("Captions or speech-to-text")
        LANGUAGE = "language", _("Interpreter for another language")
        SUPPORTER = "supporter", _("Supporter or personal assistant comes too")
        STEP_FREE = "step_free", _("Step-free way in")
        PARKING = "parking", _("Parking close by")
        TRANSPORT = "transport", _("Accessible transport, such as a taxi")
        ASSISTANCE_DOG = "assistance_dog", _("Assistance dog")
        QUIET_ROOM = "quiet_room", _("Quiet room or rest space")
        BREAKS = "breaks", _("Regular breaks")
        DIET = "diet", _("Food and drink")
        OTHER = "other", _("Something else")

    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="access_needs")
    kind = models.CharField(_("need"), max_length=20, choices=Kind)
    detail = WordsField(_("more about it"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("access need")
        verbose_name_plural = _("access needs")
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "detail"], name="one_access_need_each"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.detail}" if self.detail else self.get_kind_display()
