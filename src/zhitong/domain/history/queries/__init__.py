"""What can be read of history: the facts of a thing, how they were sealed, and whether they still are."""

from zhitong.domain.history.queries.telling import (
    Mention,
    ToldFact,
    UnsoundDetail,
    details_that_do_not_verify,
    facts_about,
    facts_of_many,
)

__all__ = [
    "Mention",
    "ToldFact",
    "UnsoundDetail",
    "details_that_do_not_verify",
    "facts_about",
    "facts_of_many",
]
