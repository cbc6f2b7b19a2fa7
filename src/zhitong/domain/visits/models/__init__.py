"""What is kept of contact with the served: plans, visits with their promises and problems, and who wants no visits."""

from zhitong.domain.visits.models.plan import Plan, Quiet
from zhitong.domain.visits.models.visit import Promise, Raised, Visit

__all__ = ["Plan", "Promise", "Quiet", "Raised", "Visit"]
