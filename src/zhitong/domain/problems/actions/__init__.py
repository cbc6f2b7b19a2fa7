"""What can be done with a problem: one function per act, each taking a batch of steps.

A step names the problem, who acts, when, and what the act needs; one is a batch of length one. An act refused changes
nothing, not even for the other problems of its batch.
"""
