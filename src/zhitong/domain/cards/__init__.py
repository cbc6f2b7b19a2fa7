"""Cards 企业综合情况及问题反馈卡: what a subject fills in each round, and who owes what before anyone reports.

A template is versioned data; a round asks for it in a period; an obligation says who owes a card; a card goes from
draft to submitted, and is returned or accepted by the office that collects it. Money is written in 万元, kept in yuan.
Words: template, round, obligation, card, figures, problem row, collection.
"""
