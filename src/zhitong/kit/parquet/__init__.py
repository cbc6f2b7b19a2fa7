"""Rows as Parquet, the column file of data tools: written in pieces, one group of rows after the other.

Only what our own tables need is written: flat columns that may be empty, plain values, pages packed by gzip. Any reader
takes that. Source: the Apache Parquet format, version 2.11, parquet.thrift.
"""

from zhitong.kit.parquet.columns import Head as Head
from zhitong.kit.parquet.columns import Kind as Kind
from zhitong.kit.parquet.writing import parquet_of as parquet_of

__all__ = ["Head", "Kind", "parquet_of"]
