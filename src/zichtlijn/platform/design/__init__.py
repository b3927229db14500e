"""How Zichtlijn looks: the page, the components as template tags, forms, navigation and drawings."""
