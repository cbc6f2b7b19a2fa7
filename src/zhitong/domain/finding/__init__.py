"""FINDING: problems, subjects, tasks and policies found by words, names, codes and pinyin initials; in scope, the newest first."""
