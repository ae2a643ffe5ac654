"""What a limit is set to by its variable, and what is refused."""

import pytest

from onrecord.errors import ConfigurationError
from onrecord.query import Limits
from onrecord.query.limits import TABLE, Limit


@pytest.mark.parametrize("limit", TABLE, ids=lambda limit: str(limit.name))
@pytest.mark.parametrize("value", ["1000001", "99999999999999999999999", "9" * 5_000])
def test_a_limit_beyond_its_largest_value_is_refused(limit: Limit, value: str) -> None:
    with pytest.raises(ConfigurationError, match=f"{limit.variable} .*1000000 at most") as refused:
        Limits.from_environment({limit.variable: value})
    assert len(refused.value.message) < 200


def test_the_largest_value_of_a_limit_is_taken() -> None:
    limits = Limits.from_environment({limit.variable: f"000{limit.most}" for limit in TABLE})
    assert set(limits.as_json().values()) == {1_000_000}
