"""Which function of which library computes which result: the data, library by library, and how a page shows them."""
