"""Visits: officials going to the served: planned so that others see it, prepared on one page, recorded, confirmed by the firm.

Words: visit (走访), plan, joint visit (联合走访), promise, confirmation, quiet (无事不扰), paper (走访一页纸).
"""
