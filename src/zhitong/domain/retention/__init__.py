"""Retention 保存期限: how long what is kept of people stays, what is done when its time is over, and what is held back from it.

Rules have terms that the law bounds from below; the worker does what they say, some hundred rows at a time; a hold keeps a
firm's or a person's rows where they are; a person who asks for it is erased, and what he did stays as done by nobody in
particular. Words: retention, retention term, kept kind, treatment, dry run, hold, erasure.
Source: 个人信息保护法 第十九条、第四十七条, 网络安全法 第二十一条, GB/T 35273-2020 6.1, 8.3, GB/T 22239-2019 8.1.4.11.
"""
