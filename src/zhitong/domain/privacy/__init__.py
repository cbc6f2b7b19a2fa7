"""Privacy 个人信息: what is shown of people in part, who sees it whole, and how somebody looks at the whole for once.

What is masked is decided in one place, and every room above asks here before a personal value leaves it.
Words: personal kind, mask, unmasking, purpose, export number. Source: R-A3, GB/T 22239-2019 8.1.4.11, GB/T 35273-2020 7.2.
"""
