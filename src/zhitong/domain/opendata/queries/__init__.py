"""Reading the sets, each query through both walls."""
