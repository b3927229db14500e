"""Documents in: text with page locators, sentences, proposals, citations."""
