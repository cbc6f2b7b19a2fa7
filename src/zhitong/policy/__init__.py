"""The reader: a policy document becomes a draft plan, a document is doubted, two plans are held side by side (R-C6, R-C7).

Pure Python without framework, network or model; usable alone. The same text always gives the same plan. What the text
does not say stays empty, and a number the text lost is never invented.

The way of a document, one package per step, each knowing only those before it:

`shapes`          what a reading is made of, as `zhitong policy compile --json` prints it
`reading/`        a file becomes text (.txt .docx .pdf .html), with the spans that are no part of the paper
`structure/`      the text becomes head, sections, tasks and the campaign's days
`responsibility/` who leads, supports and answers for each task
`measures/`       values, units, comparators, kinds, scopes, deadlines
`compiling`       all of it together: `compile_text(reading) -> Plan`
`ground/`         what doubting and comparing share: where things stand, how alike wordings are, lists of names
`checking/`       doubts and contradictions inside one plan, and the sums that hold
`comparing/`      an upper plan against a lower one
`scoring`         a plan against a reading made by hand
"""
