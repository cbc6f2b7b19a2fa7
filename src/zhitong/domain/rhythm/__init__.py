"""RHYTHM (推进调度): the meetings that come round, and what they decide.

Words: a *cycle* (一次推进调度) is of a kind (月推进会, 月督查, 季调度, 半年会商, 年考核) and a period, kept by one office. It gathers
its *agenda* (议题) by itself from what is red, with the words of that moment, and a *snapshot* of figures (统计快照) up to a cut-off;
units ask to have a matter put on. Held, it makes *decisions* (决定事项), each with a unit and a day, which are answered, checked and
closed, and stand on the next agenda while they are open. A *habit* (例会安排) says which kinds an office keeps and when.
"""
