"""The components as template tags, by subject; ``{% load design %}`` loads them all."""
