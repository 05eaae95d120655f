"""Numerics: to be written."""

if __name__ == "__main__":
    import run_chapter  # prints this chapter and ends
