"""What a citer takes along: each result as data, as text to copy and as an entry of a bibliography; ids that last."""
