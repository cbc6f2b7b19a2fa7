"""Whether the gates will be reached: a target's course carried forward by a tested method, with how sure that is. Pure.

    course = Course(points, goal, family)              what was told, as parts of the goal over the months
    chosen = choose(errors_of(courses), …)             the method that did best on what these courses have shown so far
    foretold = foretell(course, chosen, ahead, need)   value, 80 % interval and the chance of reaching the need

Nothing is drawn by chance: the same figures give the same forecast. Source: 冀发〔2018〕7号 一（四）(10月份力争各专项活动任务完成80%左右).
"""
