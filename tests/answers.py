"""What does an answer say? Its words, once its status is the one that was expected."""

from django.http import HttpResponse


def text(answer: HttpResponse, status: int = 200) -> str:
    """The page that was answered with."""
    assert answer.status_code == status
    return answer.content.decode()
