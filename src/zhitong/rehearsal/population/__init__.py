"""The served of the demonstration: as many of each kind, tier and stage as the plan counts, all of them invented.

    wanted = demand(packages)             what the plans count
    invented = invent(wanted, places)     pure: names, codes, revenues, places
    settle(invented)                      into the registry: units, subjects, lists, care
"""
