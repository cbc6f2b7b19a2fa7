"""Subjects: the served: enterprises, projects, platforms and livelihood works; the lists they stand on, and their care.

One subject may stand on several assistance lists; its place (属地) is where it operates.
Words: subject, kind, list, membership, tier, care.
"""
