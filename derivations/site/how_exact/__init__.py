"""How exact and how fast printed code is: the goals, and the page that shows what was measured."""
