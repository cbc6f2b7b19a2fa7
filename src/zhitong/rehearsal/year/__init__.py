"""A year rehearsed: targets of every region, reports month by month, lights and gates as the clock goes; all seeded.

    field = prepare(seed)        the campaign, its targets handed down to cities and counties, who reports what
    for month in live(field):    the clock goes on a month: periods open, reports come, targets stand, gates freeze
"""
