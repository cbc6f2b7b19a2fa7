"""PRACTICES: what units write of their work, and what became of it: 工作信息, 典型做法, 制度成果.

Words: a *piece* (稿件) is submitted by a unit to the office of its region, edited there with every wording kept (原稿, 修改稿),
adopted or not, sent up, and *used* (采用): in the office's own brief, by a level above, by a leader's words, in the media, each use
with its day and proof. A *good practice* and a *policy result* are published after review to all officials of the region, and
stand beside the problems of their category. What names a confidential problem is never published.
"""
