"""Tiering: which level helps whom (分级帮扶), how each enterprise is (企业诊断), and who climbs which ladder (梯度培育).

A run judges every subject of a kind in a region by the rules in force and is kept; an office adopts of it what its own
level decides. Lists follow the tiers, every change is a move with its reason, and the rule's word stands beside the hand's.
Words: standard, quota, run, conflict, place, move, override, diagnosis, ladder, rung.
"""
