"""PAPERS: policy documents taken in: read by the reader, corrected by a person beside the text, published as a plan.

Words: a *paper* (文件) is a document of a region, its own or one from above kept for comparison; its *reading* is what the
reader made of it; a *correction* (改动) is what a person changed, kept as a case the reader is tested by; the *draft* is the
reading with the corrections replayed; a *doubt* (疑点) is what the check found, *judged* (判定) by a person; an *edition*
(发布版) is a draft as it was published; a *comparison* (对照) holds an upper paper against a lower one.
"""
