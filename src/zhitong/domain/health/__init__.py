"""Health: whether an installation is well: its processes still beat, its tables are those of its code.

A part that works on (the worker, the streams) leaves a beat, a moment and nothing else; whoever asks whether the
installation is ready reads how long ago that was.
Words: part (a process that beats), beat, late (no beat for longer than the part may be silent).
"""
