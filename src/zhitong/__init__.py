"""Zhitong 直通: a service-direct platform from province to township."""
