"""Does every form of ours speak our words where a field is empty or a choice was not offered?"""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override

from civic.faults.forms import RejectForm, ReportForm
from civic.pilots.forms import PlanForm
from civic.proposals.forms import AnswerForm
from cms.desk.retention import RetentionForm
from cms.desk.roles import RevokeForm
from livinglab.form_words import not_sent

STOCK = ("This field is required.", "Select a valid choice.")


@pytest.mark.parametrize("kind", [RejectForm, AnswerForm, PlanForm, RetentionForm, RevokeForm])
def test_empty_form_says_none_of_the_stock_sentences(kind: type[forms.Form]) -> None:
    with override("en"):
        said = [sentence for sentences in kind({}).errors.values() for sentence in sentences]
    assert said
    assert not [sentence for sentence in said if sentence.startswith(STOCK)]


def test_choice_nobody_offered_is_told_kindly_and_not_repeated() -> None:
    with override("en"):
        assert AnswerForm({"decision": "perhaps"}).errors["decision"] == ["Please choose one of those listed."]
        assert RejectForm({"reason": ""}).errors["reason"] == ["Please choose one of those listed."]


def test_box_that_has_to_be_ticked_is_not_said_to_be_written() -> None:
    with override("en"):
        box = forms.BooleanField()
        assert box.error_messages["required"] == "This field is required."


class _SignIn(forms.Form):
    login = forms.EmailField()
    password = forms.CharField(widget=forms.PasswordInput)


def test_form_that_comes_back_says_what_no_page_can_keep() -> None:
    photo = {"photo": SimpleUploadedFile("pole.png", b"a picture")}
    with override("en"):
        assert not_sent(ReportForm({"text": "dark"})).endswith("What you wrote is still here.")
        assert "choose the photo" in not_sent(ReportForm({"text": "dark"}, photo))
        assert "type the password" in not_sent(_SignIn({"login": "someone@example.org"}))
