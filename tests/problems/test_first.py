import pytest
@pytest.mark.django_db
def test_x():
    from zhitong.domain.problems.models import Problem
    assert Problem.objects.count()==0
