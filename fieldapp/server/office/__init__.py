"""The office's web pages: server-rendered, in Thai first, without anything from the internet and without scripts where it can be.

One line a page in `app.PAGES`; templates lie under the same names. Pages only read forms and show; what they do lies in the packages
beside this one.
"""
