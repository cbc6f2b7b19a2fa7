"""Tables that strangers send: read by what their bytes are, in bounded memory, with a sentence for what was not taken.

`read` opens the sheet; `table.table_in` finds the heads in it and gives the lines below them.
"""
