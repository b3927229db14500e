"""Event logs: registrations of what happened in cases, read from files and prepared for analysis.

Read the modules in this order: ``model`` (the nouns), ``raw`` (what a reader writes), ``readers``, ``prepare`` (one
prepared columnar log), ``prepared`` (opening it).
"""
